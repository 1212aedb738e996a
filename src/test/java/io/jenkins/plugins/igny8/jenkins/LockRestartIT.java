package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Jenkins is killed, and stopped in order, while one build is inside {@code igny8Lock} and another one waits for it. */
@NeedsDocker
class LockRestartIT {

    @RegisterExtension
    final RealJenkinsExtension real = LeanJenkins.real(9);

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    private static Trial trial(JenkinsRule jenkins, String job, String project, String inside) throws Exception {
        return new Trial(jenkins, jenkins.createProject(WorkflowJob.class, job), "node { igny8Lock(project: '" + project + "') { " + inside + " } }");
    }

    private static WorkflowRun build(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    private static String finish(JenkinsRule jenkins, String job, Result result) throws Exception {
        WorkflowRun run = build(jenkins, job);
        jenkins.waitForCompletion(run);
        jenkins.assertBuildStatus(result, run);
        return JenkinsRule.getLog(run);
    }

    /** The lock's volumes once there is none of this number any more: it was renewed. */
    private static void awaitRenewal(String project, int number) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        String old = "igny8-lock." + project + "." + number;
        while (DockerEngine.docker("volume ls -q --filter label=io.jenkins.plugins.igny8.lock=" + project).lines().anyMatch(old::equals)) {
            assertTrue(System.nanoTime() < giveUp, "not renewed after the restart");
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Test
    void theHolderHoldsOnAndTheOtherOneWaitsOn() throws Throwable {
        String name = engine.name();
        real.startJenkins();
        real.run(jenkins -> {
            String untilGo = "sh 'echo inside; while [ ! -e go ]; do sleep 0.1; done'; igny8Lock(project: '" + name + "') { echo 'nested' }";
            trial(jenkins, "first", name, untilGo).start().says("inside");
            trial(jenkins, "second", name, "echo 'the second is inside'").start().says("waiting for the lock of " + name);
        });
        assertEquals("held first #1", LockStepIT.held(name));
        real.stopJenkinsForcibly();
        assertEquals("held first #1", LockStepIT.held(name));
        real.startJenkins();
        awaitRenewal(name, 1);
        assertEquals("held first #1", LockStepIT.held(name));
        real.stopJenkins();
        real.startJenkins();
        awaitRenewal(name, 2);
        assertEquals("held first #1", LockStepIT.held(name));
        String first = real.call(jenkins -> {
            assertTrue(build(jenkins, "second").isBuilding());
            jenkins.jenkins.getWorkspaceFor(jenkins.jenkins.getItemByFullName("first", WorkflowJob.class)).child("go").write("", "UTF-8");
            return finish(jenkins, "first", Result.SUCCESS);
        });
        assertTrue(first.contains("the lock of " + name + " is held by this build already"), first);
        assertFalse(first.contains("warning"), first);
        String second = real.call(jenkins -> finish(jenkins, "second", Result.SUCCESS));
        assertTrue(second.contains("the second is inside") && !second.contains("taken over"), second);
        assertEquals("free second #1", LockStepIT.held(name));
    }

    @Test
    void anAbortAfterARestartFreesIt() throws Throwable {
        String name = engine.name();
        real.startJenkins();
        real.run(jenkins -> trial(jenkins, "first", name, "sh 'echo inside; sleep 600'").start().says("inside"));
        real.stopJenkinsForcibly();
        real.startJenkins();
        awaitRenewal(name, 1);
        real.run(jenkins -> {
            build(jenkins, "first").getExecutor().interrupt();
            finish(jenkins, "first", Result.ABORTED);
        });
        assertEquals("free first #1", LockStepIT.held(name));
    }
}
