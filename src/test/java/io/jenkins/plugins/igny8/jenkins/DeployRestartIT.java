package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Jenkins is killed while two deployments wait for what they have switched to; one gets healthy after that, the other one does not. And while
 * one is on its way back.
 */
@NeedsDocker
class DeployRestartIT {

    @RegisterExtension
    final RealJenkinsExtension real = LeanJenkins.real(9);

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    private static Trial trial(JenkinsRule jenkins, String job, String name) throws Exception {
        Trial trial = new Trial(jenkins, jenkins.createProject(WorkflowJob.class, job), """
                node {
                  try { %s; %s } finally { echo "outcome ${env.IGNY8_OUTCOME} of ${env.IGNY8_RELEASE}" }
                }
                """.formatted(ReleasedStack.build(name), ReleasedStack.deploy(name, ", noCandidate: true")));
        trial.workspace().child("go").mkdirs();
        return trial;
    }

    private static String waitsInTheMiddle(JenkinsRule jenkins, String job, String name) throws Exception {
        Trial trial = trial(jenkins, job, name);
        ReleasedStack.lay(trial, name, "good 1").succeeds();
        DockerEngine.docker("tag", name + "-backend", name + "-backend:first");
        ReleasedStack.lay(trial, name, "late 2").start().says("[front] ready");
        return trial.workspace().child("go").getRemote();
    }

    /** The release that stood is slow, so the way back to it waits. */
    private static String waitsOnTheWayBack(JenkinsRule jenkins, String job, String name) throws Exception {
        Trial trial = trial(jenkins, job, name);
        ReleasedStack.lay(trial, name, "slow 1").file("go/now", "").succeeds();
        DockerEngine.docker("tag", name + "-backend", name + "-backend:first");
        trial.workspace().child("go/now").delete();
        ReleasedStack.lay(trial, name, "lazy 2").start().says("goes back to release 1");
        String bad = DockerEngine.imageId(name + "-backend");
        while (!ReleasedStack.runningOn(name, bad).isEmpty()) {
            assertTrue(trial.build().isBuilding(), trial.log());
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return trial.workspace().child("go").getRemote();
    }

    private static String finish(JenkinsRule jenkins, String job, Result result) throws Exception {
        WorkflowRun run = jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(2);
        jenkins.waitForCompletion(run);
        jenkins.assertBuildStatus(result, run);
        return JenkinsRule.getLog(run);
    }

    @Test
    void aKilledJenkinsGoesOnToTheRightOutcome() throws Throwable {
        String well = engine.name() + "-well";
        String ill = engine.name() + "-ill";
        real.startJenkins();
        String goWell = real.call(jenkins -> waitsInTheMiddle(jenkins, "well", well));
        String goIll = real.call(jenkins -> waitsInTheMiddle(jenkins, "ill", ill));
        String switched = ReleasedStack.running(well).toString();
        String before = DockerEngine.imageId(ill + "-backend:first");
        real.stopJenkinsForcibly();
        assertEquals("held well #2", LockStepIT.held(well));
        Files.createFile(Path.of(goIll, "die"));
        real.startJenkins();
        Files.createFile(Path.of(goWell, "now"));
        String wellLog = real.call(jenkins -> finish(jenkins, "well", Result.SUCCESS));
        String illLog = real.call(jenkins -> finish(jenkins, "ill", Result.FAILURE));

        assertTrue(wellLog.contains("outcome deployed of 2"), wellLog);
        assertEquals(switched, ReleasedStack.running(well).toString(), "not replaced once more");
        assertEquals(DockerEngine.imageId(well + "-backend"), ReleasedStack.image(well, "celery_worker"));
        assertEquals(List.of("1 deployed", "2 deployed"), ReleasedStack.releases(well));
        assertEquals("free well #2", LockStepIT.held(well));

        assertTrue(illLog.contains("goes back to release 1") && illLog.contains("outcome rolled back of 1"), illLog);
        assertEquals(before, ReleasedStack.image(ill, "celery_worker"));
        assertEquals(before, ReleasedStack.image(ill, "backend"));
        assertEquals(List.of("1 deployed", "2 rolled back"), ReleasedStack.releases(ill));
        assertEquals("free ill #2", LockStepIT.held(ill));
        assertEquals(List.of(), ReleasedStack.leftovers(ill));
    }

    @Test
    void aKilledJenkinsGoesOnWithTheWayBack() throws Throwable {
        real.startJenkins();
        String name = engine.name();
        String go = real.call(jenkins -> waitsOnTheWayBack(jenkins, "back", name));
        real.stopJenkinsForcibly();
        assertEquals("held back #2", LockStepIT.held(name));
        Files.createFile(Path.of(go, "now"));
        real.startJenkins();
        String log = real.call(jenkins -> finish(jenkins, "back", Result.FAILURE));

        assertTrue(log.contains("outcome rolled back of 1"), log);
        String first = DockerEngine.imageId(name + "-backend:first");
        assertEquals(first, ReleasedStack.image(name, "backend"));
        assertEquals(first, ReleasedStack.image(name, "celery_worker"));
        assertEquals(List.of("1 deployed", "2 rolled back"), ReleasedStack.releases(name));
        assertEquals("free back #2", LockStepIT.held(name));
        assertEquals(List.of(), ReleasedStack.leftovers(name));
    }
}
