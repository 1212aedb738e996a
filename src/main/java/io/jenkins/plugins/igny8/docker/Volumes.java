package io.jenkins.plugins.igny8.docker;

import io.jenkins.plugins.igny8.docker.DockerCommand.Change;
import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import java.util.ArrayList;
import java.util.List;

/** The docker commands that concern volumes. */
public final class Volumes {

    private Volumes() {}

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
}
