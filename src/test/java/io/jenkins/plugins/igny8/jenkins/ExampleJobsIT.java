package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.tasks.junit.TestResultAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The example's other Jenkinsfiles as jobs of a real controller; what they came to is read by docker. */
@NeedsDocker
@WithJenkins
class ExampleJobsIT {

    @RegisterExtension
    static final Registry REGISTRY = new Registry("ci");

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @TempDir
    Path folder;

    private ExampleInfra example;

    @BeforeAll
    static void controller(JenkinsRule rule) throws Exception {
        jenkins = rule;
        REGISTRY.addLogin("registry");
    }

    @BeforeEach
    void infra() throws Exception {
        example = new ExampleInfra(jenkins, engine, folder);
    }

    /** Builds the job of that name once, in a workspace with the example's first release. */
    private WorkflowRun build(String jenkinsfile, Map<String, String> parameters) throws Exception {
        WorkflowJob job = ExampleInfra.job(jenkins, jenkinsfile + "-of-" + engine.name(), new TreeSet<>(parameters.keySet()));
        job.setDefinition(new CpsFlowDefinition(Files.readString(ExampleInfra.EXAMPLE.resolve(jenkinsfile)), true));
        example.lay("r1", Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote()));
        List<ParameterValue> values = parameters.entrySet().stream().map(each -> (ParameterValue) new StringParameterValue(each.getKey(), each.getValue())).toList();
        WorkflowRun build = job.scheduleBuild2(0, new ParametersAction(values)).waitForStart();
        return jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
    }

    private Map<String, String> andProject(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(Map.of("PROJECT", engine.name(), "NETWORK", engine.name() + "_net", "BACKEND_PORT", example.backendPort()));
        return all;
    }

    /** What the backend's container runs, and the folders of this machine that are mounted there. */
    private String backend() {
        return DockerEngine.inspect(engine.name() + "-backend-1", "{{.State.Health.Status}} {{.Image}} {{range .Mounts}}{{.Destination}}{{end}}");
    }

    private static String pushedTag() {
        return DockerEngine.docker("images", "--format", "{{.Tag}}", "--filter", "reference=" + REGISTRY.address() + "/team/igny8-backend").lines()
                .filter(tag -> !tag.startsWith("igny8-") && !tag.equals("<none>"))
                .collect(Collectors.joining());
    }

    @Test
    void whatWasPushedIsDeployedAndGoneBackFrom() throws Exception {
        build("Jenkinsfile", andProject(Map.of("BASE", DockerEngine.BASE, "REGISTRY", REGISTRY.address(), "NAMESPACE", "team", "CREDENTIALS", "registry",
                "HEALTH_SECONDS", "60")));
        String image = DockerEngine.imageId("igny8-backend");
        assertEquals("healthy " + image + " /app", backend());

        WorkflowRun deployed = build("Jenkinsfile.deploy", andProject(Map.of("REGISTRY", REGISTRY.address(), "NAMESPACE", "team", "TAG", pushedTag(), "CREDENTIALS", "registry",
                "DRY_RUN", "")));
        jenkins.assertLogContains("outcome: deployed, release: 1", deployed);
        assertEquals("healthy " + image, backend(), "no code of this machine over the image's");

        WorkflowRun back = build("Jenkinsfile.rollback", andProject(Map.of("RELEASE", "", "MIGRATIONS", "refuse")));
        jenkins.assertLogContains("outcome: deployed, release: 2", back);
        assertEquals("healthy " + image + " /app", backend());
    }

    @Test
    void theTestsHaveAnInfraOfTheirOwn() throws Exception {
        WorkflowRun build = build("Jenkinsfile.tests", Map.of("BASE", DockerEngine.BASE, "PROJECT", engine.name() + "-tests"));
        TestResultAction tests = build.getAction(TestResultAction.class);
        assertEquals("11 0 0", tests.getTotalCount() + " " + tests.getFailCount() + " " + tests.getSkipCount());
        assertEquals(6, build.getArtifacts().size(), build.getArtifacts().toString());
        assertEquals("", DockerEngine.docker("ps", "-aq", "--filter", "label=com.docker.compose.project=" + engine.name() + "-tests-1"));
        assertTrue(DockerEngine.docker("network", "ls", "--format", "{{.Name}}").lines().noneMatch(name -> name.equals(engine.name() + "-tests-1")));
    }
}
