package io.jenkins.plugins.igny8.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.igny8.jenkins.DockerEngine;
import io.jenkins.plugins.igny8.jenkins.NeedsDocker;
import io.jenkins.plugins.igny8.jenkins.Registry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
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

    private static final Path EXAMPLE = Path.of("examples/igny8").toAbsolutePath();

    @RegisterExtension
    static final Registry REGISTRY = new Registry("ci");

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @TempDir
    Path folder;

    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeAll
    static void controller(JenkinsRule rule) throws Exception {
        jenkins = rule;
        REGISTRY.addLogin("registry");
    }

    @BeforeEach
    void infra() throws Exception {
        for (String service : List.of("BACKEND", "FRONTEND", "MARKETING", "SITES")) {
            environment.put("IGNY8_" + service + "_PORT", freePort());
        }
        environment.put("IGNY8_NETWORK", engine.name() + "_net");
        environment.put("IGNY8_BASE", DockerEngine.BASE);
        jenkins.jenkins.getGlobalNodeProperties().replace(new EnvironmentVariablesNodeProperty(environment.entrySet().stream()
                .map(each -> new EnvironmentVariablesNodeProperty.Entry(each.getKey(), each.getValue()))
                .toList()));
        lay("r1", folder.resolve("infra"));
        run(folder.resolve("infra"), "docker", "compose", "-f", "docker-compose.infra.yml", "-p", engine.name() + "-infra", "up", "-d", "--build", "--wait");
    }

    private static String freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(free.getLocalPort());
        }
    }

    private void lay(String release, Path target) throws Exception {
        Files.createDirectories(target);
        run(target, EXAMPLE + "/releases/lay", release, target.toString());
    }

    private void run(Path directory, String... argv) throws Exception {
        Path log = folder.resolve("command.log");
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        assertEquals(0, exitCode, () -> String.join(" ", argv) + "\n" + read(log));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
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
                "CREDENTIALS", "registry", "BACKEND_PORT", environment.get("IGNY8_BACKEND_PORT"), "HEALTH_SECONDS", "25", "NAMESPACE", "igny8"));
        Case given = new Case("example-" + release, Files.readString(EXAMPLE.resolve("Jenkinsfile")), parameters, result);

        WorkflowJob job = jenkins.createProject(WorkflowJob.class, given.name());
        // Not learnt from a first build: that one would deploy what the defaults say.
        job.addProperty(new ParametersDefinitionProperty(
                parameters.keySet().stream().map(name -> (ParameterDefinition) new StringParameterDefinition(name, "")).toList()));
        lay(release, Path.of(jenkins.jenkins.getWorkspaceFor(job).getRemote()));
        Account inJenkins = JenkinsAccount.of(given, job);

        Path own = folder.resolve(release);
        lay(release, own.resolve("workspace"));
        Path credentials = Files.writeString(own.resolve("credentials.json"), """
                {"registry": {"username": "ci", "password": "%s"}}""".formatted(REGISTRY.password()));
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
        new Comparison(given, inJenkins, RunnerAccount.of(given, own, credentials, environment)).assertSame();
    }
}
