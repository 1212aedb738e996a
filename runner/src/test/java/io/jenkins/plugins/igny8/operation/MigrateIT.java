package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Migrations of a stand-in for Django: shell scripts, applied to a "database" in a named volume. Like Django's, each is recorded
 * once it has ended well; like a non-atomic one, what it did before it failed stays.
 */
@Tag("engine")
class MigrateIT {

    private static final String COMPOSE = """
            services:
              backend:
                image: %1$s-backend
                command: [sleep, '600']
                restart: always
                stop_grace_period: 1s
                container_name: %1$s-web
                labels: {traefik.enable: 'true'}
                environment: {PASSWORD: 'a$$b "c" ''d'''}
                networks: {default: {aliases: [shop]}}
                volumes: ['data:/data']
                depends_on: [other]
              other:
                image: %1$s-backend
            volumes: {data: {}}
            """;

    private static final String PLAN = """
            for one in /app/migrations/*; do
              name=app.$(basename $one)
              if grep -qx "$name" /data/applied 2>/dev/null; then echo "[X]  $name"; else echo "[ ]  $name"; fi
            done
            """;

    private static final String MIGRATE = """
            for one in /app/migrations/*; do
              name=app.$(basename $one)
              grep -qx "$name" /data/applied 2>/dev/null && continue
              echo "Applying $name"
              sh -e $one || exit 1
              echo "$name" >> /data/applied
            done
            """;

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    @BeforeEach
    void stack() throws Exception {
        engine.file("compose.yml", COMPOSE.formatted(engine.project));
        app("Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY . /app\nENTRYPOINT [\"/no/such/entrypoint\"]\n");
        app("plan", PLAN + "# " + engine.project + "\n");
        app("migrate", MIGRATE);
        release("0001_initial", "printf '%s' \"$PASSWORD\" > /data/password");
    }

    /** A folder name of its own: contexts of one name that are built at the same time may get each other's files. */
    private void app(String file, String text) {
        engine.file(engine.project + "/" + file, text);
    }

    private void release(String migration, String script) throws Exception {
        app("migrations/" + migration, script + "\n");
        var image = new ImageToBuild(engine.project + "-backend:latest", engine.project + "/Dockerfile", engine.project);
        BuildImages.of(image).run(engine.host);
    }

    private Migrate migrate(int seconds) {
        return new Migrate(engine.composeProject(), "backend", List.of(), "sh /app/plan", "sh /app/migrate", null, Duration.ofSeconds(seconds), CodeTruth.CHECK);
    }

    private CompletableFuture<Migrate.Migrated> inBackground() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return migrate(60).run(engine.host);
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    private String container() {
        return engine.project + "-migrate";
    }

    private String data(String file) {
        return engine.docker("run --rm -v " + engine.project + "_data:/data " + RealEngine.BASE + " cat /data/" + file);
    }

    private String containersOfProject() {
        return engine.docker("ps -a --filter name=" + engine.project + " --format {{.Names}}");
    }

    private void waitUntilRunning() throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!engine.docker("ps --filter name=^/" + container() + "$ --format {{.Names}}").equals(container())) {
            assertTrue(System.nanoTime() < giveUp, "no migration runs: " + engine.log());
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void appliesWithTheBuildsImageAndTheServicesSurroundings() throws Exception {
        engine.docker("tag " + RealEngine.BASE + " " + engine.project + "-backend:latest");
        Migrate.Migrated migrated = migrate(60).run(engine.host);
        assertEquals(List.of("app.0001_initial"), migrated.pending());
        assertEquals(List.of("app.0001_initial"), migrated.applied());
        assertTrue(migrated.ran() && migrated.exitCode() == 0);
        assertEquals(engine.docker("image inspect --format {{.Id}} " + migrated.image()), migrated.imageId());
        assertEquals("app.0001_initial", data("applied"));
        assertEquals("a$b \"c\" 'd'", data("password"));
        assertEquals("", containersOfProject());
        assertEquals(engine.project, engine.docker(
                "volume", "inspect", "--format", "{{index .Labels \"com.docker.compose.project\"}}", engine.project + "_data"));
        assertTrue(engine.log().contains("[migrate] Applying app.0001_initial"), engine.log());
        assertFalse(engine.log().contains("a$b"), "the service's secrets are in no log");
    }

    @Test
    void whereNothingIsPendingNothingRuns() throws Exception {
        migrate(60).run(engine.host);
        String since = Instant.now().toString();
        Migrate.Migrated migrated = migrate(60).run(engine.host);
        String until = Instant.now().toString();
        assertFalse(migrated.ran());
        assertEquals(List.of(), migrated.pending());
        assertTrue(engine.log().contains("no migration is pending: nothing runs"), engine.log());
        String created = engine.docker("events --since " + since + " --until " + until + " --filter event=create --filter label=com.docker.compose.project="
                + engine.project + "-migrate --format {{.Actor.Attributes.name}}");
        assertEquals(1, created.lines().count(), created);
        assertTrue(created.startsWith(engine.project + "-pending-"), created);
    }

    @Test
    void aFailureHalfWayNamesWhatFailedAndWhatStays() throws Exception {
        migrate(60).run(engine.host);
        app("migrations/0002_good", "echo row >> /data/rows\n");
        app("migrations/0004_never", "echo never >> /data/rows\n");
        release("0003_bad", "echo 'no such column: price' >&2\nexit 3");
        String failure = assertThrows(Failure.class, () -> migrate(60).run(engine.host)).getMessage();
        assertTrue(failure.startsWith("The migration app.0003_bad failed with exit code 1: no such column: price;"), failure);
        assertTrue(failure.contains("applied before it, and still so: app.0002_good."), failure);
        assertTrue(failure.contains("The running stack was not touched.") && failure.contains("docker logs " + container()), failure);
        assertEquals(1, failure.lines().count());
        assertEquals("app.0001_initial\napp.0002_good", data("applied"));
        assertTrue(engine.docker("logs " + container()).contains("Applying app.0003_bad"));

        release("0003_bad", "echo mended >> /data/rows");
        Migrate.Migrated mended = migrate(60).run(engine.host);
        assertEquals(List.of("app.0003_bad", "app.0004_never"), mended.applied(), engine.log());
        assertEquals("row\nmended\nnever", data("rows"));
    }

    @Test
    void twoAtOnceApplyOnce() throws Exception {
        release("0002_slow", "echo row >> /data/rows\nsleep 2");
        var first = inBackground();
        var second = inBackground();
        for (Migrate.Migrated migrated : List.of(first.get(60, TimeUnit.SECONDS), second.get(60, TimeUnit.SECONDS))) {
            assertEquals(List.of("app.0001_initial", "app.0002_slow"), migrated.applied());
        }
        assertEquals("row", data("rows"));
        assertEquals("", containersOfProject());
    }

    @Test
    void anAbortDoesNotCutAMigrationAndTheNextOneFindsIt() throws Exception {
        release("0002_slow", "echo row >> /data/rows\nsleep 4\necho end >> /data/rows");
        Thread aborted = new Thread(() -> assertThrows(InterruptedException.class, () -> migrate(60).run(engine.host)));
        aborted.start();
        waitUntilRunning();
        assertFalse(engine.inspect(container(), "{{.HostConfig.RestartPolicy.Name}}").equals("always"));
        String aliases = engine.inspect(container(), "{{json .NetworkSettings.Networks}}");
        assertFalse(aliases.contains("\"backend\"") || aliases.contains("\"shop\""), "nobody reaches it by the service's names: " + aliases);
        assertFalse(engine.inspect(container(), "{{json .Config.Labels}}").contains("traefik"));
        aborted.interrupt();
        aborted.join(20_000);
        assertTrue(engine.log().contains("warning: aborted; a migration that has begun is not cut"), engine.log());
        assertEquals("true", engine.inspect(container(), "{{.State.Running}}"));
        Migrate.Migrated found = migrate(60).run(engine.host);
        assertEquals(List.of("app.0001_initial", "app.0002_slow"), found.applied());
        assertTrue(engine.log().contains("applies the same already: waiting for it"), engine.log());
        assertEquals("row\nend", data("rows"));
    }

    @Test
    void anotherMigrationIsRefusedAndTheDeadlineStops() throws Exception {
        release("0002_slow", "sleep 30");
        Thread overdue = new Thread(() -> {
            String failure = assertThrows(Failure.class, () -> migrate(4).run(engine.host)).getMessage();
            engine.kept.put("failure", failure);
        });
        overdue.start();
        waitUntilRunning();
        engine.host.keep("images", List.of());
        release("0003_other", "true");
        String refused = assertThrows(Failure.class, () -> migrate(60).run(engine.host)).getMessage();
        assertTrue(refused.startsWith("Another migration of the project " + engine.project + " runs in the container " + container()), refused);
        overdue.join(40_000);
        String failure = engine.kept.get("failure").toString();
        assertTrue(failure.startsWith("The migration app.0002_slow was stopped after 4 s, its 'deadline'; applied before it"), failure);
        assertEquals("exited", engine.inspect(container(), "{{.State.Status}}"));
    }

    @Test
    void aPlanShowsEachMigrationsSqlAndAppliesNothing() throws Exception {
        release("0002_second", "true");
        Migrate.Migrated planned = plan("echo \"-- $APP's\"; cat \"/app/migrations/$MIGRATION\"").run(engine.host);
        assertEquals(List.of("app.0001_initial", "app.0002_second"), planned.pending());
        assertEquals(List.of("-- app's\nprintf '%s' \"$PASSWORD\" > /data/password", "-- app's\ntrue"), planned.sql());
        assertFalse(planned.ran());
        assertTrue(engine.log().contains("[migrate] pending: app.0002_second"), engine.log());
        assertEquals(List.of("app.0001_initial", "app.0002_second"), migrate(60).run(engine.host).applied());
        assertEquals(List.of(), plan("false").run(engine.host).sql());
        assertEquals("", containersOfProject());
    }

    private Migrate plan(String sqlCommand) {
        return new Migrate(engine.composeProject(), "backend", List.of(), "sh /app/plan", "exit 9", sqlCommand, Duration.ofSeconds(60), CodeTruth.CHECK);
    }

    @Test
    void likelyMistakesGiveOneSentence() throws Exception {
        var project = engine.composeProject();
        String noPlan = failure(new Migrate(project, "backend", List.of(), "echo fine", "true", null, Duration.ofSeconds(9), CodeTruth.CHECK));
        assertTrue(noPlan.contains("'echo fine' wrote no line such as '[X]  app.0001_initial'"), noPlan);
        String unreachable = failure(new Migrate(project, "backend", List.of(), "echo cannot connect >&2; exit 2", "true", null, Duration.ofSeconds(9), CodeTruth.CHECK));
        String noSql = failure(plan("echo no table >&2; exit 4"));
        assertTrue(noSql.startsWith("The SQL of app.0001_initial cannot be told: ") && noSql.endsWith("ended with exit code 4: no table"), noSql);
        assertTrue(unreachable.contains("ended with exit code 2: cannot connect"), unreachable);
        String service = failure(new Migrate(project, "wbe", List.of(), "x", "x", null, Duration.ofSeconds(9), CodeTruth.CHECK));
        assertTrue(service.contains("no service 'wbe'"), service);
        engine.file("compose.yml", "services: {backend: {image: '" + engine.project + "-gone:1'}}\n");
        String image = failure(migrate(9));
        assertTrue(image.startsWith("There is no image " + engine.project + "-gone:1 on this engine"), image);
        assertEquals("", containersOfProject());
    }

    private String failure(Migrate migrate) {
        String message = assertThrows(Failure.class, () -> migrate.run(engine.host)).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
