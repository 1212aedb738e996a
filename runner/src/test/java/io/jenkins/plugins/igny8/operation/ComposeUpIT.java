package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.Failure;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("engine")
class ComposeUpIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private void compose(String text) {
        engine.file("compose.yml", text);
    }

    private ComposeUp up(int seconds) {
        return new ComposeUp(engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(seconds), UpOptions.NONE, CodeTruth.CHECK);
    }

    private static final String SLEEPER = "services:\n  web:\n    image: " + RealEngine.BASE + "\n    init: true\n    command: [sleep, '600']\n";

    @Test
    void returnsWhatTheEngineSays() throws Exception {
        compose(SLEEPER);
        Deployed.One web = up(60).run(engine.host).containers().get(0);
        assertEquals("web", web.service());
        assertEquals(engine.project + "-web-1", web.name());
        assertEquals(engine.inspect(web.name(), "{{.Id}} {{.Image}} {{.State.Status}}"), web.id() + " " + web.imageId() + " " + web.state());
    }

    @Test
    void runsTheBuildsImageThoughTheTagHasMovedOn() throws Exception {
        String name = engine.project + "-app:latest";
        engine.file("app/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY page /\nCMD [\"sleep\", \"600\"]\n");
        engine.file("app/page", "built by this build");
        BuildImages.of(new ImageToBuild(name, "app/Dockerfile", "app")).run(engine.host);
        engine.docker("tag " + RealEngine.BASE + " " + name);
        compose("services:\n  web: {image: '" + name + "', init: true}\n  worker: {image: '" + engine.project + "-app', init: true}\n");
        ComposeUp.Started deployed = up(60).run(engine.host);
        String built = ImagesOfBuild.of(engine.host).get(0).imageId();
        assertNotEquals(engine.docker("image inspect --format {{.Id}} " + name), built);
        for (Deployed.One one : deployed.containers()) {
            assertEquals(built, engine.inspect(one.name(), "{{.Image}}"));
        }
        String first = deployed.containers().get(0).id();
        assertEquals(first, up(60).run(engine.host).containers().get(0).id(), "nothing differs, so nothing is recreated");
    }

    @Test
    void neverWaitsLongerThanItsDeadline() {
        compose(SLEEPER
                + "    healthcheck: {test: [CMD, 'false'], interval: 60s, start_period: 600s}\n"
                + "  front:\n    image: " + RealEngine.BASE + "\n    command: [sleep, '600']\n    depends_on: {web: {condition: service_healthy}}\n");
        long start = System.nanoTime();
        String failure = assertThrows(Failure.class, () -> up(3).run(engine.host)).getMessage();
        assertTrue((System.nanoTime() - start) / 1e9 < 20, failure);
        assertTrue(failure.contains("is not up after 3 s: web (container " + engine.project + "-web-1) is not healthy yet"), failure);
        assertTrue(failure.contains("waiting for it: front"), failure);
    }

    @Test
    void anInterruptedReplacementIsMendedFirst() throws Exception {
        compose(SLEEPER);
        String old = up(60).run(engine.host).containers().get(0).id();
        // What Compose leaves when it is cut after creating the new container and before removing the old one.
        String leftover = engine.docker(
                "create", "--name", old.substring(0, 12) + "_" + engine.project + "-web-1", "--label",
                "com.docker.compose.project=" + engine.project, "--label", "com.docker.compose.service=web", "--label",
                "com.docker.compose.replace=" + old, "--label", "com.docker.compose.oneoff=False", "--label", "com.docker.compose.config-hash=0",
                RealEngine.BASE, "sleep", "600");
        ComposeUp.Started deployed = up(60).run(engine.host);
        assertEquals(List.of(old), deployed.containers().stream().map(Deployed.One::id).toList());
        assertFalse(engine.docker("ps -aq --no-trunc").contains(leftover));
    }

    @Test
    void aLeftoverWhosePredecessorIsGoneTakesItsPlace() throws Exception {
        compose(SLEEPER);
        String old = up(60).run(engine.host).containers().get(0).id();
        String leftover = old.substring(0, 12) + "_" + engine.project + "-web-1";
        engine.docker("rename " + engine.project + "-web-1 " + leftover);
        engine.docker("rm -f " + leftover);
        String labels = "com.docker.compose.project=" + engine.project;
        engine.docker(
                "create", "--name", leftover, "--label", labels, "--label", "com.docker.compose.service=web", "--label",
                "com.docker.compose.replace=" + old, "--label", "com.docker.compose.oneoff=False", "--label",
                "com.docker.compose.container-number=1", "--label", "com.docker.compose.config-hash=0", RealEngine.BASE, "sleep", "600");
        ComposeUp.Started deployed = up(60).run(engine.host);
        assertEquals(1, deployed.containers().size());
        assertEquals(engine.project + "-web-1", deployed.containers().get(0).name());
        assertEquals("running", engine.inspect(engine.project + "-web-1", "{{.State.Status}}"));
    }

    @Test
    void likelyMistakesGiveOneSentence() {
        String missing = assertThrows(Failure.class, () -> up(60).run(engine.host)).getMessage();
        assertTrue(missing.contains("There is no compose file compose.yml in " + engine.workspace), missing);
        compose("services:\n  web:\n    image: [\n");
        String broken = assertThrows(Failure.class, () -> up(60).run(engine.host)).getMessage();
        assertTrue(broken.contains("is no valid YAML, near line 3") && broken.lines().count() == 1, broken);
        compose(SLEEPER + "    networks: [gone]\nnetworks:\n  gone: {external: true, name: " + engine.project + "_gone}\n");
        String network = assertThrows(Failure.class, () -> up(60).run(engine.host)).getMessage();
        assertTrue(network.contains("network " + engine.project + "_gone does not exist"), network);
        compose(SLEEPER);
        String service = assertThrows(
                        Failure.class,
                        () -> new ComposeUp(engine.composeProject(), List.of("wbe"), List.of(), Duration.ofSeconds(9), UpOptions.NONE, CodeTruth.CHECK).run(engine.host))
                .getMessage();
        assertTrue(service.contains("no service 'wbe' (known: web)"), service);
        assertTrue(assertThrows(Failure.class, () -> up(0).run(engine.host)).getMessage().contains("'deadline' is 0 s"));
    }

    @Test
    void logsHoldEverythingButTheValuesOfVariables() throws Exception {
        compose(SLEEPER.replace("[sleep, '600']", "[sh, -c, 'echo said; sleep 600']") + "    environment: {PASSWORD: canary-value}\n");
        up(60).run(engine.host);
        CollectLogs.Collected collected = new CollectLogs(engine.project, "out", 100).run(engine.host);
        assertTrue(collected.files().contains("out/" + engine.project + "-web-1.log"), collected.files().toString());
        assertTrue(Files.readString(engine.workspace.resolve("out/" + engine.project + "-web-1.log")).contains("said"));
        String inspect = Files.readString(engine.workspace.resolve("out/inspect.json"));
        assertTrue(inspect.contains("PASSWORD=…") && !inspect.contains("canary-value"));
        assertEquals(
                engine.inspect(engine.project + "-web-1", "{{.Id}}"), new ObjectMapper().readTree(inspect).get(0).path("Id").asText());
        assertTrue(Files.readString(engine.workspace.resolve("out/events.jsonl")).contains("\"start\""));
    }

    private ComposeUp.Started up(List<String> services, UpOptions options) throws Exception {
        return new ComposeUp(engine.composeProject(), services, List.of(), Duration.ofSeconds(60), options, CodeTruth.CHECK).run(engine.host);
    }

    private Set<String> running(String service) {
        return Set.copyOf(engine.docker("ps -q --no-trunc --filter label=com.docker.compose.project=" + engine.project
                        + " --filter label=com.docker.compose.service=" + service)
                .lines()
                .toList());
    }

    @Test
    void scaleRecreateNoDepsAndGraceAreAsForComposeItself() throws Exception {
        // A program that does not hear TERM: only the grace decides how long its end takes.
        String deaf = "    image: " + RealEngine.BASE + "\n    command: [sh, -c, \"trap '' TERM; while :; do sleep 1; done\"]\n";
        compose("services:\n  web:\n" + deaf + "    depends_on: [db]\n  db:\n" + deaf);
        up(List.of("web"), new UpOptions(List.of("web=2"), false, true, false, false, null));
        Set<String> first = running("web");
        assertEquals(2, first.size());
        assertEquals(Set.of(), running("db"), "noDeps");

        long start = System.nanoTime();
        up(List.of(), new UpOptions(List.of("web=2"), true, false, true, false, Duration.ofSeconds(1)));
        assertTrue(System.nanoTime() - start < 9_000_000_000L, "Docker's own grace is 10 s");
        Set<String> second = running("web");
        assertEquals(2, second.size());
        assertTrue(second.stream().noneMatch(first::contains), "forceRecreate");
        assertEquals(1, running("db").size());

        up(List.of(), new UpOptions(List.of("web=0"), false, false, false, false, Duration.ZERO));
        assertEquals(Set.of(), running("web"));
        assertEquals(1, running("db").size());
        up(List.of(), new UpOptions(List.of("db=0"), false, false, false, false, Duration.ZERO));
    }

    @Test
    void whatCannotBeScaledIsRefusedBeforeAnythingRuns() {
        compose("services:\n  web: {image: x, container_name: the-one}\n  api: {image: x, ports: ['127.0.0.1:8011:80']}\n"
                + "  any: {image: x, ports: ['80']}\n");
        UpOptions options = new UpOptions(List.of("web=2", "api=3", "wbe=1", "web", "any=-1"), false, false, false, false, Duration.ofSeconds(-1));
        String failure = assertThrows(Failure.class, () -> up(List.of(), options)).getMessage();
        assertEquals(6, failure.lines().count(), failure);
        assertTrue(failure.contains("'grace' is -1"), failure);
        assertTrue(failure.contains("'scale' asks for 2 containers of web") && failure.contains("container_name the-one"), failure);
        assertTrue(failure.contains("'scale' asks for 3 containers of api") && failure.contains("port 8011"), failure);
        assertTrue(failure.contains("the service 'wbe'") && failure.contains("known: any, api, web"), failure);
        assertTrue(failure.contains("given 'web'.") && failure.contains("given 'any=-1'."), failure);
    }

    @Test
    void aTargetThatMustNotBuildSaysWhatIsMissing() {
        engine.file("app/Dockerfile", "FROM " + RealEngine.BASE + "\n");
        compose("services:\n  web: {image: '127.0.0.1:1/" + engine.project + "-missing', build: app}\n");
        String failure = assertThrows(Failure.class, () -> up(List.of(), new UpOptions(List.of(), true, false, false, false, null))).getMessage();
        assertTrue(failure.contains("the image of the service web is not on this engine"), failure);
        assertEquals("", engine.docker("images -q 127.0.0.1:1/" + engine.project + "-missing"));
    }
}
