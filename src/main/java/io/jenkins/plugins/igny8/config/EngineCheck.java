package io.jenkins.plugins.igny8.config;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Node;
import hudson.util.FormValidation;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.DockerCommand;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** Go's words for what is wrong with a certificate, on either side. */
    private static final Pattern TLS = Pattern.compile("(?:remote error: )?(?:tls|x509): .*");

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
            JsonNode server = server(docker, engine);
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

    /** The sentences of steps are about engines that are set up; here the set-up itself may be wrong. */
    private static JsonNode server(Docker docker, Engine engine) throws InterruptedException {
        try {
            return docker.ask(VERSION);
        } catch (CommandFailed e) {
            String said = String.join(" ", e.lines().stream().filter(line -> !line.equals("null")).toList());
            Matcher tls = TLS.matcher(said);
            throw new Failure(
                    tls.find()
                            ? "The engine at " + engine.getUri() + " and the client's certificate do not fit (" + tls.group()
                                    + "): check all three parts of the credentials, and for whom the engine's certificate is."
                            : e.getMessage() + " It said: " + said,
                    e);
        }
    }

    private static void note(List<String> missing, Docker docker, DockerCommand.Question<?> plugin, String name) throws InterruptedException {
        if (!docker.answer(plugin).succeeded()) {
            missing.add(name);
        }
    }
}
