package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.DockerCommand.Change;
import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The docker commands that concern volumes. */
public final class Volumes {

    private Volumes() {}

    /** Names of all volumes. */
    public static Question<List<String>> all() {
        return new Question<>(List.of("volume", "ls", "--quiet"), out -> out.lines().filter(line -> !line.isBlank()).toList());
    }

    /** The driver of a named volume; asking for one that does not exist is answered with "no such volume". */
    public static Question<String> driver(String name) {
        return new Question<>(
                List.of("volume", "inspect", name), out -> Json.read(out).get(0).path("Driver").asText());
    }

    /** Names of the volumes that Compose made for a project, sorted. */
    public static Question<List<String>> ofProject(String project) {
        return new Question<>(
                List.of("volume", "ls", "--quiet", "--filter", "label=" + Container.PROJECT_LABEL + "=" + project),
                out -> out.lines().map(String::trim).filter(line -> !line.isEmpty()).sorted().toList());
    }

    /**
     * Makes a volume as Compose would make it for a project, so that Compose takes it for its own later; nothing happens where
     * it exists.
     *
     * @param key what the compose file calls it
     */
    public static Change createForProject(String name, String project, String key) {
        List<String> words = new ArrayList<>(List.of("volume", "create"));
        words.addAll(List.of("--label", Container.PROJECT_LABEL + "=" + project, "--label", "com.docker.compose.volume=" + key, name));
        return new Change(words, "volume " + name);
    }

    /** A volume with its labels. */
    public record Labelled(String name, Map<String, String> labels) {}

    /**
     * All volumes that carry a label, seen at one moment.
     *
     * @param keys the labels whose values are wanted; what a volume does not carry is empty
     */
    public static Question<List<Labelled>> labelled(String label, String value, List<String> keys) {
        return labelled(label + "=" + value, keys);
    }

    /**
     * The same whatever the label's value.
     *
     * @param label {@code key} or {@code key=value}
     */
    public static Question<List<Labelled>> labelled(String label, List<String> keys) {
        StringBuilder format = new StringBuilder("{{json .Name}}");
        keys.forEach(key -> format.append(",{{json (.Label \"").append(key).append("\")}}"));
        return new Question<>(
                List.of("volume", "ls", "--filter", "label=" + label, "--format", "[" + format + "]"),
                out -> out.lines().filter(line -> !line.isBlank()).map(line -> labelled(Json.read(line), keys)).toList());
    }

    private static Labelled labelled(JsonNode line, List<String> keys) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            labels.put(keys.get(i), line.get(i + 1).asText());
        }
        return new Labelled(line.get(0).asText(), labels);
    }

    /**
     * Makes a volume. Where there is one of this name the engine says that all is well and changes nothing: its labels tell whose it is.
     */
    public static Change create(String name, Map<String, String> labels) {
        List<String> words = new ArrayList<>(List.of("volume", "create"));
        labels.forEach((key, value) -> words.addAll(List.of("--label", key + "=" + value)));
        words.add(name);
        return new Change(words, "volume " + name);
    }

    /** Removes volumes; nothing happens where they are gone. */
    public static Change remove(List<String> names) {
        List<String> words = new ArrayList<>(List.of("volume", "rm", "--force"));
        words.addAll(names);
        return new Change(words, "volumes " + String.join(" ", names));
    }
}
