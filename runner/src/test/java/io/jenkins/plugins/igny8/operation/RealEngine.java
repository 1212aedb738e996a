package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A workspace and a project of its own for each test on the real engine, taken away afterwards. {@link #docker} is the
 * independent reading: the docker command itself, none of the product's code.
 */
public final class RealEngine implements BeforeEachCallback, AfterEachCallback {

    /** What {@code bin/lib} bootstraps or pulls: Debian with a shell. */
    static final String BASE = System.getenv().getOrDefault("IGNY8_BASE", "igny8-base:bookworm");

    final List<Event> events = new CopyOnWriteArrayList<>();
    final Map<String, Object> kept = new ConcurrentHashMap<>();
    Path workspace;
    String project;
    LocalHost host;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        workspace = Files.createTempDirectory("igny8-it-");
        project = "igny8-it-" + Long.toString(System.nanoTime(), 36);
        host = host(Credentials.none(), Map.of());
    }

    LocalHost host(Credentials credentials, Map<String, String> environment) {
        return new LocalHost(workspace, environment, credentials, kept, events::add).withFingerprints(text -> "key of the test:" + text.hashCode());
    }

    /** Containers, networks and volumes of the test's projects; nothing happens where they are gone. */
    void removeProjects() {
        List.of(project + "-migrate", project, project + "-infra").forEach(this::removeProject);
    }

    void removeProject(String name) {
        removeAll("rm -f -v", docker("ps -aq --filter label=com.docker.compose.project=" + name));
        removeAll("network rm", docker("network ls -q --filter label=com.docker.compose.project=" + name));
        removeAll("volume rm", docker("volume ls -q --filter label=com.docker.compose.project=" + name));
    }

    /** Names of the volumes that are the lock of the test's project. */
    List<String> lockVolumes() {
        return docker("volume ls -q --filter label=io.jenkins.plugins.igny8.lock=" + project).lines().toList();
    }

    /** {@code free}, or {@code held}. */
    String lockState() {
        return docker("volume", "ls", "--filter", "label=io.jenkins.plugins.igny8.lock=" + project, "--format", "{{.Label \"io.jenkins.plugins.igny8.lock.state\"}}");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        removeProjects();
        removeAll("volume rm", String.join("\n", lockVolumes()));
        removeAll("volume rm", docker("volume ls -q --filter label=io.jenkins.plugins.igny8.release=" + project));
        // By name: an ID may be that of the base image, which a test has tagged anew.
        docker("images --format {{.Repository}}:{{.Tag}}").lines().filter(image -> image.startsWith(project)).forEach(image -> docker("rmi", image));
        try (var paths = Files.walk(workspace)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    private void removeAll(String remove, String names) {
        for (String name : names.lines().toList()) {
            docker(remove + " " + name);
        }
    }

    /** What docker says; fails where it does not succeed. Words are split at blanks. */
    String docker(String words) {
        return docker(words.split(" "));
    }

    String docker(String... words) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        return run(argv);
    }

    private String run(List<String> argv) {
        try {
            Process process = new ProcessBuilder(argv).directory(workspace.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), String.join(" ", argv) + "\n" + out);
            return out.trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Builds the folder that is called like the project as the image of its backend, as a step of this build; returns its ID. */
    String builtBackend() {
        String image = project + "-backend:latest";
        docker("build", "-q", "-t", image, project);
        String id = docker("image", "inspect", "--format", "{{.Id}}", image);
        ImagesOfBuild.keep(host, List.of(new BuiltImage(image, image, id, null, 1.0, false)));
        return id;
    }

    /** Each container's service with its ID and image, as the engine tells it. */
    Map<String, String> running() {
        Map<String, String> running = new TreeMap<>();
        docker("ps", "--no-trunc", "--filter", "label=com.docker.compose.project=" + project, "--format", "{{.Label \"com.docker.compose.service\"}} {{.ID}}")
                .lines()
                .forEach(line -> running.put(line.split(" ")[0], line.split(" ")[1] + " " + inspect(line.split(" ")[1], "{{.Image}}")));
        return running;
    }

    String inspect(String container, String format) {
        return docker("inspect", "--format", format, container);
    }

    void file(String name, String text) {
        try {
            Path file = workspace.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that was told, as a log shows it. */
    String log() {
        return events.stream().map(Event::asLine).collect(Collectors.joining("\n"));
    }

    /** Number and outcome of each release that is kept, the oldest first. */
    List<String> releases() {
        return docker("volume", "ls", "--filter", "label=io.jenkins.plugins.igny8.release=" + project, "--format",
                        "{{.Label \"io.jenkins.plugins.igny8.release.number\"}} {{.Label \"io.jenkins.plugins.igny8.release.outcome\"}}")
                .lines()
                .sorted(Comparator.comparingInt(line -> Integer.parseInt(line.split(" ")[0])))
                .toList();
    }

    /** What is kept of one, as docs/deploying.md says that people read it. */
    JsonNode record(long number) throws IOException {
        return new ObjectMapper().readTree(docker(
                "volume", "inspect", "igny8-release." + project + "." + number, "--format", "{{index .Labels \"io.jenkins.plugins.igny8.release.record\"}}"));
    }

    /** For a deployment of {@link #composeProject} that has seconds, and whose outcome is a result. */
    Gates gates(CodeTruth code, int keep, boolean dryRun) {
        UpOptions options = new UpOptions(List.of(), true, false, false, false, null);
        ComposeUp up = new ComposeUp(composeProject(), List.of(), List.of(), Duration.ofSeconds(60), options, code);
        WaitHealthy healthy = new WaitHealthy(project, List.of(), List.of(), Duration.ofSeconds(20), Duration.ofSeconds(1));
        return new Gates(up, healthy, "backend", List.of(), Duration.ofSeconds(5), false, keep, dryRun, true);
    }

    ComposeProject composeProject() {
        return new ComposeProject(project, List.of("compose.yml"), List.of(), null, null, List.of());
    }
}
