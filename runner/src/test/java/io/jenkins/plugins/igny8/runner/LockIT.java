package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code igny8Lock} by the runner: in this process, and between processes that have homes of their own. */
@Tag("engine")
class LockIT {

    private static final String UNTIL_GO = "sh 'touch in; while [ ! -e go ]; do sleep 0.1; done'";

    @TempDir
    Path folder;

    private final String project = "igny8-it-" + Long.toString(System.nanoTime(), 36);
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void takeAway() throws Exception {
        processes.forEach(Process::destroyForcibly);
        for (String volume : docker("volume", "ls", "-q", "--filter", "name=igny8-lock." + project).lines().toList()) {
            docker("volume", "rm", volume);
        }
    }

    private static String docker(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        Process process = new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(0, process.waitFor(), argv + out);
        return out;
    }

    /** Number, state and build of the highest generation; there is no other one, but for a moment. */
    private String held() throws Exception {
        String volume = docker("volume", "ls", "-q", "--filter", "label=io.jenkins.plugins.igny8.lock=" + project);
        return volume.replace("igny8-lock." + project, "") + " " + docker("volume", "inspect", "--format",
                "{{index .Labels \"io.jenkins.plugins.igny8.lock.state\"}} {{index .Labels \"io.jenkins.plugins.igny8.lock.build\"}}", volume);
    }

    private Trial run(String script) throws Exception {
        return Trial.run(folder, script.replace("LOCK {", "igny8Lock(project: '" + project + "') {"));
    }

    @Test
    void theBlockHasItsValueAndIsHeldInside() throws Exception {
        Trial trial = run("""
                node {
                  def got = LOCK {
                    parallel one: { LOCK { echo 'one' } }, two: { LOCK { sh 'test -n "$IGNY8_LOCK"' } }
                    42
                  }
                  echo "got ${got} ${env.IGNY8_LOCK}"
                }
                """);
        assertEquals("SUCCESS", trial.outcome(), trial.log);
        assertTrue(trial.echoes().contains("got 42 null"), trial.log);
        assertEquals(2, trial.log.lines().filter(line -> line.endsWith("the lock of " + project + " is held by this build already")).count(), trial.log);
        assertTrue(held().startsWith(".2 free work #1 by bin/run"), held());
    }

    @Test
    void aFailureInsideFreesItAndIsThatOfTheBuild() throws Exception {
        Trial trial = run(Trial.pipeline("LOCK { error 'on purpose' }"));
        assertEquals("FAILURE", trial.outcome(), trial.log);
        assertTrue(trial.log.contains("on purpose") && !trial.log.contains("warning"), trial.log);
        assertTrue(held().startsWith(".2 free "), held());
    }

    @Test
    void aTimeLimitInsideAndAroundFreesIt() throws Exception {
        Trial trial = run("""
                node {
                  catchError { LOCK { timeout(time: 1, unit: 'SECONDS') { sh 'sleep 60' } } }
                  catchError { timeout(time: 3, unit: 'SECONDS') { LOCK { sh 'sleep 60' } } }
                }
                """);
        assertEquals("ABORTED", trial.outcome(), trial.log);
        assertTrue(held().startsWith(".4 free "), held());
    }

    @Test
    void aBlockIsRefusedWhereThereIsNoneAndParametersAreChecked() throws Exception {
        assertTrue(Trial.refusal(folder, Trial.pipeline("igny8Lock project: 'x'"), Map.of()).contains("igny8Lock needs a block: igny8Lock(...) { ... }"));
        String soon = Trial.refusal(folder, Trial.pipeline("igny8Lock(wait: 'soon') { echo 'x' }"), Map.of());
        assertTrue(soon.contains("igny8Lock: 'wait' wants a number, but was given the text 'soon'"), soon);
        assertTrue(Trial.refusal(folder, Trial.pipeline("igny8Lock { ecko 'x' }"), Map.of()).contains("did you mean 'echo'?"));
        Trial negative = run("node { igny8Lock(project: '" + project + "', wait: -1) { echo 'never' } }");
        assertTrue(negative.log.contains("igny8Lock: 'wait' is -1 s: give the seconds to wait for another deployment to end, 0 or more."), negative.log);
        assertEquals(List.of(), negative.echoes());
        assertTrue(Trial.run(folder, "node { igny8Lock(project: 'Shop!') { echo 'never' } }").log.contains("igny8Lock: 'Shop!' is not a valid project name"));
    }

    /** One runner with a home of its own, in a folder of its own. */
    private final class Runner {
        final Path home;
        final Process process;

        Runner(String name, String script, String... options) throws Exception {
            home = Files.createDirectories(folder.resolve(name));
            Path file = Trial.file(home, script.replace("LOCK {", "igny8Lock(project: '" + project + "') {"));
            List<String> words = new ArrayList<>(List.of(options));
            words.add(file.toString());
            ProcessBuilder builder = Jvm.of(Main.class, Files.createDirectories(home.resolve(name + "-job")), home.resolve("log"), words.toArray(String[]::new));
            builder.environment().put("IGNY8_STATE", home.resolve("state").toString());
            process = builder.start();
            processes.add(process);
        }

        String log() {
            try {
                return Files.readString(home.resolve("log"));
            } catch (IOException e) {
                return "";
            }
        }

        Runner isInside() throws Exception {
            until(() -> Files.exists(home.resolve(home.getFileName() + "-job/in")));
            return this;
        }

        Runner says(String text) throws Exception {
            until(() -> log().contains(text));
            return this;
        }

        private void until(BooleanSupplier condition) throws Exception {
            long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!condition.getAsBoolean()) {
                assertTrue(process.isAlive() && System.nanoTime() < giveUp, log());
                Thread.sleep(20);
            }
        }

        void go() throws Exception {
            Files.createFile(home.resolve(home.getFileName() + "-job/go"));
        }

        String ends(int exitCode) throws Exception {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), log());
            assertEquals(exitCode, process.exitValue(), log());
            return log();
        }
    }

    @Test
    void twoProcessesWithHomesOfTheirOwnGoOneAfterTheOther() throws Exception {
        Runner first = new Runner("first", "node { LOCK { " + UNTIL_GO + " } }").isInside();
        Runner second = new Runner("second", "node { LOCK { echo 'second is inside' } }").says("waiting for the lock of " + project
                + ", for 900 s at most: it is held by first-job #1 by bin/run, process " + first.process.pid() + " on ");
        assertFalse(second.log().contains("\nsecond is inside"), second.log());
        first.go();
        first.ends(0);
        assertTrue(second.ends(0).contains("\nsecond is inside"), second.log());
        assertTrue(held().startsWith(".4 free second-job #1"), held());
    }

    @Test
    void whoWasKilledIsTakenOverAtOnce() throws Exception {
        Runner killed = new Runner("killed", "node { LOCK { " + UNTIL_GO + " } }").isInside();
        killed.process.toHandle().destroyForcibly();
        killed.process.waitFor();
        Runner next = new Runner("next", "node { LOCK { echo 'next is inside' } }");
        String log = next.ends(0);
        // What it had started is no child of anybody any more.
        killed.go();
        assertTrue(log.contains("warning: the lock of " + project + " is taken over from killed-job #1 by bin/run, process ") && log.contains(": that build is over"), log);
        assertTrue(held().startsWith(".3 free next-job #1"), held());
    }

    @Test
    void aSignalFreesIt() throws Exception {
        Runner ended = new Runner("ended", "node { LOCK { " + UNTIL_GO + " } }").isInside();
        ended.process.toHandle().destroy();
        ended.ends(1);
        assertTrue(held().startsWith(".2 free ended-job #1"), held());
    }

    @Test
    void itIsRenewedWhileTheStepsInsideRunAndALossIsSaid() throws Exception {
        String everySecond = "-Dio.jenkins.plugins.igny8.operation.HoldLock.renewEverySeconds=1";
        Runner held = new Runner("long", "node { LOCK { " + UNTIL_GO + " } }", everySecond).isInside();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!docker("volume", "ls", "-q", "--filter", "name=igny8-lock." + project + ".3").contains(".3")) {
            assertTrue(System.nanoTime() < giveUp, held.log());
            Thread.sleep(50);
        }
        Runner thief = new Runner("thief", "node { igny8Lock(project: '" + project + "', takeOver: true) { echo 'mine' } }");
        thief.ends(0);
        held.says("warning: The lock of " + project + " is lost, and nothing more is changed: another one took and freed it; last it was held by thief-job #1 ");
        held.go();
        assertTrue(held.ends(1).contains("igny8Lock: The lock of " + project + " is lost"), held.log());
        assertTrue(held().contains(" free thief-job #1"), held());
    }
}
