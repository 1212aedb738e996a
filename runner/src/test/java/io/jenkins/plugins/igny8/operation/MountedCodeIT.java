package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stack as IGNY8's is: the host's code lies over the image's. */
@Tag("engine")
class MountedCodeIT {

    private static final String COMPOSE = """
            services:
              backend: &backend
                image: %1$s-backend
                # What a web server does that loads its code once.
                command: [sh, -c, 'cp /app/code/main.py /loaded && exec sleep 600']
                stop_grace_period: 1s
                volumes: ['./host:/app:ro', 'media:/app/media', './config.ini:/etc/config.ini', './fresh:/fresh']
              worker:
                <<: *backend
              other:
                image: %2$s
                command: [sleep, '600']
                stop_grace_period: 1s
                volumes: ['./other:/etc/default']
            volumes: {media: {}}
            """;

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    @BeforeEach
    void stack() throws Exception {
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE));
        engine.file("config.ini", "not as in the image\n");
        engine.file("other/x", "of no concern: not this build's image\n");
        engine.file(engine.project + "/Dockerfile", "FROM " + RealEngine.BASE + "\nWORKDIR /app\nCOPY app .\nRUN echo 1 > /etc/config.ini\n");
        engine.file(engine.project + "/app/code/main.py", "one\n");
        engine.file(engine.project + "/app/code/migrations/0001.py", "one\n");
        engine.file(engine.project + "/app/media/logo.svg", "one\n");
        engine.builtBackend();
        engine.file("host/code/main.py", "one\n");
        engine.file("host/code/migrations/0001.py", "one\n");
        // What only the host has and is no code.
        engine.file("host/.env", "A=b\n");
        engine.file("host/code/__pycache__/main.pyc", "x");
        engine.file("host/code/debug.log", "x");
        engine.file("host/media/upload.svg", "below another mount");
    }

    private ComposeUp up(CodeTruth code) {
        return new ComposeUp(engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, code);
    }

    private Migrate migrate(CodeTruth code) {
        return new Migrate(engine.composeProject(), "backend", List.of(), "echo '[ ]  app.0001'", "cat /app/code/main.py", null, Duration.ofSeconds(60), code);
    }

    private TestImage test(CodeTruth code) {
        return new TestImage(
                "mkdir -p /r; cp code/main.py /r/; touch code/main.py 2> /r/refused; true", engine.project + "-backend", null, false, List.of(),
                null, "/r", "out", code, engine.project, "backend", false);
    }

    private String failure(Operation<?> operation) {
        return assertThrows(Failure.class, () -> operation.run(engine.host)).getMessage();
    }

    private String loaded(String service) throws InterruptedException {
        // Its command may not have come so far.
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String container = engine.project + "-" + service + "-1";
        while (engine.docker("exec", container, "sh", "-c", "cat /loaded 2>/dev/null; true").isEmpty()) {
            assertTrue(System.nanoTime() < giveUp, engine.log());
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return engine.docker("exec", container, "cat", "/loaded");
    }

    private String startedAt(String service) {
        return engine.inspect(engine.project + "-" + service + "-1", "{{.State.StartedAt}}");
    }

    private String containers() {
        return engine.docker("ps -aq --filter label=com.docker.compose.project=" + engine.project);
    }

    @Test
    void equalTreesAreSaidToBeEqual() throws Exception {
        ComposeUp.Started started = up(CodeTruth.CHECK).run(engine.host);
        assertEquals(List.of(new HeldCode(List.of("backend", "worker"), engine.workspace + "/host", "/app", "check", List.of())), started.code());
        assertEquals(List.of(), started.restarted());
        assertTrue(engine.log().contains("code: the services backend, worker: " + engine.workspace + "/host holds what the image has in /app"), engine.log());
        assertEquals("ready", engine.docker("exec", engine.project + "-backend-1", "sh", "-c", "[ -f /app/.env ] && echo ready"));
        assertEquals("", engine.docker("ps -aq --filter name=igny8-code-"));
    }

    @Test
    void aDifferenceFailsBeforeAnythingIsChangedAndNamesTheFiles() throws Exception {
        engine.file("host/code/main.py", "two\n");
        engine.file("host/code/migrations/0002 a: b.py", "x\n");
        Files.delete(engine.workspace.resolve("host/code/migrations/0001.py"));
        String sentence = failure(up(CodeTruth.CHECK));
        assertEquals(
                "The code that the services backend, worker would run from " + engine.workspace + "/host is not what the image has in /app: code/main.py,"
                        + " code/migrations/0001.py (only in the image), code/migrations/0002 a: b.py (only on the host).\n"
                        + "Bring that code to the engine's machine, or say which one holds: code: 'host' or code: 'image'.",
                sentence);
        assertEquals("", containers());
        assertTrue(failure(migrate(CodeTruth.CHECK)).startsWith("The code that the service backend would run from "));
        assertEquals("", engine.docker("ps -aq --filter label=com.docker.compose.project=" + engine.project + "-migrate"));
    }

    @Test
    void aMissingFolderIsNotMadeAndRunEmpty() throws Exception {
        move("host", "gone");
        String sentence = failure(up(CodeTruth.CHECK));
        assertEquals(
                "There is no " + engine.workspace + "/host on the engine's machine, which the compose file mounts over the image's /app: check the path and the"
                        + " variables in it, and bring the code there.",
                sentence);
        assertEquals(sentence, failure(up(CodeTruth.HOST)));
        assertEquals("", containers());
        assertTrue(Files.notExists(engine.workspace.resolve("host")));
    }

    @Test
    void whatCannotBeComparedIsSaid() throws Exception {
        engine.file(engine.project + "/Dockerfile", "FROM " + engine.project + "-backend\nRUN rm /usr/bin/diff\n");
        engine.docker("build", "-q", "-t", engine.project + "-backend:nodiff", engine.project);
        String id = engine.docker("image inspect --format {{.Id}} " + engine.project + "-backend:nodiff");
        ImagesOfBuild.keep(engine.host, List.of(new BuiltImage(engine.project + "-backend:latest", engine.project + "-backend:nodiff", id, null, 1.0, false)));
        String why = engine.workspace + "/host holds what the image of the services backend, worker has in /app cannot be told: the image has no sh, find, sed,"
                + " sort, stat or diff.";
        assertEquals("Whether " + why + " Say which one holds: code: 'host' or code: 'image'.", failure(up(CodeTruth.CHECK)));
        assertEquals(List.of(), up(CodeTruth.HOST).run(engine.host).code());
        assertTrue(engine.log().contains("warning: Whether " + why), engine.log());
        assertEquals("'code' is 'both', but can only be 'check', 'host', 'image'.", assertThrows(Failure.class, () -> CodeTruth.of("both")).getMessage());
    }

    @Test
    void theHostsCodeRunsAndContainersFollowIt() throws Exception {
        engine.file("host/code/main.py", "two\n");
        ComposeUp.Started first = up(CodeTruth.HOST).run(engine.host);
        assertEquals(List.of("code/main.py"), first.code().get(0).different());
        assertEquals("two", loaded("backend"));
        assertEquals(List.of("two"), migratedLines(CodeTruth.HOST));

        TimeUnit.MILLISECONDS.sleep(2100); // times of files come in whole seconds
        engine.file("host/code/debug.log", "another line\n");
        String before = startedAt("backend");
        assertEquals(List.of(), up(CodeTruth.HOST).run(engine.host).restarted());
        assertEquals(before, startedAt("backend"));

        engine.file("host/code/main.py", "three\n");
        String other = startedAt("other");
        assertEquals(
                List.of(engine.project + "-backend-1", engine.project + "-worker-1"), up(CodeTruth.HOST).run(engine.host).restarted());
        assertEquals("three", loaded("worker"));
        assertNotEquals(before, startedAt("backend"));
        assertEquals(other, startedAt("other"));
    }

    @Test
    void aFolderThatAnotherOneReplacedIsSeenAgain() throws Exception {
        copy("host", "old");
        TimeUnit.MILLISECONDS.sleep(2100); // older than the containers
        up(CodeTruth.HOST).run(engine.host);
        move("host", "aside");
        move("old", "host");
        assertEquals(2, up(CodeTruth.HOST).run(engine.host).restarted().size());
        assertEquals("one", loaded("backend"));
        assertEquals("one", engine.docker("exec", engine.project + "-backend-1", "cat", "/app/code/main.py"));
    }

    @Test
    void theImagesCodeRunsWithoutTheMount() throws Exception {
        engine.file("host/code/main.py", "two\n");
        ComposeUp.Started started = up(CodeTruth.IMAGE).run(engine.host);
        assertEquals("image", started.code().get(0).holds());
        assertEquals("one", loaded("backend"));
        assertEquals("one", loaded("worker"));
        String mounts = engine.inspect(engine.project + "-backend-1", "{{range .Mounts}}{{.Destination}} {{end}}");
        assertEquals(List.of("/app/media", "/etc/config.ini", "/fresh"), java.util.stream.Stream.of(mounts.split(" ")).sorted().toList());
        assertEquals(List.of("one"), migratedLines(CodeTruth.IMAGE));
        String created = engine.inspect(engine.project + "-backend-1", "{{.Created}}");
        up(CodeTruth.IMAGE).run(engine.host);
        assertEquals(created, engine.inspect(engine.project + "-backend-1", "{{.Created}}"));
    }

    @Test
    void testsRunWhatTheServiceRuns() throws Exception {
        assertEquals(List.of(), test(CodeTruth.IMAGE).run(engine.host).code());
        assertTrue(failure(test(CodeTruth.HOST)).startsWith("No container of the service backend of the project " + engine.project + " runs"));
        up(CodeTruth.CHECK).run(engine.host);
        engine.file("host/code/main.py", "two\n");
        assertTrue(failure(test(CodeTruth.CHECK)).contains("/host is not what the image has in /app: code/main.py."));
        TestImage.Tested tested = test(CodeTruth.HOST).run(engine.host);
        assertEquals("two\n", Files.readString(engine.workspace.resolve("out/main.py")));
        assertTrue(Files.readString(engine.workspace.resolve("out/refused")).contains("Read-only"));
        assertEquals(List.of("code/main.py"), tested.code().get(0).different());
    }

    /** What ran before the plugin came ran the host's code, and comes back with it, though the release that failed has none of it. */
    @Test
    void theWayBackToWhatOthersDeployedHasItsMounts() throws Exception {
        engine.docker("compose -f compose.yml -p " + engine.project + " up -d");
        Files.delete(engine.workspace.resolve(engine.project + "/app/code/main.py"));
        engine.builtBackend();
        Gates gates = engine.gates(CodeTruth.IMAGE, 5, false);
        Outcome back = new Deploy(gates, true, null, false, false).run(engine.host);
        assertEquals("rolled back", back.outcome(), engine.log());
        for (String service : List.of("backend", "worker")) {
            String mounted = engine.inspect(engine.project + "-" + service + "-1", "{{range .Mounts}}{{.Destination}} {{end}}");
            assertTrue(List.of(mounted.split(" ")).contains("/app"), mounted);
            assertEquals("one", loaded(service));
        }
        Outcome again = new Deploy(gates, true, null, false, false).run(engine.host);
        assertEquals("rolled back of 0", again.outcome() + " of " + again.release(), engine.log());
        assertFalse(engine.log().contains("what runs is not release"), engine.log());
        assertEquals("host", engine.record(0).path("code").asText());
    }

    private List<String> migratedLines(CodeTruth code) throws InterruptedException {
        int before = engine.events.size();
        Migrate.Migrated migrated = migrate(code).run(engine.host);
        assertEquals(0, migrated.exitCode());
        return engine.events.subList(before, engine.events.size()).stream()
                .map(event -> event.asLine())
                .filter(line -> line.matches(".*\\b(one|two|three)$"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    private void move(String from, String to) throws IOException {
        Files.move(engine.workspace.resolve(from), engine.workspace.resolve(to));
    }

    private void copy(String from, String to) throws IOException {
        Path source = engine.workspace.resolve(from);
        try (var paths = Files.walk(source)) {
            for (Path path : paths.toList()) {
                Files.copy(path, engine.workspace.resolve(to).resolve(source.relativize(path)));
            }
        }
    }
}
