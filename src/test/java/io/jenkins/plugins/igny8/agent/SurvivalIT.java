package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.igny8.agent.trial.CarryStep;
import java.io.Serializable;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * {@code kill -9} of the controller, of the agent and of both in the middle of a change: it runs once, ends with its own exit
 * code, and no line of it is lost or comes twice.
 */
class SurvivalIT {

    /** Writes before, during and after the interruption; each part begins when the test lets it. */
    private static final String SCRIPT = """
            echo run >> runs
            for i in 1 2 3; do echo "BEFORE $i"; done
            until [ -e during ]; do sleep 0.2; done
            for i in 1 2 3; do echo "DURING $i"; done
            until [ -e after ]; do sleep 0.2; done
            for i in 1 2 3; do echo "AFTER $i"; done
            echo written > "$1"
            exit 7
            """;

    private static final List<String> LINES = Stream.of("BEFORE", "DURING", "AFTER")
            .flatMap(part -> Stream.of(part + " 1", part + " 2", part + " 3"))
            .toList();

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension()
            .withPort(freePort())
            .javaOptions("-Xmx512m", "-XX:TieredStopAtLevel=1")
            .withTimeout(900)
            .addSyntheticPlugin(new RealJenkinsExtension.SyntheticPlugin(CarryStep.class)
                    .shortName("carry-trial")
                    .header("Plugin-Dependencies", "variant:0,igny8-pipeline:0,workflow-step-api:0,structs:0"));

    private final Map<String, Path> workspaces = new LinkedHashMap<>();
    private InboundAgent agent;

    /** An agent that lives on must find the controller where it was. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() throws Exception {
        if (agent != null) {
            agent.close();
        }
    }

    @Test
    void changesOutliveTheirControllerAndTheirAgent() throws Throwable {
        // Under the user of the test, since it shall use the engine.
        agent = new InboundAgent(false);
        jenkins.startJenkins();
        InboundAgent.Secret secret = jenkins.runRemotely(new Register(agent.folder()));
        agent.start(secret, "C.UTF-8");

        Map<String, String> cells = new LinkedHashMap<>();
        for (Cell cell : List.of(Cell.BUILT_IN, Cell.CONTAINER, Cell.THROUGH_SHELL, Cell.INBOUND)) {
            if (cell != Cell.CONTAINER || Docker.isThere()) {
                cells.put(cell.name(), cell.around(steps()));
            }
        }
        begin(cells);
        String mark = Processes.mark();
        Path another = Path.of(jenkins.runRemotely(new Begin("another", Cell.INBOUND.around(
                "echo(\"CODE ${carry(trial: 'anew', script: 'echo run >> runs; sleep " + mark + " & echo BEFORE 3; wait')}\")"))));
        jenkins.stopJenkinsForcibly();
        touch("during");
        jenkins.startJenkins();
        finish(cells.keySet());
        anotherChangeEndsTheOldOne(another, mark);

        cells.clear();
        cells.put("both-INBOUND", Cell.INBOUND.around(steps()));
        cells.put("both-THROUGH_SHELL", Cell.INBOUND.around("throughShell {\n" + steps() + "\n}"));
        if (Docker.isThere()) {
            cells.put("both-CONTAINER", Cell.INBOUND.around("withDockerContainer('" + Docker.BASE + "') {\n" + steps() + "\n}"));
        }
        begin(cells);
        jenkins.stopJenkinsForcibly();
        agent.kill();
        touch("during");
        jenkins.startJenkins();
        agent.start(secret, "C.UTF-8");
        finish(cells.keySet());

        Map<String, String> again = new LinkedHashMap<>();
        cells.forEach((name, text) -> again.put(name.replace("both", "agent"), text));
        begin(again);
        agent.kill();
        touch("during");
        agent.start(secret, "C.UTF-8");
        finish(again.keySet());
    }

    /** Two changes never run beside each other on one target, whoever forgot about the first. */
    private void anotherChangeEndsTheOldOne(Path workspace, String mark) throws Throwable {
        jenkins.runRemotely(new AwaitLine("another", "is run again: what the interruption left under way on the trial is ended first"));
        for (int i = 0; i < 300 && Files.readAllLines(workspace.resolve("runs")).size() < 2; i++) {
            Thread.sleep(100);
        }
        assertEquals(List.of("run", "run"), Files.readAllLines(workspace.resolve("runs")));
        Processes.await(mark);
        assertEquals(1, Processes.sleeping(mark).size());
        jenkins.runRemotely(new Stop("another"));
        assertFalse(Processes.runWith(mark));
    }

    private static String steps() {
        return "def r = carry(trial: 'link', script: '''" + SCRIPT.replace("\\", "\\\\") + "''')\necho(\"CODE ${r.code} ID ${r.id}\")";
    }

    private void begin(Map<String, String> cells) throws Throwable {
        workspaces.clear();
        for (Map.Entry<String, String> cell : cells.entrySet()) {
            String path = jenkins.runRemotely(new Begin(cell.getKey(), cell.getValue()));
            workspaces.put(cell.getKey(), Path.of(path));
        }
    }

    private void touch(String file) throws Exception {
        for (Path workspace : workspaces.values()) {
            Files.createFile(workspace.resolve(file));
        }
    }

    private void finish(Iterable<String> names) throws Throwable {
        for (String name : names) {
            jenkins.runRemotely(new AwaitLine(name, "DURING 3"));
        }
        touch("after");
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            String log = jenkins.runRemotely(new Finish(name));
            List<String> lines = log.lines().filter(line -> line.matches("(BEFORE|DURING|AFTER) .*")).toList();
            if (!lines.equals(LINES) || !log.contains("CODE 7 ID written")) {
                problems.add(name + ":\n" + log);
            }
            assertEquals("run\n", Files.readString(workspaces.get(name).resolve("runs")), name);
        }
        assertEquals(List.of(), problems);
    }

    private record Register(String folder) implements RealJenkinsExtension.Step2<InboundAgent.Secret>, Serializable {
        @Override
        public InboundAgent.Secret run(JenkinsRule rule) throws Throwable {
            Jenkins.get().setNumExecutors(4);
            return InboundAgent.register(rule.getURL().toString(), "inbound", folder);
        }
    }

    /** Gives the path of the workspace, once the first lines have come. */
    private record Begin(String name, String script) implements RealJenkinsExtension.Step2<String>, Serializable {
        @Override
        public String run(JenkinsRule rule) throws Throwable {
            WorkflowJob job = rule.createProject(WorkflowJob.class, name);
            job.setDefinition(new CpsFlowDefinition(script, true));
            WorkflowRun build = job.scheduleBuild2(0).waitForStart();
            rule.waitForMessage("BEFORE 3", build);
            // Until the poll that brought them is on record.
            Thread.sleep(3000);
            var node = script.contains("'inbound'") ? Jenkins.get().getNode("inbound") : Jenkins.get();
            return node.getWorkspaceFor(job).getRemote();
        }
    }

    private record Stop(String name) implements RealJenkinsExtension.Step, Serializable {
        @Override
        public void run(JenkinsRule rule) throws Throwable {
            WorkflowRun build = Jenkins.get().getItemByFullName(name, WorkflowJob.class).getLastBuild();
            build.doStop();
            rule.waitForCompletion(build);
        }
    }

    private record AwaitLine(String name, String line) implements RealJenkinsExtension.Step, Serializable {
        @Override
        public void run(JenkinsRule rule) throws Throwable {
            rule.waitForMessage(line, Jenkins.get().getItemByFullName(name, WorkflowJob.class).getLastBuild());
        }
    }

    private record Finish(String name) implements RealJenkinsExtension.Step2<String>, Serializable {
        @Override
        public String run(JenkinsRule rule) throws Throwable {
            WorkflowRun build = Jenkins.get().getItemByFullName(name, WorkflowJob.class).getLastBuild();
            return JenkinsRule.getLog(rule.waitForCompletion(build));
        }
    }
}
