package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.operation.RegistryFixture.Flaw;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/**
 * What people get wrong, and the sentence they read: each mistake is a stage of one Jenkinsfile that {@code bin/run} runs. A
 * stage must fail with exactly the fragments told, in one line, without any exception's name.
 */
@Tag("engine")
class FailuresIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** {@code @} stands for a name of this test alone, {@code BASE} for an image that is there. */
    private static final String SLEEPER = "services:\n  web:\n    image: BASE\n    init: true\n    command: sleep 60\n";

    @RegisterExtension
    static final RegistryFixture REGISTRY = new RegistryFixture();

    @RegisterExtension
    static final RegistryFixture READ_ONLY = RegistryFixture.with(Flaw.READ_ONLY);

    @RegisterExtension
    static final RegistryFixture FULL = RegistryFixture.with(Flaw.FULL);

    @RegisterExtension
    static final RegistryFixture PULL_ONLY = RegistryFixture.with(Flaw.PULL_ONLY);

    @RegisterExtension
    static final RegistryFixture SELF_SIGNED = RegistryFixture.with(Flaw.SELF_SIGNED);

    @RegisterExtension
    static final RegistryFixture OTHER_NAME = RegistryFixture.with(Flaw.OTHER_NAME);

    @RegisterExtension
    static final RegistryFixture NO_TLS = RegistryFixture.with(Flaw.NO_TLS);

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    /** One mistake. */
    private record Mistake(String name, String steps, List<String> fragments) {}

    private final List<Mistake> mistakes = new ArrayList<>();
    private ServerSocket taken;

    @BeforeEach
    void takeAPort() throws Exception {
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** The steps run in a folder of the mistake's name. */
    private void mistake(String name, String steps, String... fragments) {
        mistakes.add(new Mistake(name, filled(steps, name), List.of(fragments).stream().map(one -> filled(one, name)).toList()));
    }

    private void dockerfile(String name, String text, String more, String... fragments) {
        engine.file(name + "/Dockerfile", filled(text, name));
        mistake(name, "igny8Build images: [igny8Image(name: '@'" + more + ")]", fragments);
    }

    private void up(String name, String compose, String more, String... fragments) {
        engine.file(name + "/compose.yml", filled(compose, name));
        mistake(name, "igny8ComposeUp project: '@', files: ['compose.yml']" + more, fragments);
    }

    private void upAndWait(String name, String compose, String more, String... fragments) {
        up(name, compose, "\nigny8WaitHealthy project: '@'" + more, fragments);
    }

    private void migrate(String name, String compose, String more, String... fragments) {
        engine.file(name + "/compose.yml", filled(compose, name));
        mistake(name, "igny8Migrate project: '@', files: ['compose.yml'], service: 'web'" + more, fragments);
    }

    private String filled(String text, String name) {
        return text.replace("@", engine.project + "-" + name)
                .replace("BASE", RealEngine.BASE)
                .replace("REGISTRY", REGISTRY.address())
                .replace("PORT", String.valueOf(taken.getLocalPort()));
    }

    @Test
    void aWrongSurrounding() throws Exception {
        for (String step : List.of("igny8CheckInfra()", "igny8Test(command: 'true')", "igny8WaitHealthy()", "igny8Logs()",
                "igny8Pull(registry: 'localhost:1', references: ['x:1'])")) {
            String name = step.replaceAll("\\(.*", "").toLowerCase();
            mistake("no-engine-" + name, "withEnv(['DOCKER_HOST=tcp://127.0.0.1:1']) { " + step + " }", "No Docker engine answers at tcp://127.0.0.1:1");
            mistake("no-docker-" + name, "withEnv(['PATH=/nonexistent']) { " + step + " }", "There is no docker command on the PATH");
        }
        mistake("no-network", "igny8CheckInfra network: '@'", "There is no network @ on this engine: start the infra stack");
        check();
    }

    /**
     * The docker command takes the first plugin that it finds of a name, in its own folder before the system's: one that cannot tell
     * who it is hides the real one. The old ones here are the real ones: Compose without the option that came with 2.19, refused in
     * Compose's own words, and a buildx that speaks the API of old.
     */
    @Test
    void aDockerThatLacksSomething() throws Exception {
        plugin("none/compose", "exit 1");
        plugin("none/buildx", "exit 1");
        plugin("old/compose", "case \" $* \" in *--progress*) echo 'unknown flag: --progress' >&2; exit 16 ;; esac\nexec " + real("compose") + " \"$@\"");
        plugin("old/buildx", "DOCKER_API_VERSION=1.11 exec " + real("buildx") + " \"$@\"");
        String none = "DOCKER_CONFIG=" + engine.workspace.resolve("none");
        String old = "DOCKER_CONFIG=" + engine.workspace.resolve("old");
        String up = "igny8ComposeUp project: '@', files: ['compose.yml']";
        String migrate = "igny8Migrate project: '@', files: ['compose.yml'], service: 'web'";
        String down = "igny8ComposeDown project: '@'";
        String build = "igny8Build images: [igny8Image(name: '@', platforms: ['linux/amd64'])]";
        for (String step : List.of(up, migrate, down)) {
            lacking("no-compose", none, step, "The docker command here has no compose plugin: install Docker Compose");
        }
        for (String step : List.of(up, down)) {
            lacking("old-compose", old, step, "The docker command's compose plugin is too old: it does not know --progress. Install Docker Compose 2.19");
        }
        lacking("no-buildx", none, build, "The image @ needs BuildKit for platforms, but the docker command here has no buildx plugin: install docker-buildx");
        lacking("old-buildx", old, build, "The image @ was not built: The docker command, or its compose or buildx plugin, is too old for this engine");
        for (String step : List.of(up, build)) {
            lacking("old-docker", "DOCKER_API_VERSION=1.11", step, "is too old for this engine (it speaks API 1.11, the engine 1.12 at least)");
            lacking("old-engine", "DOCKER_API_VERSION=1.99", step, "The engine is too old for this docker command, or its compose or buildx plugin");
        }
        check();
    }

    private void lacking(String what, String variable, String step, String fragment) {
        String name = what + "-" + step.replaceAll(" .*", "").toLowerCase(Locale.ROOT);
        engine.file(name + "/Dockerfile", "FROM scratch\n");
        engine.file(name + "/compose.yml", filled(SLEEPER, name));
        mistake(name, "withEnv(['" + variable + "']) { " + step + " }", fragment);
    }

    private String real(String plugin) {
        return engine.docker("info", "--format", "{{range .ClientInfo.Plugins}}{{if eq .Name \"" + plugin + "\"}}{{.Path}}{{end}}{{end}}");
    }

    private void plugin(String name, String script) {
        String file = name.replace("/", "/cli-plugins/docker-");
        engine.file(file, "#!/bin/sh\n" + script + "\n");
        assertTrue(engine.workspace.resolve(file).toFile().setExecutable(true));
    }

    @Test
    void aWrongBuild() throws Exception {
        mistake("nothing", "igny8Build images: []", "There is nothing to build");
        mistake("no-name", "igny8Build images: [igny8Image(context: 'x')]", "An image has no name");
        dockerfile("bad-args", "FROM scratch\n", ", buildArgs: ['KEY']", "'buildArgs' wants KEY=value each, but its entry number 1");
        dockerfile("no-dockerfile", "FROM scratch\n", ", dockerfile: 'nosuch'", "There is no Dockerfile nosuch for @", "check 'dockerfile'");
        dockerfile("no-context", "FROM scratch\n", ", context: 'nosuch', dockerfile: 'Dockerfile'", "There is no folder nosuch for @", "check 'context'");
        dockerfile("a-folder", "FROM scratch\n", ", dockerfile: '.'", "is a folder and no Dockerfile");
        dockerfile("empty", "", "", "The image @ was not built: The Dockerfile is empty");
        dockerfile("unknown-instruction", "FROM scratch\nRUNN x\n", "", "(Dockerfile, line 2)", "unknown instruction: RUNN");
        dockerfile("no-target", "FROM scratch AS one\n", ", target: 'two'", "no stage 'two': check 'target'");
        dockerfile("no-base-value", "ARG FIRST\nFROM $FIRST\n", "", "FROM takes its image from $FIRST, which has no value");
        dockerfile("missing-file", "FROM scratch\nCOPY nosuch /\n", "", "(Dockerfile, line 2)", "There is no nosuch in the build context");
        dockerfile("failing-run", "FROM BASE\n# why\nRUN echo @ && \\\n    exit 7\n", "", "@ was not built (Dockerfile, line 3): The command '", "ended with exit code 7");
        dockerfile("no-base", "FROM localhost:1/nosuch:1\n", "", "(Dockerfile, line 1): its base image localhost:1/nosuch:1 cannot be pulled: Nothing answers at");
        dockerfile("login-for-base", "FROM REGISTRY/nosuch:1\n", "", "its base image REGISTRY/nosuch:1 cannot be pulled: The registry refused the login", "igny8Pull");
        check();
    }

    @Test
    void aWrongTestPushOrPull() throws Exception {
        mistake("no-image", "igny8Test image: '@', command: 'true'", "There is no image @ on this engine: build it (igny8Build)");
        mistake("failing-test", "igny8Test image: 'BASE', command: 'exit 3'", "ended with exit code 3; no JUnit files came out");
        mistake("no-program", "igny8Test image: 'BASE', command: 'nosuch -q'", "ended with exit code 127", "nosuch -q");
        mistake("no-env-file", "igny8Test image: 'BASE', command: 'true', envFile: '.env'", "There is no env file .env in ");
        engine.file("bad-env-file/.env", "A B=c\n");
        mistake("bad-env-file", "igny8Test image: 'BASE', command: 'true', envFile: '.env'", "The env file ", "is not valid (variable 'A B' contains whitespaces)");
        mistake("outside", "igny8Test image: 'BASE', command: 'true', into: '../../x'", "leaves the workspace");
        String image = "images: [igny8BuiltImage(name: 'BASE')], tags: ['@']";
        mistake("nothing-built", "igny8Push registry: 'REGISTRY'", "There is no image to push: run igny8Build first");
        mistake("nowhere", "igny8Push " + image, "There is no place to push to: give 'registry'");
        mistake("a-url", "igny8Push registry: 'https://REGISTRY', " + image, "is not a valid registry: give host[:port]");
        mistake("never-built", "igny8Push registry: 'REGISTRY', images: [igny8BuiltImage(name: '@')], tags: ['1']", "The image @ was not pushed: this engine has no @");
        mistake("unknown-credentials", "igny8Push registry: 'REGISTRY', credentialsId: 'nosuch', " + image, "no credentials with the ID 'nosuch'", "correct the ID");
        mistake("wrong-password", "igny8Push registry: 'REGISTRY', credentialsId: 'wrong', " + image, "The registry refused the login: check the user name");
        mistake("no-login", "igny8Push registry: 'REGISTRY', " + image, "The registry refused the login: none was given");
        mistake("no-registry", "igny8Push registry: 'localhost:1', " + image, "Nothing answers at", "(connection refused)");
        mistake("unknown-host", "igny8Push registry: 'registry.invalid', " + image, "The host registry.invalid is unknown: check the registry's name");
        mistake("bad-name", "igny8Push registry: 'REGISTRY', images: [igny8BuiltImage(name: 'team/App:1')], tags: ['1']",
                "'team/App:1' is not a valid image reference: its name 'App' is not allowed");
        mistake("bad-tag", "igny8Push registry: 'REGISTRY', images: [igny8BuiltImage(name: 'BASE')], tags: ['a b']", "'a b' is not a valid tag:");
        mistake("not-there", "igny8Pull registry: 'REGISTRY', credentialsId: 'registry', references: ['nosuch:1']", "The image nosuch was not pulled: The registry has no such image");
        mistake("nothing-pushed", "igny8Pull registry: 'REGISTRY'", "There is no image to pull: run igny8Build and igny8Push first");
        check();
    }

    @Test
    void aWrongComposeFile() throws Exception {
        mistake("no-file", "igny8ComposeUp project: '@'", "There is no compose file docker-compose.app.yml in ");
        up("bad-yaml", "services:\n\tweb:\n", "", "The compose file is no valid YAML, near line 2");
        up("bad-key", "services:\n  web:\n    imagee: x\n", "", "compose.yml is not valid: services.web Additional property imagee");
        up("no-value", "services:\n  web:\n    image: ${NOSUCH:?the image}\n", "", "needs the variable NOSUCH (the image), which has no value: give it in 'envFile'");
        up("empty-tag", "services:\n  web:\n    image: x:${NOSUCH}\n", "", "The service 'web' of the compose file has an image that cannot be: 'x:'");
        up("no-service-env", SLEEPER + "    env_file: app.env\n", "", "app.env, which a service of the compose file names as its env_file");
        up("unknown-service", SLEEPER, ", services: ['wbe']", "has no service 'wbe' (known: web)");
        up("no-env-file", SLEEPER, ", envFile: 'nosuch.env'", "There is no env file nosuch.env in ", "check 'envFile'");
        up("no-time", SLEEPER, ", deadline: 0", "'deadline' is 0 s: give the longest time");
        up("less-than-no-time", SLEEPER, ", deadline: -5", "'deadline' is -5 s: give the longest time");
        up("no-such-image", "services:\n  web:\n    image: localhost:1/nosuch:1\n", "", "the image of the service web is not on this engine", "igny8Build");
        up("no-net", SLEEPER + "    networks: [n]\nnetworks:\n  n:\n    external: true\n    name: @\n", "", "The network @ does not exist on this engine");
        up("no-mount", SLEEPER + "    volumes:\n      - {type: bind, source: ./nosuch, target: /x}\n", "", "/nosuch on the engine's machine, which the compose file mounts");
        up("port-taken", SLEEPER + "    ports: ['127.0.0.1:PORT:80']\n", "", "web (container @-web-1) could not be started: The address 127.0.0.1:PORT is already taken");
        up("no-command", "services:\n  web:\n    image: BASE\n    command: nosuch\n", "", "could not be started: The image has no program 'nosuch'");
        up("dependency", "services:\n  init:\n    image: BASE\n    command: sh -c 'exit 4'\n  web:\n    image: BASE\n    command: 'true'\n"
                + "    depends_on: {init: {condition: service_completed_successfully}}\n", "", "init (container @-init-1) has ended with exit code 4; waiting for it: web");
        check();
    }

    @Test
    void aWrongWaitOrMigration() throws Exception {
        mistake("no-project", "igny8WaitHealthy project: '@'", "The project @ has no containers on this engine: check 'project'");
        upAndWait("crash-loop", "services:\n  web:\n    image: BASE\n    command: sh -c 'exit 3'\n    restart: always\n", ", deadline: 30", "web (container @-web-1) restarts again and again");
        upAndWait("unhealthy", SLEEPER + "    healthcheck: {test: [CMD, sh, -c, 'echo no disk; exit 1'], interval: 1s, retries: 1}\n", ", deadline: 3", "is not healthy after 3 s: web", "exit code 1, no disk");
        upAndWait("nobody-listens", SLEEPER, ", settle: 1, deadline: 2, probes: [igny8Probe(url: 'http://127.0.0.1:1/x')]", "http://127.0.0.1:1/x does not answer (nothing listens there). Check the probe");
        mistake("no-time-to-wait", "igny8WaitHealthy project: '@', deadline: 0", "'deadline' is 0 s: give the longest time");
        migrate("no-time-to-migrate", SLEEPER, ", deadline: -1", "'deadline' is -1 s: give the longest time");
        mistake("bad-probe", "igny8WaitHealthy project: '@', probes: [igny8Probe(url: 'localhost:80')]", "'localhost:80' is not a URL to probe");
        migrate("no-such-service", SLEEPER.replace("web", "app"), "", "has no service 'web' (it has: app)");
        migrate("no-database", SLEEPER, ", pendingCommand: 'echo no connection; exit 1'", "Cannot tell which migrations are pending: ", "ended with exit code 1: no connection");
        migrate("no-plan", SLEEPER, ", pendingCommand: 'echo fine'", "wrote no line such as '[X]  app.0001_initial'");
        migrate("failing-migration", SLEEPER, ", pendingCommand: 'echo \"[ ] app.0001\"', applyCommand: 'echo exists already; exit 1'",
                "The migration app.0001 failed with exit code 1: exists already; none was applied. The running stack was not touched.", "docker logs @-migrate");
        check();
    }

    @Test
    void whatOthersHaveOrKeepFromUs() throws Exception {
        String foreign = engine.project + "-foreign";
        int port = taken.getLocalPort();
        taken.close();
        engine.docker("run -d --init --name " + foreign + " -p 127.0.0.1:" + port + ":80 " + RealEngine.BASE + " sleep 600");
        up("port-of-a-container", SLEEPER + "    ports: ['127.0.0.1:PORT:80']\n", "",
                "The address 127.0.0.1:PORT is already taken on the engine's machine", "; it is published by " + foreign + ".");
        up("name-taken", SLEEPER + "    container_name: " + foreign + "\n", "", "There is a container " + foreign + " already:", "docker rm -f " + foreign);
        engine.file("other-platform/prog", "no program of this machine");
        engine.file("other-platform/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY --chmod=755 prog /\nCMD [\"/prog\"]\n");
        engine.file("other-platform/compose.yml", filled("services:\n  web:\n    image: @:latest\n", "other-platform"));
        mistake("other-platform", "igny8Build images: [igny8Image(name: '@:latest')]\nigny8ComposeUp project: '@', files: ['compose.yml']\n"
                + "igny8WaitHealthy project: '@', deadline: 9", "the image is one of another platform, or a script in it does not begin with #!");
        engine.file("scratch/Dockerfile", "FROM scratch\nLABEL only=here\n");
        List<BuiltImage> built = BuildImages.of(new ImageToBuild(engine.project + "-app", "scratch/Dockerfile", "scratch")).run(engine.host).images();
        new PushImages(REGISTRY.address(), null, "registry", List.of("1"), built).run(engine.host(REGISTRY.credentials(), Map.of()));
        REGISTRY.onlyFor("s390x", engine.project + "-app", "1");
        mistake("no-such-platform", "igny8Pull registry: 'REGISTRY', credentialsId: 'registry', references: ['" + engine.project + "-app:1']",
                "was not pulled: The registry has the image for other platforms only, not for the engine's (linux/");
        // Not filled in, since a digest has an @ of its own.
        mistakes.add(new Mistake("no-such-digest", "igny8Pull registry: '" + REGISTRY.address() + "', credentialsId: 'registry', references: ['nosuch@sha256:"
                + "a".repeat(64) + "']", List.of("The image nosuch was not pulled: The registry has no such image")));
        check();
    }

    @Test
    void aRegistryThatDoesNotTakeImages() throws Exception {
        push("read-only", READ_ONLY, "The registry takes no images (HTTP status 405): it is read-only");
        push("push-denied", PULL_ONLY, "The registry denied access: ");
        pull("may-pull", PULL_ONLY, "The registry has no such image");
        String unknown = "The certificate of the registry " + SELF_SIGNED.address() + " is not trusted (certificate signed by unknown authority): install its CA";
        push("self-signed", SELF_SIGNED, unknown);
        pull("self-signed-pull", SELF_SIGNED, unknown);
        push("other-name", OTHER_NAME, "The certificate of the registry " + OTHER_NAME.address() + " is not valid (");
        push("no-tls", NO_TLS, "The registry speaks plain HTTP: give it a certificate");
        // Docker itself tries five times, which takes 50 s.
        push("full", FULL, "The registry has a fault of its own (HTTP status 500 Internal Server Error): see its log, and whether its disk is full");
        check();
        assertTrue(FULL.log().contains("no space left on device"), FULL.log());
    }

    /** The folder of the mistake is a disk of 1 MB that only {@code bin/run} and what it starts see. */
    @Test
    void aFullDisk() throws Exception {
        mistake("full-disk", "igny8Save images: [igny8BuiltImage(name: 'BASE')]",
                "was not saved: The disk is full that the folder ", "/full-disk/igny8-images", " lies on: free space there");
        check("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m none full-disk && exec \"$0\" \"$@\"");
    }

    private void push(String name, RegistryFixture registry, String fragment) {
        mistake(name, "igny8Push registry: '" + registry.address() + "', credentialsId: 'registry', images: [igny8BuiltImage(name: 'BASE')], tags: ['@']",
                "was not pushed: " + fragment);
    }

    private void pull(String name, RegistryFixture registry, String fragment) {
        mistake(name, "igny8Pull registry: '" + registry.address() + "', credentialsId: 'registry', references: ['nosuch:1']",
                "The image nosuch was not pulled: " + fragment);
    }

    /** @param before what starts {@code bin/run}, if anything */
    private void check(String... before) throws Exception {
        StringBuilder stages = new StringBuilder();
        for (Mistake mistake : mistakes) {
            Files.createDirectories(engine.workspace.resolve(mistake.name()));
            stages.append("stage('%1$s') { steps { dir('%1$s') { catchError(stageResult: 'FAILURE') {\n%2$s\n} } } }\n".formatted(mistake.name(), mistake.steps()));
        }
        engine.file("Jenkinsfile", "pipeline {\nagent any\nstages {\n" + stages + "}\n}\n");
        Path console = engine.workspace.resolve("console");
        List<String> words = new ArrayList<>(List.of(before));
        words.addAll(List.of(ROOT + "/bin/run", "Jenkinsfile", "--json", "report.json", "--credentials", REGISTRY.credentialsFile().toString()));
        Process process = new ProcessBuilder(words)
                .directory(engine.workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        String log = Files.readString(console);
        assertEquals(1, process.exitValue(), log);
        assertFalse(log.contains("Exception") || log.contains("\tat "), log);
        JsonNode report = new ObjectMapper().readTree(engine.workspace.resolve("report.json").toFile());
        assertEquals("FAILURE", report.path("outcome").asText(), log);
        assertAll(mistakes.stream().map(mistake -> (Executable) () -> check(mistake, report)));
    }

    private static void check(Mistake mistake, JsonNode report) {
        String result = find(report.path("stages"), "name", mistake.name()).map(stage -> stage.path("result").asText()).findFirst().orElse("absent");
        assertEquals("FAILURE", result, mistake.name());
        String error = find(report.path("steps"), "stage", mistake.name())
                .filter(step -> step.path("name").asText().startsWith("igny8"))
                .map(step -> step.path("error").asText(""))
                .reduce("", (first, second) -> second);
        assertTrue(mistake.fragments().stream().allMatch(error::contains), mistake.name() + " says: " + error + "\nexpected: " + mistake.fragments());
        boolean several = mistake.name().equals("no-network");
        assertTrue(several || error.strip().lines().count() == 1, mistake.name() + " says: " + error);
    }

    private static java.util.stream.Stream<JsonNode> find(JsonNode array, String key, String value) {
        return StreamSupport.stream(array.spliterator(), false).filter(one -> one.path(key).asText().equals(value));
    }

    /** Failed deployments leave their containers for people to look at. */
    @AfterEach
    void clean() throws Exception {
        taken.close();
        // By the beginning of the name, since each mistake has a project of its own.
        String mine = "--filter name=" + engine.project;
        remove("rm -f -v ", engine.docker("ps -aq " + mine));
        remove("network rm ", engine.docker("network ls -q " + mine));
        REGISTRY.removeFrom(engine);
        engine.docker("images --format {{.Repository}}:{{.Tag}}").lines()
                .filter(image -> image.contains(":" + engine.project))
                .forEach(image -> engine.docker("rmi " + image));
    }

    private void remove(String command, String names) {
        names.lines().forEach(name -> engine.docker(command + name));
    }
}
