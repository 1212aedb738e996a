package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.docker.RegistryLogin;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import io.jenkins.plugins.igny8.steps.Igny8BuiltImage;
import io.jenkins.plugins.igny8.steps.PullStep;
import io.jenkins.plugins.igny8.steps.PushStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What push and pull refuse before any docker command: on this host there is none. */
class RegistryRefusalsTest {

    @TempDir
    Path workspace;

    private String failure(Operation<?> operation) {
        LocalHost host = new LocalHost(workspace, Map.of("PATH", workspace.toString()), Credentials.none(), new HashMap<>(), event -> {});
        return assertThrows(Failure.class, () -> operation.run(host)).getMessage();
    }

    private static BuiltImage image(String name) {
        return new BuiltImage(name, name, null, null, null, null);
    }

    private static PushImages push(String registry, String namespace, List<String> tags, BuiltImage... images) {
        return new PushImages(registry, namespace, null, tags, List.of(images));
    }

    @Test
    void allThatIsWrongWithAPushIsSaidAtOnce() {
        String failure = failure(push("https://r.example.com", "Team", List.of("ok", "a/b"), image("App:1"), image("app:1")));
        assertEquals(4, failure.lines().count(), failure);
        assertTrue(failure.contains("'https://r.example.com' is not a valid registry"), failure);
        assertTrue(failure.contains("'Team' is not a valid namespace"), failure);
        assertTrue(failure.contains("'a/b' is not a valid tag"), failure);
        assertTrue(failure.contains("'App:1' is not a valid image reference"), failure);
    }

    @Test
    void twoImagesThatWouldMeetInTheRegistry() {
        String failure = failure(push("r.example.com", null, List.of("1"), image("a/app:1"), image("b/app:2")));
        assertEquals("The images a/app:1 and b/app:2 would have the same name in the registry: push them with a 'namespace' each.", failure);
    }

    @Test
    void nothingToPushAndNoPlace() {
        String failure = failure(push(null, null, List.of()));
        assertTrue(failure.contains("There is no place to push to: give 'registry'"), failure);
        assertTrue(failure.contains("There is no image to push: run igny8Build first in this build, or give 'images'."), failure);
    }

    @Test
    void allThatIsWrongWithAPullIsSaidAtOnce() {
        String failure = failure(new PullImages("r.example.com", "team", null, List.of(image("app:1")), List.of("App", "b:1", "b:2")));
        assertEquals(3, failure.lines().count(), failure);
        assertTrue(failure.contains("The image app:1 has no digest, so it was never pushed"), failure);
        assertTrue(failure.contains("'r.example.com/team/App' is not a valid") || failure.contains("'App' is not a valid"), failure);
        assertTrue(failure.contains("Two of the images would be called b:latest here"), failure);
    }

    @Test
    void nothingToPull() {
        String failure = failure(new PullImages("r.example.com", "team", null, List.of(), List.of()));
        assertTrue(failure.startsWith("There is no image to pull: run igny8Build and igny8Push first"), failure);
    }

    @Test
    void aMachineWithoutDockerIsNotAMissingImage() {
        String failure = failure(push("r.example.com", null, List.of("1"), image("app:1")));
        assertTrue(failure.contains("There is no docker command on the PATH"), failure);
    }

    @Test
    void aBrokenConfigurationIsNamedAndNotQuoted() throws Exception {
        Files.writeString(workspace.resolve("config.json"), "{\"auths\": {\"r.example.com\": {\"auth\": c2VjcmV0");
        LocalHost host = new LocalHost(
                workspace, Map.of("DOCKER_CONFIG", workspace.toString()), Credentials.none(), new HashMap<>(), event -> {});
        Failure failure = assertThrows(
                Failure.class, () -> RegistryLogin.of(host, Map.of("r.example.com", new Login("ci", "x"))));
        assertEquals("The docker configuration " + workspace + "/config.json is not a JSON object: mend or remove it.", failure.getMessage());
        assertNull(failure.getCause());
    }

    @Test
    void aUserNameWithAColonWouldBeReadAsAnotherLogin() {
        LocalHost host = new LocalHost(workspace, Map.of(), Credentials.none(), new HashMap<>(), event -> {});
        String failure = assertThrows(Failure.class, () -> RegistryLogin.of(host, Map.of("r", new Login("a:b", "secret")))).getMessage();
        assertTrue(failure.contains("'a:b'") && !failure.contains("secret"), failure);
    }

    @Test
    void whatFormsLeaveEmptyWasNotGiven() {
        PushStep push = new PushStep();
        push.setRegistry(" r.example.com ");
        push.setNamespace("");
        push.setCredentialsId("");
        push.setTags(List.of("1", ""));
        push.setImages(List.of(new Igny8BuiltImage("app:1")));
        assertEquals(new PushImages("r.example.com", null, null, List.of("1"), List.of(image("app:1"))), push.operation(Settings.documented()));
        PullStep pull = new PullStep();
        pull.setCredentialsId("c");
        pull.setReferences(List.of("app:1"));
        assertEquals(new PullImages(null, null, "c", List.of(), List.of("app:1")), pull.operation(Settings.documented()));
        assertEquals(new PushImages(null, null, null, List.of(), List.of()), new PushStep().operation(Settings.documented()));
    }
}
