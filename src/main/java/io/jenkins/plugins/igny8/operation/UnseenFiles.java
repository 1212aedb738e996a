package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.compose.read.ComposeFiles;
import io.jenkins.plugins.igny8.compose.read.Married;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.Value;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Refuses a compose file that mounts files of the workspace where the engine does not see the workspace: on another machine, or
 * where the agent itself is a container. The engine would silently mount an empty folder of its own instead. Whether it sees them is
 * asked of the engine, not guessed from its address.
 */
final class UnseenFiles {

    private final Folder workspace;
    private final List<String> problems = new ArrayList<>();

    private UnseenFiles(Folder workspace) {
        this.workspace = workspace;
    }

    /**
     * @param config the merged files, as {@code docker compose config} gives them
     * @param services those that are to run; see {@link #withDependencies}
     * @param project where the files lie, and what they are filled in with
     * @param folder of this operation, which no other machine has
     */
    static void refuse(JsonNode config, Collection<String> services, ComposeProject project, Docker docker, Host host, PrivateFolder folder)
            throws InterruptedException {
        UnseenFiles unseen = new UnseenFiles(host.workspace());
        Value model = Married.of(config, ComposeFiles.read(host.workspace(), project.files(), project.values(host)).model());
        services.forEach(service -> unseen.look(service, model));
        if (!unseen.problems.isEmpty() && !sees(folder.path(), image(config, services, docker), docker, host)) {
            unseen.problems.add("The engine does not see the files of this workspace, as it runs on another machine or the agent in a container;"
                    + " it would mount empty folders instead. Copy them into the image, use a named volume, or name a path of the engine's"
                    + " machine.");
            throw new Failure(String.join("\n", unseen.problems));
        }
    }

    /** The services and all that they depend on. */
    static Set<String> withDependencies(Collection<String> services, JsonNode config) {
        Set<String> all = new LinkedHashSet<>();
        services.forEach(service -> add(service, config, all));
        return all;
    }

    private static void add(String service, JsonNode config, Set<String> all) {
        if (all.add(service)) {
            config.path("services").path(service).path("depends_on").fieldNames().forEachRemaining(needed -> add(needed, config, all));
        }
    }

    private void look(String service, Value model) {
        Value found = model.get("services", service);
        for (Value volume : found.get("volumes").items()) {
            if (volume.get("type").text().equals("bind")) {
                note("The service " + service + " mounts ", volume.get("source"));
            }
        }
        for (String kind : List.of("configs", "secrets")) {
            for (Value used : found.get(kind).items()) {
                String name = used.get("source").text();
                note("The service " + service + " gets the " + kind.replaceAll("s$", " ") + name + " from ", model.get(kind, name, "file"));
            }
        }
    }

    /** A path that only has a meaning on the agent: relative to a file, or in the workspace. */
    private void note(String what, Value path) {
        if (path.isText() && (path.written().startsWith(".") || Paths.isWithin(path.text(), workspace.path()))) {
            problems.add(what + path.text() + " (" + path.place().file() + ", line " + path.place().line() + ").");
        }
    }

    /** One to ask with: of the services, since nobody takes that away at this moment, else any; empty where the engine has none. */
    private static String image(JsonNode config, Collection<String> services, Docker docker) throws InterruptedException {
        for (String service : services) {
            String name = config.path("services").path(service).path("image").asText();
            var found = name.isEmpty() ? Optional.<Images.Image>empty() : docker.find(Images.inspect(name));
            if (found.isPresent()) {
                return found.get().id();
            }
        }
        return docker.ask(Images.all()).stream().findFirst().orElse("");
    }

    private static boolean sees(String folder, String image, Docker docker, Host host) throws InterruptedException {
        if (image.isEmpty()) {
            return true;
        }
        String name = "igny8-sees-" + UUID.randomUUID().toString().substring(0, 8);
        try {
            docker.change(Containers.createMounting(folder, name, image), line -> {});
            return true;
        } catch (CommandFailed e) {
            if (e.sourceMissing()) {
                return false;
            }
            throw e;
        } finally {
            Leftovers.remove(name, docker, host);
        }
    }
}
