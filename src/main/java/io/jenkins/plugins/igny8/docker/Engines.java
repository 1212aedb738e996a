package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import io.jenkins.plugins.igny8.host.Failure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The docker commands that concern the engine as a whole. */
public final class Engines {

    private Engines() {}

    /**
     * What an engine and the docker command say of themselves.
     *
     * @param identity tells this engine apart from every other; its ID alone does not: two engines of one machine may share it
     * @param compose version of the command's compose plugin; null where it has none
     * @param buildx the same for buildx
     */
    public record Engine(String identity, String version, String os, String architecture, String compose, String buildx) {}

    public static Question<Engine> info() {
        return new Question<>(List.of("info", "--format", "{{json .}}"), out -> {
            JsonNode info = Json.read(out);
            JsonNode plugins = info.path("ClientInfo").path("Plugins");
            return new Engine(
                    String.join(" ", info.path("ID").asText(), info.path("Name").asText(), info.path("DockerRootDir").asText()),
                    info.path("ServerVersion").asText(),
                    info.path("OSType").asText(),
                    info.path("Architecture").asText(),
                    plugin("compose", plugins),
                    plugin("buildx", plugins));
        });
    }

    private static String plugin(String name, JsonNode plugins) {
        return Json.elements(plugins)
                .filter(plugin -> plugin.path("Name").asText().equals(name))
                .map(plugin -> plugin.path("Version").asText(null))
                .findFirst()
                .orElse(null);
    }

    /** The newest version of its API that an engine speaks. Fails where no engine answers, which {@code info} of some commands does not. */
    public static Question<String> apiVersion() {
        return new Question<>(
                List.of("version", "--format", "{{json .Server}}"), out -> Json.read(out).path("ApiVersion").asText());
    }

    /** What the clock of the engine's machine says. */
    public static Question<Instant> time() {
        return new Question<>(List.of("info", "--format", "{{.SystemTime}}"), out -> {
            try {
                return OffsetDateTime.parse(out.strip()).toInstant();
            } catch (DateTimeParseException e) {
                throw new Failure("The Docker engine does not tell its time, but '" + out.strip() + "': see whether it answers to docker info.", e);
            }
        });
    }
}
