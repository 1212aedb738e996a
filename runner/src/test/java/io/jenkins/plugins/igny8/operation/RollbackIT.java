package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Going back over migrations of a stand-in for Django: shell scripts, recorded in a named volume. */
@Tag("engine")
class RollbackIT {

    private static final String COMPOSE = """
            services:
              backend:
                image: %1$s-backend
                command: [sh, -c, 'test -e /app/refuses && exit 1; exec sleep 600']
                init: true
                stop_grace_period: 1s
                environment: {GREETING: %2$s}
                volumes: ['data:/data']
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
              grep -qx "$name" /data/applied 2>/dev/null || echo "$name" >> /data/applied
            done
            """;

    private static final String REVERSE = """
            [ "$APP" = app ] || exit 9
            while [ "$(tail -n 1 /data/applied)" != "app.$TARGET" ]; do sed -i '$d' /data/applied; done
            """;

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private final String[] ids = new String[3];

    @BeforeEach
    void threeReleases() throws Exception {
        file("plan", PLAN);
        file("migrate", MIGRATE);
        file("reverse", REVERSE);
        file("Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY . /app\n");
        for (int i = 0; i < 3; i++) {
            file("migrations/000" + (i + 1), "");
            engine.file("compose.yml", COMPOSE.formatted(engine.project, "hello-" + (i + 1)));
            ids[i] = engine.builtBackend();
            assertEquals("deployed", new Deploy(gates(false), true, migrate(), true, false).run(engine.host).outcome(), engine.log());
        }
    }

    private void file(String name, String text) {
        engine.file(engine.project + "/" + name, text);
    }

    private Gates gates(boolean dryRun) {
        return engine.gates(CodeTruth.CHECK, 5, dryRun);
    }

    private Migrate migrate() {
        return new Migrate(engine.composeProject(), "backend", List.of(), "sh /app/plan", "sh /app/migrate", null, Duration.ofSeconds(60), CodeTruth.IMAGE);
    }

    private Outcome back(Long release, Ahead ahead, boolean dryRun) throws InterruptedException {
        return new Rollback(gates(dryRun), release, ahead, migrate(), "sh /app/reverse").run(engine.host);
    }

    private String container(String format) {
        return engine.inspect(engine.project + "-backend-1", format);
    }

    private String greeting() {
        return engine.docker("exec", engine.project + "-backend-1", "printenv", "GREETING");
    }

    private String applied() {
        return engine.docker("run --rm -v " + engine.project + "_data:/data " + RealEngine.BASE + " cat /data/applied").replace('\n', ' ');
    }

    @Test
    void aDatabaseThatIsAheadIsNamedAndNothingChanges() throws Exception {
        String before = container("{{.Id}}");
        Outcome refused = back(null, Ahead.REFUSE, false);
        assertEquals("unchanged", refused.outcome());
        assertEquals(
                "The database is ahead of release 2 by app.0003: say migrations: 'keep' where that release can live with them, or migrations: 'reverse' to take"
                        + " them back, with what they hold.",
                refused.problem());
        assertEquals(before, container("{{.Id}}"));
        Outcome unknown = back(9L, Ahead.KEEP, false);
        assertEquals("There is no release 9 of " + engine.project + " on this engine that was healthy (there are: 1, 2, 3): check 'release' and 'project'.", unknown.problem());

        Outcome planned = back(1L, Ahead.REFUSE, true);
        assertEquals(List.of("app.0002", "app.0003"), planned.applied());
        assertEquals(List.of(engine.project + "-backend-1"), planned.changed());
        assertEquals(before, container("{{.Id}}"));
    }

    @Test
    void goingBackTwiceGoesBackTwoReleasesAndKeepsTheDatabase() throws Exception {
        Outcome first = back(null, Ahead.KEEP, false);
        assertEquals("deployed", first.outcome(), engine.log());
        assertEquals(4L, first.release());
        assertEquals(ids[1], container("{{.Image}}"));
        assertEquals("hello-2", greeting(), "the release's own compose file");
        assertEquals("app.0001 app.0002 app.0003", applied());
        Outcome second = back(null, Ahead.KEEP, false);
        assertEquals("deployed", second.outcome(), engine.log());
        assertEquals(ids[0], container("{{.Image}}"));
        assertEquals("hello-1", greeting());
        assertEquals("There is no release of " + engine.project + " on this engine before the one that runs (there are: 1, 2, 3, 4, 5).", back(null, Ahead.KEEP, false).problem());

        // Where nothing runs, the last that stood comes back, not what was gone back from.
        engine.docker("rm -f " + engine.project + "-backend-1");
        assertEquals("deployed", back(null, Ahead.KEEP, false).outcome(), engine.log());
        assertEquals("hello-1", greeting());
    }

    /** It went back to release 3, which had been left. */
    @Test
    void whatWasLeftIsNotGoneBackTo() throws Exception {
        assertEquals(4L, back(2L, Ahead.KEEP, false).release(), engine.log());
        file("migrations/0004", "");
        engine.builtBackend();
        assertEquals("deployed", new Deploy(gates(false), true, migrate(), true, false).run(engine.host).outcome(), engine.log());
        assertEquals(6L, back(null, Ahead.KEEP, false).release(), engine.log());
        assertEquals(ids[1], container("{{.Image}}"));
    }

    @Test
    void migrationsAreTakenBackWithTheNewerImageBeforeTheSwitch() throws Exception {
        Outcome back = back(1L, Ahead.REVERSE, false);
        assertEquals("deployed", back.outcome(), engine.log());
        assertEquals(List.of("app.0002", "app.0003"), back.applied());
        assertEquals("app.0001", applied());
        assertEquals(ids[0], container("{{.Image}}"));
        assertEquals("4", Results.variables(engine.kept).get("IGNY8_RELEASE"));
    }

    @Test
    void aReleaseThatFailsNowIsNotGoneBackTo() throws Exception {
        engine.docker("rmi -f " + engine.docker("images --format {{.Repository}}:{{.Tag}} --filter reference=" + engine.project + "-backend:igny8-" + ids[0].substring(7, 19)));
        String before = container("{{.Id}}");
        Outcome gone = back(1L, Ahead.KEEP, false);
        assertEquals("unchanged", gone.outcome());
        assertTrue(gone.problem().startsWith("The image of the service backend of release 1, ") && gone.problem().contains("is not on this engine any more"), gone.problem());
        assertEquals(before, container("{{.Id}}"));

        // A deployment that fails after its migrations says that they stay.
        file("refuses", "");
        file("migrations/0004", "");
        engine.builtBackend();
        Outcome failed = new Deploy(gates(false), true, migrate(), false, false).run(engine.host);
        assertEquals("rolled back", failed.outcome(), engine.log());
        assertEquals(List.of("app.0004"), failed.applied());
        assertTrue(failed.problem().endsWith("The migrations app.0004 were applied and stay so."), failed.problem());
        assertEquals(ids[2], container("{{.Image}}"));
        assertFalse(container("{{.State.Running}}").equals("false"));
    }
}
