package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.DockerCommand.Change;
import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import io.jenkins.plugins.igny8.docker.DockerCommand.Streaming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The docker commands that concern containers. */
public final class Containers {

    private Containers() {}

    /** The label by which Compose marks the containers of a project. */
    public static String ofProject(String project) {
        return Container.PROJECT_LABEL + "=" + project;
    }

    /** IDs of all containers, running or not. */
    public static Question<List<String>> all() {
        return ids(List.of());
    }

    /** IDs of all containers, running or not, that carry a label ({@code key} or {@code key=value}). */
    public static Question<List<String>> labelled(String label) {
        return ids(List.of("--filter", "label=" + label));
    }

    /** IDs of all containers, running or not, with exactly this name: one or none. */
    public static Question<List<String>> named(String name) {
        // The filter is a regular expression over "/name"; a container name's only special character is the dot.
        return ids(List.of("--filter", "name=^/?" + name.replace(".", "\\.") + "$"));
    }

    /** IDs of the running containers that publish a port of the engine's machine. */
    public static Question<List<String>> publishing(int port) {
        return listed(List.of("ps", "--quiet", "--no-trunc", "--filter", "publish=" + port));
    }

    /**
     * A port of the engine's machine that a running container publishes.
     *
     * @param address of the machine; {@code 0.0.0.0} or {@code ::} for every one
     * @param project Compose's; empty outside Compose
     */
    public record PublishedPort(String address, String port, String protocol, String container, String project) {}

    private static final Pattern PUBLISHED = Pattern.compile("(\\S+?):(\\d+)(?:-(\\d+))?->\\d+(?:-\\d+)?/(\\w+)");

    /** Every port that is taken on the engine's machine by a container. */
    public static Question<List<PublishedPort>> publishedPorts() {
        String format = "{{.Names}}\t{{.Label \"" + Container.PROJECT_LABEL + "\"}}\t{{.Ports}}";
        return new Question<>(List.of("ps", "--format", format), out -> out.lines().flatMap(line -> publishedPorts(line).stream()).toList());
    }

    private static List<PublishedPort> publishedPorts(String line) {
        String[] parts = line.split("\t", 3);
        List<PublishedPort> all = new ArrayList<>();
        Matcher port = PUBLISHED.matcher(parts.length == 3 ? parts[2] : "");
        while (port.find()) {
            int first = Integer.parseInt(port.group(2));
            int last = port.group(3) == null ? first : Integer.parseInt(port.group(3));
            for (int number = first; number <= last; number++) {
                all.add(new PublishedPort(port.group(1).replaceAll("[\\[\\]]", ""), String.valueOf(number), port.group(4), parts[0], parts[1]));
            }
        }
        return all;
    }

    /** Runs a container of an image that only looks for a program on its PATH: exit code 0 where it is there. */
    public static Question<String> hasProgram(String imageId, String program) {
        return new Question<>(
                List.of("run", "--rm", "--network", "none", "--entrypoint", "sh", imageId, "-c", "command -v \"$1\"", "sh", program), out -> out);
    }

    private static Question<List<String>> ids(List<String> filter) {
        List<String> words = new ArrayList<>(List.of("ps", "--all", "--quiet", "--no-trunc"));
        words.addAll(filter);
        return listed(words);
    }

    private static Question<List<String>> listed(List<String> words) {
        return new Question<>(words, out -> out.lines().filter(line -> !line.isBlank()).toList());
    }

    /** All that the engine knows of one container. */
    public static Question<Container> inspect(String id) {
        return new Question<>(
                List.of("container", "inspect", id), out -> Container.of(Json.read(out).get(0)));
    }

    /** The same for several, one after another; one that is gone meanwhile makes the question fail. */
    public static Question<List<Container>> inspect(List<String> ids) {
        List<String> words = new ArrayList<>(List.of("container", "inspect"));
        words.addAll(ids);
        return new Question<>(
                words, out -> Json.elements(Json.read(out)).map(Container::of).toList());
    }

    /** The inspect answer as the engine gives it. */
    public static Question<JsonNode> inspectAsJson(List<String> ids) {
        List<String> words = new ArrayList<>(List.of("container", "inspect"));
        words.addAll(ids);
        return new Question<>(words, Json::read);
    }

    /** The last lines of a container, both streams; exit code and outputs are the answer's. */
    public static Question<String> logs(String id, int lines) {
        return new Question<>(
                List.of("logs", "--timestamps", "--tail", String.valueOf(lines), id), out -> out);
    }

    /** Runs a command inside a running container; its exit code is the answer's. */
    public static Question<String> exec(String id, Duration limit, String... command) {
        List<String> words = new ArrayList<>(List.of("exec", id));
        words.addAll(Arrays.asList(command));
        return new Question<>(words, out -> out, limit);
    }

    /** Events of a project's containers as JSON lines, from now on. */
    public static Streaming events(String project) {
        return new Streaming(List.of(
                "events", "--filter", "type=container", "--filter", "label=" + ofProject(project), "--format", "{{json .}}"));
    }

    /** Events between two moments, which ends by itself; the engine keeps the last 256. */
    public static Question<String> pastEvents(String project, Instant since, Instant until) {
        return new Question<>(
                List.of(
                        "events", "--since", timestamp(since), "--until", timestamp(until), "--filter", "label=" + ofProject(project), "--format", "{{json .}}"),
                out -> out);
    }

    /** Seconds with their fraction: in whole ones the events of the current second would be lost. */
    private static String timestamp(Instant moment) {
        return String.format("%d.%09d", moment.getEpochSecond(), moment.getNano());
    }

    /**
     * Creates a container without starting it; the ID is found by its name.
     *
     * @param options words between {@code create} and the image
     * @param command what runs in it; empty: what the image says
     */
    public static Change create(String name, Map<String, String> labels, List<String> options, String image, List<String> command) {
        List<String> words = new ArrayList<>(List.of("create", "--name", name));
        labels.forEach((key, value) -> words.addAll(List.of("--label", key + "=" + value)));
        words.addAll(options);
        words.add(image);
        words.addAll(command);
        return new Change(words, "container " + name);
    }

    /** Creates a container that mounts a folder, never to be started: the engine refuses where its machine has no such folder. */
    public static Change createMounting(String folder, String name, String imageId) {
        String mount = "type=bind," + DockerCommand.field("source=" + folder) + ",destination=/igny8,readonly";
        return create(name, Map.of(), List.of("--network", "none", "--mount", mount), imageId, List.of("true"));
    }

    /**
     * Creates a container that runs one text in the image's {@code sh}, whatever the image would start by itself.
     *
     * @param network null: the engine's default network
     * @param volumesFrom a container whose mounts it gets, read-only; null: none
     * @param envFiles files of {@code KEY=value} lines; a later one wins
     * @param imageId an image that the engine has
     */
    public static Change createShell(
            String name, Map<String, String> labels, String network, String volumesFrom, List<String> envFiles, String imageId, String text) {
        List<String> options = new ArrayList<>(List.of("--entrypoint", "sh"));
        if (network != null) {
            options.addAll(List.of("--network", network));
        }
        if (volumesFrom != null) {
            options.addAll(List.of("--volumes-from", volumesFrom + ":ro"));
        }
        envFiles.forEach(file -> options.addAll(List.of("--env-file", file)));
        return create(name, labels, options, imageId, List.of("-c", text));
    }

    /**
     * Runs a text in an image's {@code sh} once, as root and without a network, to read what lies in it and in folders of the engine's
     * machine; the container is gone afterwards. The engine refuses where its machine has no such folder.
     *
     * @param folders path in the container → folder of the engine's machine, mounted read-only
     * @param arguments what the text reads as {@code $@}
     */
    public static Question<String> readOnce(
            String name, String imageId, Map<String, String> folders, String text, List<String> arguments, Duration limit) {
        List<String> words = new ArrayList<>(List.of("run", "--rm", "--name", name, "--network", "none", "--user", "0", "--entrypoint", "sh"));
        folders.forEach((inside, folder) ->
                words.addAll(List.of("--mount", "type=bind," + DockerCommand.field("source=" + folder) + ",destination=" + inside + ",readonly")));
        words.addAll(List.of(imageId, "-c", text, "sh"));
        words.addAll(arguments);
        return new Question<>(words, out -> out, limit);
    }

    /** Starts a container anew; it keeps its ID. */
    public static Change restart(String id) {
        return new Change(List.of("restart", id), "container " + id);
    }

    /** Starts a container and hands over its output until it ends; the exit code is the container's. */
    public static Change startAttached(String id) {
        return new Change(List.of("start", "--attach", id), "container " + id);
    }

    /** Hands over a container's output from the beginning until it ends. */
    public static Streaming follow(String id) {
        return new Streaming(List.of("logs", "--follow", id));
    }

    /** Asks a container to end and kills it after the engine's ten seconds. */
    public static Change stop(String id) {
        return new Change(List.of("stop", id), "container " + id);
    }

    /** Removes a container that does not run; the engine refuses where it does. */
    public static Change removeStopped(String id) {
        return new Change(List.of("rm", "--volumes", id), "container " + id);
    }

    public static Change remove(String id) {
        return new Change(List.of("rm", "--force", "--volumes", id), "container " + id);
    }

    /** Removes a container but leaves its anonymous volumes. */
    public static Change removeKeepingVolumes(String id) {
        return new Change(List.of("rm", "--force", id), "container " + id);
    }

    public static Change rename(String id, String name) {
        return new Change(List.of("rename", id, name), "container " + id);
    }

    /** Copies a folder out of a container, running or not. */
    public static Change copyOut(String id, String inside, String folder) {
        return new Change(List.of("cp", id + ":" + inside, folder), "container " + id);
    }
}
