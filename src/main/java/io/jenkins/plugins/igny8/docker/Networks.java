package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import java.util.ArrayList;
import java.util.List;

/** The docker commands that concern networks. */
public final class Networks {

    private Networks() {}

    /**
     * A network and who is on it.
     *
     * @param containerIds running containers only: a stopped one is on no network
     */
    public record Network(String name, String id, String driver, List<String> containerIds) {}

    /** Names of all networks. */
    public static Question<List<String>> all() {
        return new Question<>(List.of("network", "ls", "--format", "{{.Name}}"), out -> out.lines().filter(line -> !line.isBlank()).toList());
    }

    public static Question<Network> inspect(String name) {
        return new Question<>(List.of("network", "inspect", name), out -> {
            JsonNode network = Json.read(out).get(0);
            List<String> ids = new ArrayList<>();
            network.path("Containers").fieldNames().forEachRemaining(ids::add);
            return new Network(
                    network.path("Name").asText(), network.path("Id").asText(), network.path("Driver").asText(), ids);
        });
    }
}
