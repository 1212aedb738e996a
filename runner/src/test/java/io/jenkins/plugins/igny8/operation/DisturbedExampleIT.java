package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.release.Lock;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The example's releases deployed while users ask for its pages, and somebody else does something to the build or to the engine. */
@Tag("engine")
class DisturbedExampleIT extends ExampleUnderLoad {

    /** Set to {@code true} where this machine's engine may be started anew and cleaned of all that is unused, whosever it is. */
    private static final String ENGINE_IS_MINE = "igny8.engine.mine";

    /** After which an aborted step must have ended. */
    private static final Duration ABORTED = Duration.ofSeconds(60);

    private static final Path DAEMON = Path.of("/var/run/docker.pid");

    private interface Operation {
        Outcome run() throws InterruptedException;
    }

    /** Where the build is aborted, and whether it is there. */
    private record Phase(String name, BooleanSupplier reached) {}

    @Test
    @EnabledIfSystemProperty(named = ALL_CASES, matches = "true")
    void theBuildIsAbortedInEachPhase() throws Exception {
        String r1 = first();
        String r6 = release("r6");

        LocalHost other = engine.host(Credentials.none(), Map.of("JOB_NAME", "another", "BUILD_NUMBER", "1"));
        Lock held = Lock.take(new Docker(other), other, engine.project, new Lock.Terms(Duration.ZERO, false));
        aborted(new Phase("waiting for the lock", () -> says("waiting for the lock of ")), "unchanged", stack::deploy, "held");
        held.free();

        aborted(new Phase("it looks for migrations", () -> !containers(engine.project + "-migrate", "").isEmpty()), "unchanged", stack::deploy, "free");
        assertEquals("0001", stack.migrations());
        aborted(new Phase("a migration runs", () -> !engine.docker("ps -q --filter name=^/" + engine.project + "-migrate$").isEmpty()), "unchanged", stack::deploy, "free");
        assertTrue(says("a migration that has begun is not cut"), engine.log());

        aborted(new Phase("the candidate starts", () -> !containers(engine.project + "-candidate", "").isEmpty()), "unchanged", stack::deploy, "free");
        assertEquals("0001 0002 0003", stack.migrations());
        assertEquals("1", stack.psql("SELECT count(*) FROM content_changelog WHERE text = '0003_note_word_counts ran'"));

        aborted(new Phase("up has replaced the backend", () -> !containers(engine.project, r6).isEmpty()), "broken", stack::deploy, "free");
        String newest = stack.build("r6", "newest");
        aborted(new Phase("up is over, it is waited for health", () -> containers(engine.project, newest).size() == 3), "broken", stack::deploy, "free");
        seen("the same release after these aborts", "deployed", newest, stack::deploy);

        String r5 = release("r5");
        aborted(new Phase("on the way back", () -> says("goes back to release ")), "broken", stack::deploy, "free");
        assertTrue(engine.releases().get(engine.releases().size() - 1).endsWith(" broken"), engine.releases().toString());
        seen("igny8Rollback after that", "deployed", newest, () -> stack.rollback(Ahead.KEEP));
        aborted(new Phase("igny8Rollback has replaced the backend", () -> !containers(engine.project, r1).isEmpty()), "broken", () -> stack.rollback(Ahead.KEEP), "free");
        stack.build("r6", "newest");
        seen("the newest release after that", "deployed", newest, stack::deploy);
        assertTrue(containers(engine.project, r5).isEmpty());
    }

    private boolean says(String text) {
        return engine.log().contains(text);
    }

    /** Running ones of a project, all or those of an image. */
    private List<String> containers(String project, String image) {
        List<String> words = new ArrayList<>(List.of("ps", "-q", "--filter", "label=com.docker.compose.project=" + project));
        if (!image.isEmpty()) {
            words.addAll(List.of("--filter", "ancestor=" + image));
        }
        return engine.docker(words.toArray(String[]::new)).lines().toList();
    }

    /** @param lock its state afterwards */
    private void aborted(Phase phase, String expected, Operation operation, String lock) throws Exception {
        engine.events.clear();
        engine.kept.remove(OutcomeOfBuild.KEY);
        Map<String, ReleasedExample.Reading> before = stack.read();
        List<String> releases = engine.releases();
        Load.Seen<Double> seen = Load.during(stack.addresses(), BEFORE, AFTER, () -> secondsToEnd(phase, operation));
        row("aborted: " + phase.name() + ", and ended after " + seen.result() + " s", expected, seen);
        assertEquals(expected, Results.variables(engine.kept).get("IGNY8_OUTCOME"), engine.log());
        if (expected.equals("unchanged")) {
            assertEquals(before, stack.read(), engine.log());
            assertEquals(0, seen.lost(), seen.tallies().toString());
            assertEquals(releases, engine.releases());
        } else {
            List<String> added = new ArrayList<>(engine.releases());
            added.removeAll(releases);
            assertEquals(1, added.size(), added.toString());
            assertTrue(added.get(0).endsWith(" broken"), added.toString());
        }
        stack.nothingIsLeft(lock);
    }

    private double secondsToEnd(Phase phase, Operation operation) throws Exception {
        Thread deploying = new Thread(() -> assertThrows(InterruptedException.class, operation::run));
        deploying.start();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (!phase.reached().getAsBoolean()) {
            assertTrue(deploying.isAlive() && System.nanoTime() < giveUp, phase.name() + "\n" + engine.log());
            Thread.sleep(20);
        }
        long start = System.nanoTime();
        deploying.interrupt();
        deploying.join(ABORTED.toMillis());
        assertTrue(!deploying.isAlive(), phase.name() + "\n" + engine.log());
        return BuiltImage.secondsSince(start);
    }

    @Test
    @EnabledIfSystemProperty(named = ENGINE_IS_MINE, matches = "true")
    void theEngineStartsAnewOrIsCleanedDuringUp() throws Exception {
        first();
        String other = stack.build("r1", "another");
        seen("the daemon starts anew during up", "rolled back", other, () -> meanwhile(other, DisturbedExampleIT::restartDaemon));

        String third = stack.build("r1", "a third");
        // A prune also removes containers that Compose has made and not yet started, if it meets one: then the release before must stand.
        seen("docker system prune -f during up", List.of("deployed", "rolled back"), third, () -> meanwhile(third, () -> engine.docker("system", "prune", "-f")));
    }

    private interface Deed {
        void run() throws Exception;
    }

    /** Does it as soon as the new backend runs, which is then waited for. */
    private Outcome meanwhile(String image, Deed deed) throws Exception {
        FutureTask<Outcome> deployment = new FutureTask<>(stack::deploy);
        new Thread(deployment).start();
        while (containers(engine.project, image).isEmpty()) {
            assertTrue(!deployment.isDone(), engine.log());
            Thread.sleep(20);
        }
        deed.run();
        return deployment.get(300, TimeUnit.SECONDS);
    }

    /** With the words it was started with, and its containers ended, as a package's update does. */
    private static void restartDaemon() throws Exception {
        ProcessHandle daemon = ProcessHandle.of(Long.parseLong(Files.readString(DAEMON).strip())).orElseThrow();
        List<String> words = new ArrayList<>(List.of("setsid", "-f"));
        words.addAll(List.of(Files.readString(Path.of("/proc/" + daemon.pid() + "/cmdline")).split("\0")));
        daemon.destroy();
        daemon.onExit().get(60, TimeUnit.SECONDS);
        Path log = Files.createTempFile("dockerd-", ".log");
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (new ProcessBuilder("docker", "version").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
            assertTrue(System.nanoTime() < giveUp, Files.readString(log));
            Thread.sleep(100);
        }
    }
}
