package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import io.jenkins.plugins.igny8.agent.trial.CarryStep;
import io.jenkins.plugins.igny8.agent.trial.Hostile;
import io.jenkins.plugins.igny8.agent.trial.NaiveStep;
import io.jenkins.plugins.igny8.agent.trial.ThroughShellStep;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every kind of command in every cell where Jenkins can put a step. One Jenkins per cell, one build per row. */
@WithJenkins
public class CarryIT {

    private JenkinsRule jenkins;
    private Cell cell;
    private InboundAgent agent;
    private String neighbours;

    @TestExtension
    public static StepDescriptor carry() {
        return new CarryStep.DescriptorImpl();
    }

    @TestExtension
    public static StepDescriptor naive() {
        return new NaiveStep.DescriptorImpl();
    }

    @TestExtension
    public static StepDescriptor throughShell() {
        return new ThroughShellStep.DescriptorImpl();
    }

    private void begin(JenkinsRule rule, Cell where) throws Exception {
        assumeTrue(where != Cell.CONTAINER || Docker.isThere(), "no Docker engine with " + Docker.BASE);
        jenkins = rule;
        cell = where;
        rule.jenkins.setNumExecutors(4);
        if (where.onAgent()) {
            agent = new InboundAgent(true);
            agent.start(InboundAgent.register(rule.getURL().toString(), "inbound", agent.folder()), where.locale());
            rule.waitOnline((hudson.model.Slave) rule.jenkins.getNode("inbound"));
        }
    }

    @AfterEach
    void end() throws Exception {
        if (agent != null) {
            agent.close();
        }
    }

    private void anotherUserInTheContainerIsSaidSo() throws Exception {
        WorkflowRun build = jenkins.waitForCompletion(startFile("node('built-in') { withDockerContainer(image: '" + Docker.BASE
                + "', args: '-u 12345') { carry(trial: 'question', script: 'id') } }"));
        assertEquals(Result.FAILURE, build.getResult(), () -> log(build));
        assertTrue(log(build).contains("did not come to its end"), () -> log(build));
        assertTrue(log(build).contains("Permission denied"), () -> log(build));
    }

    private void aNameThatTheAgentCannotHaveIsSaidSo() throws Exception {
        WorkflowRun build = run("echo(\"IS THERE ${carry(trial: 'exists', script: 'ü')}\")");
        assertTrue(log(build).contains(cell == Cell.INBOUND_C ? "start the agent with LC_ALL=C.UTF-8" : "IS THERE false"), () -> log(build));
    }

    private WorkflowRun start(String steps) throws Exception {
        return startFile(cell.around(steps));
    }

    private WorkflowRun startFile(String jenkinsfile) throws Exception {
        // The names that a Jenkinsfile may not have in a path, but a job has.
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "a job " + jenkins.jenkins.getItems().size());
        job.setDefinition(new CpsFlowDefinition(jenkinsfile, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private WorkflowRun run(String steps) throws Exception {
        return jenkins.waitForCompletion(start(steps));
    }

    /** The trial's own list of problems, which a correct host leaves empty. */
    private void passes(String trial) throws Exception {
        WorkflowRun build = run(inHostileEnvironment("def problems = carry('" + trial + "'); echo(\"PROBLEMS ${problems}\")"));
        assertEquals(Result.SUCCESS, build.getResult(), () -> trial + " in " + cell + ":\n" + log(build));
        assertTrue(log(build).contains("PROBLEMS []"), () -> trial + " in " + cell + ":\n" + log(build));
    }

    private static String inHostileEnvironment(String steps) {
        List<String> variables = new ArrayList<>();
        for (String text : Hostile.TEXTS) {
            variables.add("'STEP_" + variables.size() + "=" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
                    + "'");
        }
        return "withEnv([" + String.join(", ", variables) + "]) {\n" + steps + "\n}";
    }

    private static String log(WorkflowRun build) {
        try {
            return JenkinsRule.getLog(build);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRow(Cell where, JenkinsRule rule) throws Exception {
        begin(rule, where);
        passes("bytes");
        passes("answers");
        passes("files");
        passes("stream");
        aPlainLaunchIsFoundWanting();
        theEnvironmentIsThatOfTheCommands();
        aQuestionWithoutAnAnswerFails();
        anAbortEndsTheCommandAndNothingElse();
        aFolderOfDirIsWhereCommandsStart();
        if (where == Cell.CONTAINER) {
            composeItselfRunsInTheContainer();
            anotherUserInTheContainerIsSaidSo();
        }
        if (where.onAgent()) {
            aNameThatTheAgentCannotHaveIsSaidSo();
        }
        nothingIsLeft();
    }

    /** The real steps with docker and compose as they are on this machine, both inside the container. */
    private void composeItselfRunsInTheContainer() throws Exception {
        String project = "igny8-it-" + Processes.mark();
        String options = "-v /var/run/docker.sock:/var/run/docker.sock -v " + Docker.program() + ":/usr/bin/docker:ro -v " + Docker.PLUGINS
                + ":" + Docker.PLUGINS + ":ro";
        String compose = "services:\\n  app:\\n    image: " + Docker.BASE + "\\n    command: sleep 1000\\n    init: true\\n";
        try {
            WorkflowRun build = jenkins.waitForCompletion(startFile("node('built-in') { writeFile(file: 'compose.yml', text: '" + compose + "')\n"
                    + "withDockerContainer(image: '" + Docker.BASE + "', args: '" + options + "') {\n"
                    + "igny8ComposeUp(project: '" + project + "', files: ['compose.yml'])\n"
                    + "def r = igny8WaitHealthy(project: '" + project + "')\n"
                    + "echo(\"RUNS ${r.containers.size()}\") } }"));
            assertEquals(Result.SUCCESS, build.getResult(), () -> log(build));
            assertTrue(log(build).contains("RUNS 1"), () -> log(build));
        } finally {
            Docker.run("compose", "-p", project, "down", "-t", "0", "-v");
        }
    }

    private void aPlainLaunchIsFoundWanting() throws Exception {
        WorkflowRun build = run(inHostileEnvironment("def problems = naive('bytes'); echo(\"PROBLEMS ${problems}\")"));
        assertFalse(log(build).contains("PROBLEMS []"), () -> cell + ":\n" + log(build));
        assertTrue(log(build).contains("expected"), () -> cell + ":\n" + log(build));
    }

    private void theEnvironmentIsThatOfTheCommands() throws Exception {
        WorkflowRun build = run("withEnv(['PATH+X=/x']) { def e = carry('environment'); echo(\"HOME=${e.HOME} PATH=${e.PATH} JOB=${e.JOB_NAME}\") }");
        assertTrue(log(build).contains("JOB=a job"), () -> log(build));
        if (cell.onAgent()) {
            assertTrue(log(build).contains("HOME=" + agent.folder() + " PATH=/x:"), () -> log(build));
        }
        if (cell == Cell.BUILT_IN || cell == Cell.THROUGH_SHELL) {
            assertTrue(log(build).contains("HOME=" + System.getenv("HOME") + " PATH=/x:"), () -> log(build));
        }
    }

    private void aQuestionWithoutAnAnswerFails() throws Exception {
        String mark = Processes.mark();
        WorkflowRun build = run("carry(trial: 'question', script: 'sleep " + mark + " & wait', limit: 1)");
        assertEquals(Result.FAILURE, build.getResult());
        assertTrue(log(build).contains("gave no answer within 1 s"), () -> log(build));
        assertFalse(Processes.runWith(mark));
    }

    private void anAbortEndsTheCommandAndNothingElse() throws Exception {
        String mine = Processes.mark();
        String neighbour = Processes.mark();
        WorkflowRun other = start("sh 'echo begun; sleep " + neighbour + "'");
        neighbours = other.getParent().getName();
        jenkins.waitForMessage("begun", other);
        WorkflowRun build = start("parallel(a: { carry(trial: 'change', script: '(sleep " + mine + " & wait) & echo begun; wait') },"
                + " b: { carry(trial: 'question', script: 'sleep " + mine + " & wait') })");
        jenkins.waitForMessage("begun", build);
        Processes.await(mine);
        long start = System.nanoTime();
        build.doStop();
        jenkins.waitForCompletion(build);
        assertTrue(System.nanoTime() - start < 30_000_000_000L, () -> "took too long:\n" + log(build));
        assertEquals(Result.ABORTED, build.getResult(), () -> log(build));
        assertFalse(log(build).contains("not certain"), () -> log(build));
        assertFalse(Processes.runWith(mine));
        assertTrue(Processes.runWith(neighbour));
        assertTrue(agent == null || agent.alive());
        other.doStop();
        jenkins.waitForCompletion(other);
    }

    private void aFolderOfDirIsWhereCommandsStart() throws Exception {
        WorkflowRun build = run("dir('an app') { carry(trial: 'change', script: 'pwd; ls -A') }; carry(trial: 'change', script: 'ls -A')");
        assertEquals(Result.SUCCESS, build.getResult(), () -> log(build));
        assertTrue(log(build).matches("(?s).*/an app\\R(?!igny8).*"), () -> log(build));
    }

    /** No folder of ours outlives its step, wherever it ran. */
    /** Jenkins writes its own files meanwhile: what goes while it is looked at is not ours. */
    private void nothingIsLeft() throws Exception {
        var root = agent == null ? jenkins.jenkins.root.toPath() : Path.of(agent.folder());
        List<Path> left = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.getFileName().toString().matches("igny8-[0-9a-f]{16}|durable-[0-9a-f]{8}") && !folder.toString().contains(neighbours)) {
                    left.add(folder);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
                if (gone instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw gone;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException gone) throws IOException {
                return gone == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, gone);
            }
        });
        assertEquals(List.of(), left);
    }
}
