package io.jenkins.plugins.igny8.compose.check;

import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.Value;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Nearest;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compose files that were read together, with the Dockerfiles they name and what is known around them. */
public final class Stack {

    /** A Dockerfile of more bytes is none. */
    private static final long LARGEST_DOCKERFILE = 500_000;

    private static final int MOST_SHOWN = 8;

    private final Value model;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, Service> byName = new HashMap<>();
    private final Set<String> everyName;
    private final boolean whole;
    private final Surroundings surroundings;
    private final Folder workspace;
    private final Map<String, String> dockerfiles = new HashMap<>();

    /**
     * @param model the services that are on, in long form
     * @param everyName names of all services in the files, in their order, those of other profiles too
     * @param whole whether all files could be read
     */
    public Stack(Value model, List<String> everyName, boolean whole, Surroundings surroundings, Folder workspace) {
        this.model = model;
        this.whole = whole;
        this.everyName = new TreeSet<>(everyName);
        this.surroundings = surroundings;
        this.workspace = workspace;
        // Compose answers in the order of the alphabet.
        Set<String> names = new LinkedHashSet<>(everyName);
        names.retainAll(model.get("services").members().keySet());
        names.addAll(model.get("services").members().keySet());
        for (String name : names) {
            Value value = model.get("services", name);
            services.put(name, new Service(name, value, dockerfile(value), this));
        }
    }

    public Collection<Service> services() {
        return services.values();
    }

    public Optional<Service> service(String name) {
        return Optional.ofNullable(services.get(name));
    }

    /** Names of all services in the files, those of profiles that are off too. */
    public Set<String> everyName() {
        return everyName;
    }

    /** The service that others reach under a name. */
    public Optional<Service> named(String host) {
        if (byName.isEmpty()) {
            services.values().forEach(service -> service.names().forEach(name -> byName.putIfAbsent(name, service)));
            byName.putAll(services);
        }
        return Optional.ofNullable(byName.get(host));
    }

    public Value get(String... path) {
        return model.get(path);
    }

    /** Whether all files could be read: else a name that is not there may stand in another one. */
    public boolean isWhole() {
        return whole;
    }

    /** Whether the files are written for a swarm, which has other rules for starting and restarting. */
    public boolean isForSwarm() {
        return services.values().stream().anyMatch(Service::isForSwarm);
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /** Whether a network is made by somebody else, so that others may be on it. */
    public boolean isExternal(String network) {
        Value external = model.get("networks", network, "external");
        return external.isTrue() || external.isMap();
    }

    /** Whether a path on the machine where the files lie is there; true where that cannot be told, since it lies outside. */
    public boolean isThere(String path) {
        String relative = Paths.relative(path, surroundings.workspace());
        try {
            return relative == null || workspace.exists(relative);
        } catch (Failure e) {
            return true;
        }
    }

    private Dockerfile dockerfile(Value service) {
        Value build = service.get("build");
        if (build.isMap()) {
            if (build.get("dockerfile_inline").isText() || build.get("context").text().contains("://")) {
                return null;
            }
            String name = build.get("dockerfile").isText() ? build.get("dockerfile").text() : "Dockerfile";
            Map<String, String> arguments = new HashMap<>();
            build.get("args").members().forEach((key, value) -> arguments.put(key, value.text()));
            return dockerfile(Paths.resolved(build.get("context").text(), name), build.get("target").text(), arguments);
        }
        return surroundings.dockerfiles().entrySet().stream()
                .filter(one -> sameImage(one.getKey(), service.get("image").text()))
                .findFirst()
                .map(one -> dockerfile(Paths.resolved(surroundings.workspace(), one.getValue()), "", Map.of()))
                .orElse(null);
    }

    private static boolean sameImage(String one, String other) {
        String name = KnownImages.repository(one);
        String used = KnownImages.repository(other);
        // Once pushed, the same image has the registry and its namespace in front.
        return used.equals(name) || used.endsWith("/" + name);
    }

    private Dockerfile dockerfile(String path, String target, Map<String, String> arguments) {
        String relative = Paths.relative(path, surroundings.workspace());
        if (relative == null) {
            return null;
        }
        String text = dockerfiles.computeIfAbsent(relative, this::read);
        return text.isEmpty() ? null : Dockerfile.read(relative, text, target, arguments);
    }

    private String read(String relative) {
        try {
            long size = workspace.size(relative);
            return size < 0 || size > LARGEST_DOCKERFILE ? "" : workspace.read(relative);
        } catch (Failure e) {
            return "";
        }
    }

    /** A sentence that suggests the nearest name, or lists the choice. */
    public static String instead(String name, Collection<String> known) {
        return Nearest.of(name, known).map(near -> "Did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? "Define it." : "Define it, or name one of " + shortened(known) + ".");
    }

    private static String shortened(Collection<String> names) {
        List<String> first = names.stream().limit(MOST_SHOWN).sorted().toList();
        return String.join(", ", first) + (first.size() < names.size() ? ", …" : "");
    }
}
