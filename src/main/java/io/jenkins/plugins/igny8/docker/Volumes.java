package io.jenkins.plugins.igny8.docker;

import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import java.util.List;

/** The docker commands that concern volumes. */
public final class Volumes {

    private Volumes() {}

    /** The driver of a named volume; asking for one that does not exist is answered with "no such volume". */
    public static Question<String> driver(String name) {
        return new Question<>(
                List.of("volume", "inspect", name), out -> Json.read(out).get(0).path("Driver").asText());
    }
}
