package io.jenkins.plugins.igny8.config;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Node;
import hudson.util.FormValidation;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.DockerCommand;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a Docker engine from a node who it is, with the same docker command, carried in the same way, as steps do there. */
final class EngineCheck {

    /** A person waits; an engine behind ssh takes a few seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final DockerCommand.Question<JsonNode> VERSION =
            new DockerCommand.Question<>(List.of("version", "--format", "{{json .Server}}"), Json::read, LIMIT);
    private static final DockerCommand.Question<String> COMPOSE =
            new DockerCommand.Question<>(List.of("compose", "version", "--short"), String::trim, LIMIT);
    private static final DockerCommand.Question<String> BUILDX =
            new DockerCommand.Question<>(List.of("buildx", "version"), String::trim, LIMIT);

    private EngineCheck() {}

    /**
     * What answered, with a warning where the node lacks a part that steps need; a {@link Failure} with the exact reason.
     *
     * @param dockerTool name of the Docker tool; null: the docker on the PATH
     */
    static FormValidation check(Engine engine, Node node, @CheckForNull String dockerTool) throws InterruptedException {
        engine.checkedUri();
        try (NodeHost host = NodeHost.of(node, dockerTool);
                PrivateFolder certificates = host.privateFolder()) {
            Docker docker = new Docker(host).with(EngineEnvironment.of(engine, null, certificates));
            JsonNode server = docker.ask(VERSION);
            String who = "Docker " + server.path("Version").asText() + " (API " + server.path("ApiVersion").asText() + ", "
                    + server.path("Os").asText() + "/" + server.path("Arch").asText() + ") answers";
            List<String> missing = new ArrayList<>();
            note(missing, docker, COMPOSE, "Docker Compose v2");
            note(missing, docker, BUILDX, "buildx");
            return missing.isEmpty()
                    ? FormValidation.ok(who + ", with Compose " + docker.ask(COMPOSE) + ".")
                    : FormValidation.warning(who + ", but the docker command on " + node.getDisplayName() + " has no "
                            + String.join(" and no ", missing) + ": install it there for the user of the node.");
        } catch (IOException e) {
            throw new Failure("The node " + node.getDisplayName() + " cannot be asked: " + e.getMessage(), e);
        }
    }

    private static void note(List<String> missing, Docker docker, DockerCommand.Question<?> plugin, String name) throws InterruptedException {
        if (!docker.answer(plugin).succeeded()) {
            missing.add(name);
        }
    }
}
