package io.jenkins.plugins.igny8.jenkins;

import static io.jenkins.plugins.igny8.jenkins.ReleasedStack.image;
import static io.jenkins.plugins.igny8.jenkins.ReleasedStack.leftovers;
import static io.jenkins.plugins.igny8.jenkins.ReleasedStack.releases;
import static io.jenkins.plugins.igny8.jenkins.ReleasedStack.running;
import static io.jenkins.plugins.igny8.jenkins.ReleasedStack.runningOn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Deployments and the way back as builds of a Jenkins; how each ended is read from the engine. */
@NeedsDocker
@WithJenkins
class DeployStepIT {

    private static final String TELL = "echo \"outcome ${env.IGNY8_OUTCOME} of ${env.IGNY8_RELEASE}\"";

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    /** A job whose post section tells the outcome. */
    private Trial job(String mode, String step) throws Exception {
        Trial trial = new Trial(jenkins, declared(step));
        trial.workspace().child("go").mkdirs();
        return ReleasedStack.lay(trial, engine.name(), mode);
    }

    private String declared(String steps) {
        return Trial.declarative(" stages { stage('CD') { steps { " + ReleasedStack.build(engine.name()) + "\n" + steps + " } } }\n post { always { "
                + TELL + "\n sh 'echo \"in sh $IGNY8_OUTCOME\"' } }");
    }

    private String deploy(String more) {
        return ReleasedStack.deploy(engine.name(), more);
    }

    private String rollback(String more) {
        return ReleasedStack.rollback(engine.name(), more);
    }

    /** Whose is the latest image that was built. */
    private String built() {
        return DockerEngine.imageId(engine.name() + "-backend");
    }

    private void runs(String image) {
        assertEquals(image, image(engine.name(), "backend"));
        assertEquals(image, image(engine.name(), "celery_worker"));
    }

    private void freed(Trial by) {
        assertEquals("free " + by.job().getFullName() + " #" + by.build().getNumber(), LockStepIT.held(engine.name()));
        assertEquals(List.of(), leftovers(engine.name()));
    }

    @Test
    void twoReleasesAndTheWayBackAndEachOutcomeIsReadInPost() throws Exception {
        Trial trial = job("good 1", deploy(""));
        trial.succeeds();
        String first = built();
        runs(first);
        assertEquals("deployed of 1", trial.said("outcome "));

        ReleasedStack.lay(trial, engine.name(), "good 2").succeeds();
        String second = built();
        assertNotEquals(first, second);
        runs(second);
        assertEquals("deployed of 2", trial.said("outcome "));
        assertEquals("deployed", trial.said("in sh "));

        String back = trial.script(declared(rollback(""))).succeeds();
        assertTrue(back.contains("goes back to release 1 of ") && back.contains(", deployed by " + trial.job().getFullName() + " #1"), back);
        runs(first);
        assertEquals("deployed of 3", trial.said("outcome "));

        ReleasedStack.lay(trial.script(declared(deploy(""))), engine.name(), "lazy 1");
        String log = trial.fails();
        runs(first);
        assertTrue(log.contains("ERROR: rolled back: The project " + engine.name() + " is not healthy and will not become so: celery_worker"), log);
        assertFalse(log.contains("\tat "), log);
        assertEquals("rolled back of 3", trial.said("outcome "));
        assertEquals("rolled back", trial.said("in sh "));
        assertEquals(List.of("1 deployed", "2 deployed", "3 deployed", "4 rolled back"), releases(engine.name()));
        freed(trial);

        // Scripted code may look at it instead, and goes on.
        trial.script("""
                node {
                  %s
                  def deployed = %s
                  echo "map ${deployed.outcome} of ${deployed.release} before ${deployed.previous}"
                  %s
                  def back = %s
                  echo "back ${back.outcome} of ${back.release}"
                }
                """.formatted(ReleasedStack.build(engine.name()), deploy(", returnOutcome: true"), TELL, rollback(", release: 99, returnOutcome: true"))).succeeds();
        assertEquals("rolled back of 3 before 3", trial.said("map "));
        assertEquals("rolled back of 3", trial.said("outcome "));
        assertEquals("unchanged of 3", trial.said("back "));
        runs(first);
        freed(trial);
    }

    @Test
    void insideALockItIsHeldAlreadyAndStaysHeld() throws Exception {
        Trial trial = job("good 1", "igny8Lock(project: '" + engine.name() + "') { " + deploy("") + "\n waitUntil(quiet: true) { fileExists 'free' } }");
        trial.start().says(engine.name() + " is deployed as release 1").says("waitUntil");
        assertEquals("held " + trial.job().getFullName() + " #1", LockStepIT.held(engine.name()));
        trial.file("free", "");
        String log = trial.succeeds();
        assertTrue(log.contains("the lock of " + engine.name() + " is held by this build already"), log);
        assertFalse(log.contains("waiting for the lock"), log);
        runs(built());
        freed(trial);
    }

    @Test
    void ofTwoBuildsTheSecondWaitsAndSaysForWhom() throws Exception {
        Trial first = job("slow 1", deploy("")).start().says("celery_worker-1  Started");
        String slow = built();
        Trial second = job("good 2", deploy("")).start().says("waiting for the lock of " + engine.name() + ", for 900 s at most: it is held by "
                + first.job().getFullName() + " #1 (" + first.build().getAbsoluteUrl() + "), started by ");
        assertEquals(Map.of(), only("front"), "the first is not up, and the second touches nothing");
        assertEquals(slow, image(engine.name(), "backend"));
        first.file("go/now", "");
        first.succeeds();
        second.succeeds();
        assertEquals("deployed of 1", first.said("outcome "));
        assertEquals("deployed of 2", second.said("outcome "));
        runs(built());
        assertNotEquals(slow, built());
        freed(second);
    }

    private Map<String, String> only(String service) {
        Map<String, String> running = running(engine.name());
        running.keySet().retainAll(List.of(service));
        return running;
    }

    @Test
    void aPullRequestsBuildIsGreenAndHasNoOutcome() throws Exception {
        Trial trial = job("good 1", "withEnv(['CHANGE_ID=17']) { " + deploy("") + " }");
        String log = trial.succeeds();
        assertTrue(log.contains("this is the build of pull request 17: nothing is deployed ('pullRequests: true' would)"), log);
        assertEquals("null of null", trial.said("outcome "));
        assertEquals(Map.of(), running(engine.name()));
        assertEquals(List.of(), releases(engine.name()));

        trial.script(declared("withEnv(['CHANGE_ID=17']) { " + deploy(", pullRequests: true") + " }")).succeeds();
        assertEquals("deployed of 1", trial.said("outcome "));
        runs(built());
    }

    /** Ends a build, which must be over in the time that a timeout leaves to it. */
    private void abort(Trial trial) throws Exception {
        long since = System.nanoTime();
        trial.build().getExecutor().interrupt();
        trial.over(Result.ABORTED);
        assertTrue(System.nanoTime() - since < TimeUnit.SECONDS.toNanos(60), trial.log());
    }

    private static void await(Callable<Boolean> condition, Trial trial) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            assertTrue(System.nanoTime() < giveUp && trial.build().isBuilding(), trial.log());
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void anAbortBeforeTheSwitchChangesNothing() throws Exception {
        Trial trial = job("good 1", deploy(""));
        trial.succeeds();
        Map<String, String> before = running(engine.name());

        Trial holder = new Trial(jenkins, "node { igny8Lock(project: '" + engine.name() + "') { echo 'inside'; waitUntil(quiet: true) { fileExists 'free' } } }");
        holder.start().says("inside");
        ReleasedStack.lay(trial, engine.name(), "slow 1").start().says("waiting for the lock of " + engine.name());
        abort(trial);
        assertEquals("unchanged of ", trial.said("outcome "));
        assertEquals("held " + holder.job().getFullName() + " #1", LockStepIT.held(engine.name()));
        holder.file("free", "").succeeds();

        trial.start().says("a candidate of the new release starts beside the old one");
        await(() -> !leftovers(engine.name()).isEmpty(), trial);
        abort(trial);
        assertEquals("unchanged of 1", trial.said("outcome "));
        freed(trial);

        assertEquals(before, running(engine.name()));
        assertEquals(List.of("1 deployed"), releases(engine.name()));
    }

    @Test
    void anAbortAfterTheSwitchStartsNoWayBackAndTheNextDeploymentWorks() throws Exception {
        Trial trial = job("slow 1", deploy("")).file("go/now", "");
        trial.succeeds();
        trial.workspace().child("go/now").delete();

        ReleasedStack.lay(trial.script(declared(deploy(", noCandidate: true"))), engine.name(), "slow 2").start().says(engine.name() + "-backend-1  Started");
        assertEquals(built(), image(engine.name(), "backend"));
        abort(trial);
        assertEquals("broken of ", trial.said("outcome "));
        assertFalse(trial.log().contains("goes back to release"), trial.log());
        freed(trial);

        ReleasedStack.lay(trial, engine.name(), "late 1").start().says("[front] ready").says("[celery_worker]");
        abort(trial);
        assertEquals("broken of ", trial.said("outcome "));
        freed(trial);

        // The release that stood is slow: the way back to it waits, and is aborted too.
        ReleasedStack.lay(trial, engine.name(), "lazy 1").start().says("goes back to release 1");
        await(() -> runningOn(engine.name(), built()).isEmpty(), trial);
        abort(trial);
        assertEquals("broken of ", trial.said("outcome "));
        freed(trial);

        ReleasedStack.lay(trial, engine.name(), "good 1").succeeds();
        runs(built());
        freed(trial);
    }
}
