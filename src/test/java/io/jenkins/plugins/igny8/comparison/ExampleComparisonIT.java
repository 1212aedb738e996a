package io.jenkins.plugins.igny8.comparison;

import io.jenkins.plugins.igny8.jenkins.DockerEngine;
import io.jenkins.plugins.igny8.jenkins.ExampleInfra;
import io.jenkins.plugins.igny8.jenkins.NeedsDocker;
import io.jenkins.plugins.igny8.jenkins.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The example's own Jenkinsfile with its stack, by {@code bin/run} and as a job: a good release, and one whose worker crashes. */
@NeedsDocker
@WithJenkins
class ExampleComparisonIT {

    @RegisterExtension
    static final Registry REGISTRY = new Registry("ci");

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @TempDir
    Path folder;

    @BeforeAll
    static void controller(JenkinsRule rule) throws Exception {
        jenkins = rule;
        REGISTRY.addLogin("registry");
    }

    private ExampleInfra example;

    @BeforeEach
    void infra() throws Exception {
        example = new ExampleInfra(jenkins, engine, folder);
    }

    @Test
    void comesToTheSame() throws Exception {
        compare("r1", "SUCCESS");
        compare("r5", "FAILURE");
    }

    /** Jenkins first; what stands then is what the runner finds, and neither changes what it need not. */
    private void compare(String release, String result) throws Exception {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of(
                "PROJECT", engine.name(), "NETWORK", engine.name() + "_net", "BASE", DockerEngine.BASE, "REGISTRY", REGISTRY.address(),
                "CREDENTIALS", "registry", "BACKEND_PORT", example.backendPort(), "HEALTH_SECONDS", "25", "NAMESPACE", "igny8"));
        Case given = new Case("example-" + release, Files.readString(ExampleInfra.EXAMPLE.resolve("Jenkinsfile")), parameters, result);

        WorkflowJob job = ExampleInfra.job(jenkins, given.name(), parameters.keySet());
        example.lay(release, Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote()));
        Account inJenkins = JenkinsAccount.of(given, job);

        Path own = folder.resolve(release);
        example.lay(release, own.resolve("workspace"));
        Path credentials = Files.writeString(own.resolve("credentials.json"), """
                {"registry": {"username": "ci", "password": "%s"}}""".formatted(REGISTRY.password()));
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
        new Comparison(given, inJenkins, RunnerAccount.of(given, own, credentials, example.environment())).assertSame();
    }
}
