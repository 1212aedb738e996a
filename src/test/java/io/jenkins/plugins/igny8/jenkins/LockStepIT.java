package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code igny8Lock} in builds of a real Jenkins; the engine is asked by the docker command who holds the lock. */
@WithJenkins
@NeedsDocker
class LockStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    private String lock;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        // A build that is killed keeps its executor as long as its last step runs.
        jenkins.jenkins.setNumExecutors(6);
    }

    @BeforeEach
    void name() {
        lock = "igny8Lock(project: '" + engine.name() + "')";
    }

    private Trial trial(String script) throws Exception {
        return new Trial(jenkins, script.replace("LOCK {", lock + " {"));
    }

    private static final String UNTIL_GO = "waitUntil(quiet: true) { fileExists 'go' }";

    /** State and build of the volume with the highest number. */
    static String held(String project) {
        List<String> volumes = DockerEngine.docker("volume ls -q --filter label=io.jenkins.plugins.igny8.lock=" + project).lines()
                .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('.') + 1))))
                .toList();
        return volumes.isEmpty() ? "nothing" : DockerEngine.docker("volume", "inspect", "--format",
                "{{index .Labels \"io.jenkins.plugins.igny8.lock.state\"}} {{index .Labels \"io.jenkins.plugins.igny8.lock.build\"}}",
                volumes.get(volumes.size() - 1));
    }

    private String held() {
        return held(engine.name());
    }

    private static String name(Trial trial) {
        return trial.job().getFullName() + " #" + trial.build().getNumber();
    }

    @Test
    void theBlockHoldsItAndTheNextBuildWaitsAndSaysForWhom() throws Exception {
        Trial first = trial("node { def got = LOCK { echo \"inside ${env.IGNY8_LOCK}\"; " + UNTIL_GO + "; 42 }; echo \"got ${got}\" }").start().says("inside igny8-");
        assertEquals("held " + name(first), held());
        String url = DockerEngine.docker("volume", "inspect", "--format", "{{index .Labels \"io.jenkins.plugins.igny8.lock.url\"}}",
                "igny8-lock." + engine.name() + ".1");
        assertEquals(first.build().getAbsoluteUrl(), url);
        Trial second = trial("node { LOCK { echo 'second is inside' } }").start().says("waiting for the lock of " + engine.name()
                + ", for 900 s at most: it is held by " + name(first) + " (" + url + "), started by ");
        assertFalse(second.log().contains("second is inside"), second.log());
        first.file("go", "");
        first.succeeds();
        assertEquals("42", first.said("got "));
        second.succeeds();
        assertEquals("free " + name(second), held());
        assertFalse(first.log().contains("warning"), first.log());
        assertFalse(second.log().contains("warning"), second.log());
    }

    @Test
    void whatIsNotWorthWaitingForFailsWithOneSentence() throws Exception {
        Trial first = trial("node { LOCK { echo 'inside'; " + UNTIL_GO + " } }").start().says("inside");
        Trial second = trial("node { igny8Lock(project: '" + engine.name() + "', wait: 0) { echo 'never' } }");
        String log = second.fails();
        assertTrue(log.contains("ERROR: The lock of " + engine.name() + " is held by " + name(first) + " ("), log);
        assertFalse(log.contains("[Pipeline] echo"), log);
        first.file("go", "");
        first.succeeds();
    }

    @Test
    void aFailureInsideFreesItAndIsThatOfTheBuild() throws Exception {
        Trial trial = trial("node { LOCK { error 'on purpose' } }");
        String log = trial.fails();
        assertTrue(log.contains("ERROR: on purpose"), log);
        assertEquals("free " + name(trial), held());
    }

    @Test
    void anAbortInsideFreesItAtOnce() throws Exception {
        Trial trial = trial("node { LOCK { echo 'inside'; sleep 600 } }").start().says("inside");
        long since = System.nanoTime();
        trial.build().getExecutor().interrupt();
        trial.over(Result.ABORTED);
        assertTrue(System.nanoTime() - since < TimeUnit.SECONDS.toNanos(60), trial.log());
        assertEquals("free " + name(trial), held());
    }

    @Test
    void anAbortOfWhoWaitsLeavesTheHolderAlone() throws Exception {
        Trial first = trial("node { LOCK { echo 'inside'; " + UNTIL_GO + " } }").start().says("inside");
        Trial second = trial("node { LOCK { echo 'never' } }").start().says("waiting for the lock");
        second.build().getExecutor().interrupt();
        second.over(Result.ABORTED);
        assertEquals("held " + name(first), held());
        first.file("go", "");
        first.succeeds();
        assertEquals("free " + name(first), held());
    }

    @Test
    void aTimeoutAroundFreesItAndThePipelineGoesOn() throws Exception {
        Trial trial = trial("""
                node {
                  try { timeout(time: 10, unit: 'SECONDS') { LOCK { sleep 600 } } } catch (e) { echo "after ${e.class.simpleName}" }
                  LOCK { echo 'again' }
                }
                """);
        trial.succeeds();
        assertEquals("FlowInterruptedException", trial.said("after "));
        assertEquals("free " + name(trial), held());
        assertFalse(trial.log().contains("waiting for the lock"), trial.log());
    }

    @Test
    void whoWasKilledIsTakenOver() throws Exception {
        Trial killed = trial("node { LOCK { echo 'inside'; sleep 60 } }").start().says("inside");
        killed.build().doKill();
        jenkins.waitForCompletion(killed.build());
        assertEquals("held " + name(killed), held());
        Trial next = trial("node { LOCK { echo 'inside' } }");
        String log = next.succeeds();
        assertTrue(log.contains("warning: the lock of " + engine.name() + " is taken over from " + name(killed) + " (")
                && log.contains(": that build is over"), log);
        assertEquals("free " + name(next), held());
    }

    @Test
    void aBlockInsideAndBranchesInsideFindItHeld() throws Exception {
        Trial trial = trial("""
                node { LOCK {
                  parallel one: { LOCK { echo "one ${env.IGNY8_LOCK}" } }, two: { LOCK { sh 'echo "two $IGNY8_LOCK"' } }
                  igny8Lock(project: '%1$s-x') { LOCK { echo 'deep' } }
                } }
                """.formatted(engine.name()));
        String log = trial.succeeds();
        assertEquals(3, log.lines().filter(line -> line.equals("the lock of " + engine.name() + " is held by this build already")).count(), log);
        assertEquals("free " + name(trial), held());
        assertEquals("free " + name(trial), held(engine.name() + "-x"));
    }

    @Test
    void twoBranchesThatEachTakeItRunOneAfterTheOther() throws Exception {
        Trial trial = trial("""
                node { parallel one: { LOCK { echo 'one in'; sleep 2; echo 'one out' } }, two: { LOCK { echo 'two in'; sleep 2; echo 'two out' } } }
                """);
        String log = trial.succeeds();
        List<String> order = log.lines().filter(line -> line.matches("(one|two) (in|out)")).toList();
        assertTrue(order.get(0).endsWith(" in") && order.get(1).equals(order.get(0).replace(" in", " out")), log);
        assertEquals("free " + name(trial), held());
    }

    @Test
    void aBlockThatLostItFailsInTheEndAndSaysToWhom() throws Exception {
        Trial old = trial("node { LOCK { echo 'inside'; " + UNTIL_GO + " } }").start().says("inside");
        Trial thief = trial("node { igny8Lock(project: '" + engine.name() + "', takeOver: true) { echo 'taken' } }");
        String taken = thief.succeeds();
        assertTrue(taken.contains("warning: the lock of " + engine.name() + " is taken over from " + name(old) + " (") && taken.contains("'takeOver' is given"), taken);
        old.file("go", "");
        String log = old.fails();
        assertTrue(log.contains("ERROR: The lock of " + engine.name() + " is lost, and nothing more is changed: another one took and freed it; last it was held by "
                + name(thief) + " ("), log);
        assertEquals("free " + name(thief), held());
    }

    @Test
    void likelyMistakesGiveOneSentence() throws Exception {
        assertTrue(trial("node { igny8Lock(project: 'Shop!') { echo 'never' } }").fails().contains("ERROR: 'Shop!' is not a valid project name"));
        assertTrue(trial("node { igny8Lock(project: '" + engine.name() + "', wait: -1) { echo 'never' } }").fails().contains("ERROR: 'wait' is -1 s: "));
        assertTrue(trial("LOCK { echo 'never' }").fails().contains("igny8Lock needs a workspace"));
        assertEquals("nothing", held());
    }
}
