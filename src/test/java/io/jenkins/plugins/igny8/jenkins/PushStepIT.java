package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Result;
import hudson.security.ACL;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class PushStepIT {

    @RegisterExtension
    static final Registry registry = new Registry("ci");

    @RegisterExtension
    static final Registry other = new Registry("other-user");

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @TempDir
    Path home;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry.addLogin("registry");
    }

    private String build() {
        return "igny8Build images: [igny8Image(name: '" + engine.name() + "-app:latest', context: 'app')]\n";
    }

    private String push(Registry to, String credentialsId, String more) {
        return "igny8Push(registry: '" + to.address() + "', namespace: 'team', credentialsId: '" + credentialsId + "'" + more + ")";
    }

    private String repository() {
        return "team/" + engine.name() + "-app";
    }

    private Trial trial(String script) throws Exception {
        return new Trial(jenkins, script).image("app", engine.name());
    }

    @Test
    void theDigestIsTheRegistrysOwnForWhatThisBuildMade() throws Exception {
        Trial trial = trial("node {\n" + build() + "def pushed = " + push(registry, "registry", ", tags: ['1.0', 'latest']") + """

                  def one = pushed.images[0]
                  echo "pushed ${one.name} ${one.reference} ${one.digest} ${one.imageId}"
                  echo "variable ${env.%s}"
                }
                """.formatted("IGNY8_IMAGE_" + engine.name().toUpperCase(java.util.Locale.ROOT).replace('-', '_') + "_APP"));
        trial.succeeds();
        String name = engine.name() + "-app:latest";
        String digest = registry.digest(repository(), "1.0");
        String reference = registry.address() + "/" + repository() + ":1.0";
        assertEquals(name + " " + reference + " " + digest + " " + DockerEngine.imageId(name), trial.said("pushed "));
        assertEquals(digest, registry.digest(repository(), "latest"));
        assertEquals(registry.address() + "/" + repository() + "@" + digest, trial.said("variable "));
    }

    @Test
    void declarativePassesTheBuildsResultAndTagsWithTheBuildsNumber() throws Exception {
        Trial trial = trial(Trial.declarative("""
                 stages { stage('Push') { steps { script {
                   def built = igny8Build(images: [igny8Image(name: '%s-app:latest', context: 'app')])
                   %s
                 } } } }
                """.formatted(engine.name(), push(registry, "registry", ", images: built.images"))));
        trial.succeeds();
        // No commit is checked out, and the job is no branch.
        assertFalse(registry.digest(repository(), "build-1").isEmpty(), trial.log());
    }

    @Test
    void aFoldersLoginCountsForJobsInThatFolderOnly() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, engine.name());
        registry.addLogin(folder, "of-folder");
        Trial inside = Trial.in(folder, jenkins, "node { dir('app') {\n" + build() + push(registry, "of-folder", ", tags: ['folder']") + "\n} }\n");
        inside.image("app/app", engine.name()).succeeds();
        assertFalse(registry.digest(repository(), "folder").isEmpty(), inside.log());
        var used = CredentialsProvider.lookupCredentialsInItemGroup(StandardUsernamePasswordCredentials.class, folder, ACL.SYSTEM2, List.of()).stream()
                .filter(credentials -> credentials.getId().equals("of-folder"))
                .findFirst()
                .orElseThrow();
        assertTrue(CredentialsProvider.getOrCreateFingerprintOf(used).getJobs().contains(inside.job().getFullName()), "its use is on record");

        String outside = trial("node {\n" + build() + push(registry, "of-folder", ", tags: ['outside']") + "\n}\n").fails();
        assertTrue(outside.lines().anyMatch(line -> line.startsWith("ERROR: ") && line.contains("'of-folder'")), outside);
        assertEquals("", registry.digest(repository(), "outside"));
    }

    @Test
    void twoRegistriesWithDifferentUsersInOneBuild() throws Exception {
        other.addLogin("other");
        Trial trial = trial("node { dir('app') {\n" + build() + "parallel one: { " + push(registry, "registry", ", tags: ['both']") + " }, two: { "
                + push(other, "other", ", tags: ['both']") + " }\n} }\n");
        trial.image("app/app", engine.name()).succeeds();
        assertFalse(registry.digest(repository(), "both").isEmpty());
        assertEquals(registry.digest(repository(), "both"), other.digest(repository(), "both"));
    }

    @Test
    void twoRegistriesWithDifferentUsersInOneStep() throws Exception {
        other.addLogin("other-in-one-step");
        String also = "igny8Registry(registry: '" + other.address() + "', namespace: 'copies', credentialsId: 'other-in-one-step')";
        Trial trial = trial("node {\n" + build() + "def pushed = " + push(registry, "registry", ", tags: ['step'], also: [" + also + "]") + """

                  echo "pushed ${pushed.images[0].digest} ${pushed.also[0].reference} ${pushed.also[0].digest}"
                }
                """);
        trial.succeeds();
        assertEquals(
                registry.digest(repository(), "step") + " " + other.address() + "/copies/" + engine.name() + "-app:step "
                        + other.digest("copies/" + engine.name() + "-app", "step"),
                trial.said("pushed "));
    }

    @Test
    void whatTheUserHasSetUpStillCountsAndIsLeftAlone() throws Exception {
        String config = own("{\"credsStore\": \"empty\", \"currentContext\": \"mine\", \"auths\": {\"%s\": {\"auth\": \"d3Jvbmc6d3Jvbmc=\"}}}"
                .formatted(registry.address()));
        // The engine is reached by another way than the default one, which only this context knows.
        Path socket = home.resolve("engine.sock");
        Files.createSymbolicLink(socket, Path.of("/var/run/docker.sock"));
        DockerEngine.docker("--config", docker().toString(), "context", "create", "mine", "--docker", "host=unix://" + socket);
        script("bin/docker-credential-empty", "echo credentials not found in native keychain; exit 1");
        String inside = atHome(build() + push(registry, "registry", ", tags: ['home']"));
        try (Processes watch = new Processes(registry.password())) {
            trial("node {\n" + inside + "}\n").succeeds();
            trial("node { dir('app') {\n" + inside + "} }\n").image("app/app", engine.name()).succeeds();
            assertEquals(Set.of("unix://" + socket), watch.environmentOf("push", engine.name(), "DOCKER_HOST"));
            assertEquals(Set.of(), watch.showing());
            for (String folder : watch.environmentOf("push", engine.name(), "DOCKER_CONFIG")) {
                assertFalse(Files.exists(Path.of(folder)), folder);
            }
        }
        assertFalse(registry.digest(repository(), "home").isEmpty());
        assertEquals(config, Files.readString(docker().resolve("config.json")));
    }

    private Path docker() {
        return home.resolve(".docker");
    }

    private String own(String config) throws Exception {
        Files.createDirectories(docker());
        return Files.readString(Files.writeString(docker().resolve("config.json"), config));
    }

    private String atHome(String steps) {
        return "withEnv(['HOME=" + home + "', 'PATH+MINE=" + home.resolve("bin") + "']) {\n" + steps + "\n}\n";
    }

    private void script(String name, String text) throws Exception {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    @Test
    void anAbortInMidPushLeavesNeitherProcessNorLogin() throws Exception {
        script(".docker/cli-plugins/docker-mine", """
                [ "$1" = docker-cli-plugin-metadata ] || exec echo it is mine
                echo '{"SchemaVersion": "0.1.0", "Vendor": "test", "Version": "1"}'""");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()); Processes watch = new Processes(registry.password())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            String push = "igny8Push registry: '" + address + "', credentialsId: 'registry', tags: ['1']";
            Trial trial = trial("node { dir('app') {\n" + atHome(build() + push) + "\n} }\n").image("app/app", engine.name()).start();
            watch.await("push", address);
            Path login = Path.of(watch.environmentOf("push", address, "DOCKER_CONFIG").iterator().next());
            assertTrue(Files.readString(login.resolve("config.json")).contains(address));
            assertEquals("it is mine", DockerEngine.docker("--config", login.toString(), "mine"), "plugins of the user's own folder are found");
            trial.build().getExecutor().interrupt();
            trial.over(Result.ABORTED);
            assertFalse(Files.exists(login), "the login is gone");
            assertEquals(Set.of(), Processes.running(address));
        }
    }

    @Test
    void aRefusedLoginIsOneSentenceWithoutTheLogin() throws Exception {
        Trial trial = trial("node {\n" + build() + push(other, "registry", ", tags: ['1']") + "\n}\n");
        String log = trial.fails();
        assertTrue(log.contains("ERROR: The image " + engine.name() + "-app was not pushed: The registry refused the login"), log);
        assertFalse(log.contains(registry.password()), log);
        assertFalse(log.contains("\tat "), log);
    }
}
