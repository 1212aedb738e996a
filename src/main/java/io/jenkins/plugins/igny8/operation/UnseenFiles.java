package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.compose.Scalar;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
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

    private final List<String> files;
    private final Folder workspace;
    private final List<String> problems = new ArrayList<>();

    private UnseenFiles(List<String> files, Folder workspace) {
        this.files = files;
        this.workspace = workspace;
    }

    /**
     * @param config the merged files, as {@code docker compose config} gives them
     * @param services those that are to run; see {@link #withDependencies}
     * @param files the compose files, relative to the workspace
     * @param folder of this operation, which no other machine has
     */
    static void refuse(JsonNode config, Collection<String> services, List<String> files, Docker docker, Host host, PrivateFolder folder)
            throws InterruptedException {
        UnseenFiles unseen = new UnseenFiles(files, host.workspace());
        services.forEach(service -> unseen.look(service, config));
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

    private void look(String service, JsonNode config) {
        JsonNode found = config.path("services").path(service);
        for (JsonNode volume : found.path("volumes")) {
            if (volume.path("type").asText().equals("bind")) {
                note("The service " + service + " mounts ", volume.path("source").asText(), "services", service, "volumes");
            }
        }
        for (String kind : List.of("configs", "secrets")) {
            for (JsonNode used : found.path(kind)) {
                String name = used.path("source").asText();
                note("The service " + service + " gets the " + kind.replaceAll("s$", " ") + name + " from ", config.path(kind).path(name).path("file").asText(),
                        kind, name, "file");
            }
        }
    }

    private void note(String what, String source, String... path) {
        Optional<String> written = files.stream().flatMap(file -> written(file, source, path).stream()).findFirst();
        if (!source.isEmpty() && (written.isPresent() || (source + "/").startsWith(workspace.path() + "/"))) {
            problems.add(what + source + written.orElse("") + ".");
        }
    }

    /** Where a file names the source by a path that only has a meaning on the agent. */
    private Optional<String> written(String file, String source, String... path) {
        String first = workspace.path(files.get(0));
        String base = first.substring(0, first.lastIndexOf('/'));
        return Scalar.below(workspace.read(file), path).stream()
                .filter(scalar -> scalar.value().startsWith("."))
                .filter(scalar -> resolved(base, scalar.value().split(":")[0]).equals(source))
                .findFirst()
                .map(scalar -> " (" + file + ", line " + scalar.line() + ")");
    }

    /** By text: the paths are those of the agent's machine, whatever this one is. */
    private static String resolved(String folder, String relative) {
        Deque<String> parts = new ArrayDeque<>(List.of(folder.split("/")));
        for (String part : relative.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
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
