package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.runner.Jvm;
import io.jenkins.plugins.igny8.runner.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The example's releases deployed while users ask for its pages. */
@Tag("engine")
class DeployExampleIT extends ExampleUnderLoad {

    /** A client that does not see a restart would see nothing. */
    private void theClientCounts() throws Exception {
        for (String service : List.of("backend", "frontend")) {
            Load.Seen<String> restart =
                    Load.during(stack.addresses(), BEFORE, Duration.ofSeconds(4), () -> engine.docker("restart", engine.project + "-" + service + "-1"));
            row("docker restart of " + service, "restarted", restart);
            assertTrue(restart.lost(service) > 0, restart.toString());
            double expected = Load.PER_SECOND * (restart.seconds() + BEFORE.toSeconds() + 4);
            restart.tallies().values().forEach(tally -> assertEquals(expected, tally.asked(), expected / 10, restart.toString()));
        }
        stack.awaitWell();
    }

    @Test
    void eachReleaseOfTheExampleEndsAsItShould() throws Exception {
        String r1 = first();
        theClientCounts();

        String r2 = release("r2");
        seen("a good release (r2)", "deployed", r2, stack::deploy);
        assertEquals("0001 0002", stack.migrations());

        String r4 = release("r4");
        Outcome sick = seen("never healthy (r4)", "unchanged", r4, stack::deploy).result();
        assertTrue(sick.problem().startsWith("The candidate of backend did not get healthy, so nothing was switched."), sick.problem());

        String r5 = release("r5");
        Outcome back = seen("the worker dies (r5)", "rolled back", r5, stack::deploy).result();
        assertTrue(back.problem().contains("celery_worker"), back.problem());

        String missing = stack.build("r2", "never deployed");
        engine.docker("rmi", stack.image("backend"));
        Outcome none = seen("an image is missing", "unchanged", missing, stack::deploy).result();
        assertTrue(none.problem().contains(stack.image("backend")), none.problem());

        Outcome refused = seen("back over a migration, not told what to do with it", "unchanged", r1, () -> stack.rollback(Ahead.REFUSE)).result();
        assertTrue(refused.problem().startsWith("The database is ahead of release 1 by content.0002_article_word_count:"), refused.problem());
        seen("back over a migration that is kept", "deployed", r1, () -> stack.rollback(Ahead.KEEP));
        assertEquals("0001 0002", stack.migrations());
        release("r2");
        seen("the same release again (r2)", "deployed", r2, stack::deploy);
        Outcome reversed = seen("back over a migration that is reversed", "deployed", r1, () -> stack.rollback(Ahead.REVERSE)).result();
        assertEquals(List.of("content.0002_article_word_count"), reversed.applied());
        assertEquals("0001", stack.migrations());

        String r3 = release("r3");
        Outcome half = seen("a migration fails half way (r3)", "unchanged", r3, stack::deploy).result();
        assertTrue(half.problem().startsWith("The migration content.0004_changelog_article failed with exit code 1: ValueError: article"), half.problem());
        assertEquals(List.of("content.0002_article_word_count", "content.0003_article_slug"), half.applied());
        assertEquals("0001 0002 0003", stack.migrations());
    }

    @Test
    @EnabledIfSystemProperty(named = ALL_CASES, matches = "true")
    void aContainerIsKilledDuringUp() throws Exception {
        first();
        String other = stack.build("r1", "another");
        Outcome killed = seen("the new backend is killed during up", "rolled back", other, () -> {
            Thread killer = new Thread(() -> kill(other));
            killer.start();
            Outcome outcome = stack.deploy();
            killer.join();
            return outcome;
        }).result();
        assertTrue(killed.problem().contains(engine.project + "-backend-1"), killed.problem());
    }

    /** Waits for the backend that is to serve, not for its candidate. */
    private void kill(String image) {
        String found;
        do {
            found = engine.docker("ps", "-q", "--filter", "ancestor=" + image, "--filter", "label=com.docker.compose.project=" + engine.project,
                    "--filter", "label=com.docker.compose.service=backend");
        } while (found.isEmpty());
        engine.docker("kill", found);
    }

    @Test
    @EnabledIfSystemProperty(named = ALL_CASES, matches = "true")
    void twoProcessesDeployAtOnce(@TempDir Path homes) throws Exception {
        first();
        String r6 = release("r6");
        String script = stack.jenkinsfile();
        Map<String, ReleasedExample.Reading> before = stack.read();
        List<Path> logs = List.of(homes.resolve("a.log"), homes.resolve("b.log"));
        Load.Seen<String> seen = Load.during(stack.addresses(), BEFORE, AFTER, () -> {
            List<Process> runners = new ArrayList<>();
            for (Path log : logs) {
                Path home = Files.createDirectories(homes.resolve(log.getFileName() + "-home"));
                ProcessBuilder runner = Jvm.of(Main.class, engine.workspace, log, Files.writeString(home.resolve("Jenkinsfile"), script).toString());
                runner.environment().put("IGNY8_STATE", home.resolve("state").toString());
                runners.add(runner.start());
            }
            for (Process runner : runners) {
                assertTrue(runner.waitFor(300, TimeUnit.SECONDS), logs.toString());
            }
            return stack.proven(before, r6);
        });
        String said = Files.readString(logs.get(0)) + Files.readString(logs.get(1));
        row("two processes deploy r6 at once", seen.result(), seen);
        assertEquals("deployed", seen.result(), said);
        List<String> ended = said.lines().filter(line -> line.contains("ended deployed release 2 changed ")).map(line -> line.replaceAll(".*changed ", "")).sorted().toList();
        assertEquals(2, ended.size(), said);
        assertTrue(ended.get(0).equals("0") && !ended.get(1).equals("0"), said);
        assertTrue(said.contains("waiting for the lock of " + engine.project), said);
        assertEquals("1", stack.psql("SELECT count(*) FROM content_changelog WHERE text = '0003_note_word_counts ran'"));
        assertEquals(List.of("1 deployed", "2 deployed"), engine.releases());
        stack.nothingIsLeft();
    }
}
