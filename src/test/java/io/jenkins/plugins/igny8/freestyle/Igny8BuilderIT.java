package io.jenkins.plugins.igny8.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import hudson.tasks.junit.JUnitResultArchiver;
import hudson.tasks.junit.TestResultAction;
import io.jenkins.plugins.igny8.jenkins.DockerEngine;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.jenkins.NeedsDocker;
import io.jenkins.plugins.igny8.steps.BuildStep;
import io.jenkins.plugins.igny8.steps.Igny8Image;
import io.jenkins.plugins.igny8.steps.TestStep;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A freestyle job with a real engine. */
@NeedsDocker
@WithJenkins
class Igny8BuilderIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private FreeStyleProject job(Igny8Step... steps) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setScm(new SingleFileSCM("Dockerfile", "FROM " + DockerEngine.BASE + "\nARG SAYS\nENV SAYS=$SAYS\n"));
        for (Igny8Step step : steps) {
            job.getBuildersList().add(new Igny8Builder(step));
        }
        return job;
    }

    private BuildStep build() {
        BuildStep build = new BuildStep();
        Igny8Image image = new Igny8Image(engine.name() + ":$BUILD_NUMBER");
        image.setBuildArgs(List.of("SAYS=$JOB_NAME"));
        build.setImages(List.of(image));
        return build;
    }

    @Test
    void anImageIsBuiltAndTheNextStepsTakeIt() throws Exception {
        TestStep test = new TestStep("mkdir -p /tmp/test-results && echo \"<testsuite><testcase classname='says' name='$SAYS'/></testsuite>\""
                + " > /tmp/test-results/a.xml; exit 3");
        test.setReturnStatus(true);
        FreeStyleProject job = job(build(), test);
        String variable = "IGNY8_IMAGE_" + engine.name().toUpperCase(Locale.ROOT).replace('-', '_');
        job.getBuildersList().add(new Shell("echo \"the shell reads $" + variable + "\""));
        job.getPublishersList().add(new JUnitResultArchiver("test-results/*.xml"));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        String image = engine.name() + ":1";
        jenkins.assertLogContains("built: " + DockerEngine.imageId(image), build);
        jenkins.assertLogContains("the shell reads " + image, build);
        TestResultAction results = build.getAction(TestResultAction.class);
        assertEquals(1, results.getTotalCount());
        assertEquals(job.getName(), results.getPassedTests().get(0).getName());
        assertEquals("", leftContainers());
    }

    @Test
    void anAbortLeavesNoContainer() throws Exception {
        FreeStyleBuild build = job(build(), new TestStep("echo begun; sleep 600; echo ended")).scheduleBuild2(0).waitForStart();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!JenkinsRule.getLog(build).contains("] begun")) {
            assertTrue(build.isBuilding() && System.nanoTime() < giveUp, "the command does not run:\n" + JenkinsRule.getLog(build));
            TimeUnit.MILLISECONDS.sleep(50);
        }

        build.doStop();

        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.ABORTED, build);
        jenkins.assertLogNotContains("] ended", build);
        assertEquals("", leftContainers());
    }

    private String leftContainers() {
        return DockerEngine.docker("ps -aq --filter ancestor=" + engine.name() + ":1");
    }
}
