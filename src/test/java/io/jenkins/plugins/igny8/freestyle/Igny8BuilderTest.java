package io.jenkins.plugins.igny8.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.tasks.ArtifactArchiver;
import hudson.tasks.junit.JUnitResultArchiver;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.steps.Igny8Check;
import io.jenkins.plugins.igny8.steps.Igny8Image;
import io.jenkins.plugins.igny8.steps.Samples;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.CoreStep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class Igny8BuilderTest {

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private FreeStyleProject job(Igny8Step... steps) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        for (Igny8Step step : steps) {
            job.getBuildersList().add(new Igny8Builder(step));
        }
        return job;
    }

    /** The names in a job's config.xml are a format that people's jobs are stored in: this file must be readable for ever. */
    @Test
    void aStoredJobLoadsWithEveryValueAndIsStoredTheSame() throws Exception {
        String stored = resource("all-steps.xml");
        FreeStyleProject job = (FreeStyleProject) jenkins.jenkins.createProjectFromXML(
                "stored", new ByteArrayInputStream(stored.getBytes(StandardCharsets.UTF_8)));

        List<Igny8Step> expected = Stream.concat(Samples.full().stream(), Samples.empty().stream()).toList();
        List<Igny8Builder> loaded = job.getBuildersList().getAll(Igny8Builder.class);
        assertEquals(xml(expected), xml(loaded.stream().map(Igny8Builder::getStep).toList()));

        job.save();
        assertEquals(stored, job.getConfigFile().asString().replaceAll(" plugin=\"[^\"]*\"", ""));
    }

    @Test
    void theExampleIsTheWholePipeline() throws Exception {
        String file = Files.readString(Path.of("examples/igny8/freestyle/config.xml"));
        FreeStyleProject job = (FreeStyleProject)
                jenkins.jenkins.createProjectFromXML("example", new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                List.of("CheckInfra", "Build", "Test", "Push", "Migrate", "ComposeUp", "WaitHealthy", "Logs"),
                job.getBuildersList().getAll(Igny8Builder.class).stream()
                        .map(builder -> builder.getStep().getDescriptor().getFunctionName().substring("igny8".length()))
                        .toList());
        assertEquals("test-results/*.xml", job.getPublishersList().get(JUnitResultArchiver.class).getTestResults());
        assertEquals("igny8-logs/**", job.getPublishersList().get(ArtifactArchiver.class).getArtifacts());
        // What Jenkins does not know is dropped silently.
        job.save();
        String saved = job.getConfigFile().asString().replaceAll(" plugin=\"[^\"]*\"", "");
        assertEquals(List.of(), file.lines().filter(line -> !saved.contains(line)).toList());
    }

    private static List<String> xml(List<Igny8Step> steps) {
        return steps.stream().map(Jenkins.XSTREAM2::toXML).toList();
    }

    private static String resource(String name) throws Exception {
        try (InputStream file = Igny8BuilderTest.class.getResourceAsStream(name)) {
            assertNotNull(file, name);
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void variablesAreExpandedInACopyButNotInShellText() throws Exception {
        SayStep step = new SayStep("$WHAT/${JOB_NAME}/$NOPE/${NOPE}");
        step.setShell("echo $WHAT ${JOB_NAME}");
        step.setLines(new ArrayList<>(List.of("A=$WHAT", "plain")));
        Igny8Image image = new Igny8Image("app:${BUILD_NUMBER}");
        image.setBuildArgs(new ArrayList<>(List.of("FROM=$WHAT")));
        step.setImages(new ArrayList<>(List.of(image)));
        Igny8Check check = new Igny8Check();
        check.setContainer("$WHAT");
        check.setCommand("echo $WHAT");
        step.setChecks(new ArrayList<>(List.of(check)));
        step.setNumber(7);
        FreeStyleProject job = job(step);
        String before = Jenkins.XSTREAM2.toXML(step);

        FreeStyleBuild build = job.scheduleBuild2(0, new ParametersAction(
                        List.of(new StringParameterValue("WHAT", "it's \"$JOB_NAME\"")), List.of("WHAT")))
                .get();

        jenkins.assertBuildStatusSuccess(build);
        String what = "it's \"$JOB_NAME\"";
        jenkins.assertLogContains(
                "said <" + what + "/" + job.getName() + "/$NOPE/${NOPE}> <echo $WHAT ${JOB_NAME}> [A=" + what + ", plain] <app:1[FROM=" + what + "]> 7",
                build);
        jenkins.assertLogContains("checks InfraCheck[container=" + what + ", command=echo $WHAT, ", build);
        assertEquals(before, Jenkins.XSTREAM2.toXML(step));
    }

    @Test
    void aFailureIsOneSentenceAndWhatFollowsDoesNotRun() throws Exception {
        FreeStyleBuild build = job(new SayStep("fail"), new SayStep("never")).scheduleBuild2(0).get();
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("ERROR: igny8Say: It was told to fail.", build);
        jenkins.assertLogNotContains("said <never>", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void anAbortEndsTheProgram() throws Exception {
        SayStep step = new SayStep("sleeping");
        String marker = "3600." + System.nanoTime();
        step.setProgram(new ArrayList<>(List.of("sleep", marker)));
        FreeStyleBuild build = job(step).scheduleBuild2(0).waitForStart();
        await(() -> runs(marker), "the program does not start");

        build.doStop();

        jenkins.waitForCompletion(build);
        jenkins.assertBuildStatus(Result.ABORTED, build);
        await(() -> !runs(marker), "the program still runs");
        jenkins.assertLogNotContains("the program ended with", build);
    }

    private static boolean runs(String marker) {
        return ProcessHandle.allProcesses().anyMatch(process -> process.info().commandLine().orElse("").contains(marker));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition, String otherwise) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < giveUp, otherwise);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void itIsNoSecondWayIntoPipelines() throws Exception {
        CoreStep.DescriptorImpl step = ExtensionList.lookupSingleton(CoreStep.DescriptorImpl.class);
        Igny8Builder.DescriptorImpl own = ExtensionList.lookupSingleton(Igny8Builder.DescriptorImpl.class);
        assertFalse(step.getApplicableDescriptors().contains(own));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node { step([$class: 'Igny8Builder', step: [$class: 'SayStep', text: 'here']]) }", true));
        WorkflowRun build = job.scheduleBuild2(0).get();
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("no known implementation of interface jenkins.tasks.SimpleBuildStep is named Igny8Builder", build);
    }
}
