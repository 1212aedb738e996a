package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example's Django, Postgres and Redis, in a stack of the test's own. What was applied is read by psql. */
@Tag("engine")
class ExampleStackIT {

    private static final Path LAY = Path.of("../examples/igny8/releases/lay").toAbsolutePath().normalize();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    @BeforeEach
    void infra() throws Exception {
        release("r1");
        engine.docker("compose -f docker-compose.infra.yml --env-file test.env -p " + engine.project + " up -d --build --wait --wait-timeout 120");
    }

    private String network() {
        return engine.project + "_net";
    }

    /** Lays a release over the workspace and builds its backend, under a name of the test's own. */
    private void release(String release) throws Exception {
        Process lay = new ProcessBuilder(LAY.toString(), release, engine.workspace.toString()).inheritIO().start();
        assertEquals(0, lay.waitFor());
        engine.file("test.env", String.join("\n", "POSTGRES_PASSWORD=p%w:d", "DJANGO_SECRET_KEY=canary-key", "IGNY8_NETWORK=" + network(),
                "IGNY8_CODE_ROOT=" + engine.workspace, "IGNY8_BASE=" + RealEngine.BASE, ""));
        Path compose = engine.workspace.resolve("docker-compose.app.yml");
        Files.writeString(compose, Files.readString(compose).replace("image: igny8-backend:latest", "image: " + image()));
        buildBackend();
    }

    private void buildBackend() throws Exception {
        // A folder name of its own: contexts of one name that are built at the same time may get each other's files.
        Path context = engine.workspace.resolve(engine.project);
        if (!Files.exists(context)) {
            Files.createSymbolicLink(context, Path.of("backend"));
        }
        var backend = new ImageToBuild(image(), "backend/Dockerfile", engine.project);
        new BuildImages(List.of(backend), List.of("BASE=" + RealEngine.BASE), false, false, true, false).run(engine.host);
    }

    private String image() {
        return engine.project + "-backend:latest";
    }

    private Migrate migrate(String... environment) {
        var project = new ComposeProject(engine.project, List.of(), List.of(), "test.env", null, List.of(environment));
        return new Migrate(project, Migrate.DEFAULT_SERVICE, List.of(), Migrate.DEFAULT_PENDING, Migrate.DEFAULT_APPLY, null, Migrate.DEADLINE, CodeTruth.CHECK);
    }

    private Migrate plan() {
        Migrate migrate = migrate();
        return new Migrate(migrate.project(), migrate.service(), List.of(), migrate.pendingCommand(), "false", Migrate.DEFAULT_SQL, Migrate.DEADLINE, CodeTruth.CHECK);
    }

    private String psql(String query) {
        return engine.docker("exec", engine.project + "-postgres-1", "psql", "-U", "igny8", "-d", "igny8", "-Atc", query);
    }

    private String appliedInDatabase() {
        return psql("SELECT name FROM django_migrations WHERE app = 'content' ORDER BY id").replace('\n', ' ');
    }

    @Test
    void releasesAreMigratedAsTheDatabaseSays() throws Exception {
        assertTrue(migrate().run(engine.host).applied().contains("content.0001_initial"));
        assertFalse(migrate().run(engine.host).ran());

        release("r2");
        Migrate.Migrated planned = plan().run(engine.host);
        assertEquals(List.of("content.0002_article_word_count"), planned.pending());
        assertEquals(List.of(), planned.applied());
        assertFalse(planned.ran());
        assertTrue(planned.sql().get(0).contains("ALTER TABLE \"content_article\" ADD COLUMN"), planned.sql().toString());
        assertEquals("0001_initial", appliedInDatabase());
        Migrate.Migrated r2 = migrate().run(engine.host);
        assertEquals(List.of("content.0002_article_word_count"), r2.applied());
        assertEquals(engine.docker("image inspect --format {{.Id}} " + image()), r2.imageId());
        assertEquals("0001_initial 0002_article_word_count", appliedInDatabase());

        release("r3");
        String failure = assertThrows(Failure.class, () -> migrate().run(engine.host)).getMessage();
        assertTrue(failure.startsWith("The migration content.0004_changelog_article failed with exit code 1: ValueError: article"), failure);
        assertTrue(failure.contains("applied before it, and still so: content.0003_article_slug."), failure);
        assertEquals("0001_initial 0002_article_word_count 0003_article_slug", appliedInDatabase());

        release("r6");
        var first = inBackground();
        var second = inBackground();
        for (Migrate.Migrated r6 : List.of(first.get(60, TimeUnit.SECONDS), second.get(60, TimeUnit.SECONDS))) {
            assertEquals(List.of("content.0003_note_word_counts"), r6.applied());
        }
        assertEquals("1", psql("SELECT count(*) FROM content_changelog WHERE text LIKE '0003_note%'"));
        assertFalse(engine.log().contains("canary-key"), "the service's secrets are in no log");
    }

    private CompletableFuture<Migrate.Migrated> inBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return migrate().run(engine.host);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    @Test
    void infraAnswersAndTheTestsRunOnIt() throws Exception {
        List<InfraCheck> checks = List.of(
                new InfraCheck("postgres", null, null, null, 200),
                new InfraCheck(null, null, "postgres:5432", null, 200),
                new InfraCheck("postgres", "psql -U igny8 -d igny8 -Atc 'SELECT 6 * 7'", null, null, 200));
        CheckInfra.Found infra = new CheckInfra(new DeclaredInfra(network(), "postgres", "redis", checks, null), Duration.ZERO).run(engine.host);
        assertEquals(
                List.of(engine.project + "-postgres-1 is healthy", "connected from " + engine.project + "-redis-1", "42"),
                infra.checks().stream().map(CheckInfra.Checked::answered).toList());
        assertEquals("postgres:5432 - accepting connections", infra.services().get(0).answered());
        assertEquals("PONG", infra.services().get(1).answered());
        assertEquals(engine.inspect(engine.project + "-redis-1", "{{.Id}}"), infra.services().get(1).containerId());

        TestImage.Tested passed = test("python3 -m pytest --junitxml=/tmp/test-results/backend.xml").run(engine.host);
        assertEquals(List.of("test-results/backend.xml"), passed.files());
        String xml = Files.readString(engine.workspace.resolve("test-results/backend.xml"));
        assertTrue(xml.contains("failures=\"0\"") && xml.contains("skipped=\"0\""), xml);

        engine.file("backend/tests/test_broken.py", "def test_broken():\n    assert 1 == 2\n");
        buildBackend();
        String failure = assertThrows(Failure.class, () -> test("python3 -m pytest --junitxml=/tmp/test-results/backend.xml").run(engine.host))
                .getMessage();
        assertTrue(failure.contains("ended with exit code 1; JUnit files in test-results (1)"), failure);
        assertTrue(Files.readString(engine.workspace.resolve("test-results/backend.xml")).contains("failures=\"1\""));

        assertTrue(migrationFailure("IGNY8_CODE_ROOT=/no/such").contains("There is no /no/such/backend on the engine's machine"));
        assertTrue(migrationFailure("IGNY8_NETWORK=no-such").contains("The network no-such does not exist on this engine"));
        engine.docker("stop -t 5 " + engine.project + "-postgres-1");
        String noInfra = assertThrows(Failure.class, () -> test("true").run(engine.host)).getMessage();
        assertTrue(noInfra.startsWith("Postgres: no running container answers to 'postgres'"), noInfra);
        String gone = assertThrows(Failure.class, () -> migrate().run(engine.host)).getMessage();
        assertTrue(gone.startsWith("The infra was complete when igny8CheckInfra asked earlier in this build, and is not any more: Postgres: no running"), gone);
        assertEquals(checks.size() + 1, gone.lines().count(), gone);
        engine.kept.remove("infra");
        String noDatabase = migrationFailure();
        assertTrue(noDatabase.startsWith("Cannot tell which migrations are pending: 'python manage.py showmigrations --plan'"), noDatabase);
    }

    private String migrationFailure(String... environment) {
        String failure = assertThrows(Failure.class, () -> migrate(environment).run(engine.host)).getMessage();
        assertEquals(1, failure.lines().count(), failure);
        return failure;
    }

    private TestImage test(String command) {
        return new TestImage(
                command, null, network(), true, List.of(), "test.env", TestImage.DEFAULT_RESULTS, TestImage.DEFAULT_INTO, CodeTruth.IMAGE, "igny8-app", "backend", false);
    }
}
