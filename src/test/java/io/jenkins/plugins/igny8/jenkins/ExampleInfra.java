package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** The example stack under names, ports and a network of a test's own, with its infra up; the controller's jobs know them as variables. */
public final class ExampleInfra {

    public static final Path EXAMPLE = Path.of("examples/igny8").toAbsolutePath();

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    public ExampleInfra(JenkinsRule jenkins, DockerEngine engine, Path folder) throws Exception {
        this.folder = folder;
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

    public Map<String, String> environment() {
        return environment;
    }

    public String backendPort() {
        return environment.get("IGNY8_BACKEND_PORT");
    }

    /** A job that can be given these parameters. Not learnt from a first build: that one would deploy what the defaults say. */
    public static WorkflowJob job(JenkinsRule jenkins, String name, Iterable<String> parameters) throws IOException {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        List<ParameterDefinition> definitions = new ArrayList<>();
        parameters.forEach(each -> definitions.add(new StringParameterDefinition(each, "")));
        job.addProperty(new ParametersDefinitionProperty(definitions));
        return job;
    }

    public void lay(String release, Path target) throws Exception {
        Files.createDirectories(target);
        run(target, EXAMPLE + "/releases/lay", release, target.toString());
    }

    private void run(Path directory, String... argv) throws Exception {
        Path log = folder.resolve("command.log");
        ProcessBuilder builder = new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        assertEquals(0, builder.start().waitFor(), String.join(" ", argv) + "\n" + Files.readString(log));
    }
}
