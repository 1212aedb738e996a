package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts what the engine knows of a project into files of the workspace: {@code <container>.log}, {@code <container>.health.json},
 * {@code inspect.json} and {@code events.jsonl}. The values of environment variables are left out, since they hold passwords.
 *
 * @param project Compose's project name
 * @param into folder relative to the workspace; files of an earlier collection in it are replaced
 * @param lines the last lines of each container
 */
public record CollectLogs(String project, String into, int lines) implements Operation<CollectLogs.Collected> {

    /** Where the files go unless told otherwise. */
    public static final String INTO = "igny8-logs";

    /** A few megabytes at the most for each container. */
    public static final int LINES = 10_000;

    /** The engine keeps the last 256 events only, so going further back brings nothing. */
    private static final Duration EVENTS_SINCE = Duration.ofDays(1);

    /**
     * @param directory the folder that was given
     * @param files what was written, relative to the workspace
     */
    public record Collected(String project, String directory, List<String> files) {}

    @Override
    public Collected run(Host host) throws InterruptedException {
        ComposeProject.checkedName(project);
        if (lines < 1) {
            throw new Failure("'lines' is " + lines + ": give how many of each container's last lines are wanted, above 0.");
        }
        // Refused before anything is asked.
        host.workspace().path(into);
        Docker docker = new Docker(host);
        if (Deployed.containersOf(project, docker).isEmpty()) {
            // No failure: mostly this stands in a post section, after something that made none.
            host.tell(Event.warning("", "the project " + project + " has no containers on this engine: check 'project'"));
        }
        return collect(docker, host);
    }

    /** Done by itself when a deployment fails; its own troubles must not hide the failure. */
    static void afterFailure(String project, Docker docker, Host host) throws InterruptedException {
        try {
            new CollectLogs(project, INTO, LINES).collect(docker, host);
        } catch (Failure e) {
            host.tell(Event.warning("", "the logs of " + project + " could not be collected: " + e.getMessage()));
        }
    }

    private Collected collect(Docker docker, Host host) throws InterruptedException {
        Folder workspace = host.workspace();
        List<String> files = new ArrayList<>();
        List<Container> containers = Deployed.containersOf(project, docker);
        for (Container container : containers) {
            Answer logs = docker.answer(Containers.logs(container.id(), lines));
            // Both streams, merged by the engine's own timestamps.
            String text = Stream.concat(logs.out().lines(), logs.err().lines()).sorted().collect(Collectors.joining("\n", "", "\n"));
            write(workspace, container.name() + ".log", text, files);
            if (container.hasHealthCheck()) {
                write(workspace, container.name() + ".health.json", Json.write(Plain.of(container.healthLog())) + "\n", files);
            }
        }
        if (!containers.isEmpty()) {
            JsonNode inspect = docker.ask(Containers.inspectAsJson(containers.stream().map(Container::id).toList()));
            write(workspace, "inspect.json", Json.write(withoutValues(inspect)) + "\n", files);
        }
        Instant now = Instant.now();
        String events = docker.ask(Containers.pastEvents(project, now.minus(EVENTS_SINCE), now));
        write(workspace, "events.jsonl", events, files);
        host.tell(Event.note("", "logs of " + containers.size() + " containers of " + project + " are in " + into + "/"));
        return new Collected(project, into, files);
    }

    private void write(Folder workspace, String name, String text, List<String> files) {
        String path = into + "/" + name;
        workspace.write(path, text);
        files.add(path);
    }

    /** Names tell what was set; values are passwords more often than not. */
    private static JsonNode withoutValues(JsonNode containers) {
        for (JsonNode container : containers) {
            if (container.path("Config").path("Env") instanceof ArrayNode environment) {
                List<String> names = new ArrayList<>();
                environment.forEach(variable -> names.add(variable.asText().replaceFirst("=(?s).*", "=…")));
                ArrayNode replaced = ((ObjectNode) container.path("Config")).putArray("Env");
                names.forEach(replaced::add);
            }
        }
        return containers;
    }
}
