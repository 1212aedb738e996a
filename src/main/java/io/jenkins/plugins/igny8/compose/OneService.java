package io.jenkins.plugins.igny8.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One service taken out of its project to run a single command with the service's own environment, networks and mounts.
 * What would make it serve, wait for others or start again is left out: nobody can reach the command by the service's
 * name, and it runs exactly once.
 */
public final class OneService {

    /** The service's name in the file of a candidate. */
    private static final String CANDIDATE = "candidate";

    /** The service's name in the rendered file: under its own name, traffic for the service would reach the command. */
    public static final String NAME = "migrate";

    /**
     * Left out. Labels too: a reverse proxy that is configured by labels would send traffic to the command. Logging too: its
     * output must be readable by {@code docker logs} whatever the service's driver is.
     */
    private static final List<String> LEFT_OUT = List.of(
            "annotations", "attach", "build", "container_name", "depends_on", "deploy", "develop", "env_file", "expose", "extends",
            "external_links", "healthcheck", "labels", "label_file", "links", "logging", "mac_address", "ports", "post_start",
            "pre_stop", "profiles", "pull_policy", "restart", "scale", "stdin_open", "tty");

    /** Where a service may lean on another one of its project, which is not there when it runs alone. */
    private static final List<String> LEANING = List.of("network_mode", "ipc", "pid", "volumes_from");

    private final JsonNode config;
    private final String name;
    private final ObjectNode service;

    private OneService(JsonNode config, String name, ObjectNode service) {
        this.config = config;
        this.name = name;
        this.service = service;
    }

    /**
     * @param config what {@code docker compose config --format json} answered
     * @throws Failure where there is no such service or it cannot run without another one
     */
    public static OneService of(JsonNode config, String name) {
        JsonNode services = config.path("services");
        if (!(services.path(name) instanceof ObjectNode service)) {
            List<String> names = new ArrayList<>();
            services.fieldNames().forEachRemaining(names::add);
            throw new Failure("The compose file has no service '" + name + "' (it has: " + String.join(", ", names)
                    + "): name one of them in 'service', or switch its profile on in 'profiles'.");
        }
        for (String key : LEANING) {
            String value = service.path(key).toString();
            if (key.equals("volumes_from") ? service.path(key).size() > 0 : value.contains("service:")) {
                throw new Failure("The service '" + name + "' cannot run by itself, since its " + key + " is " + value
                        + ": name a service in 'service' that does not lean on another one.");
            }
        }
        return new OneService(config, name, service);
    }

    /** Real names of the networks that the project makes for itself, as far as this service uses them. */
    public List<String> ownNetworks() {
        return own("networks", networks()).stream().map(key -> nameOf("networks", key)).toList();
    }

    /** The same of volumes: the compose file's key of each with its real name. */
    public Map<String, String> ownVolumes() {
        Map<String, String> names = new LinkedHashMap<>();
        own("volumes", volumes()).forEach(key -> names.put(key, nameOf("volumes", key)));
        return names;
    }

    /** Whether a volume needs a driver or options of its own, which may hold a password. */
    public boolean isSpecial(String volume) {
        JsonNode entry = config.path("volumes").path(volume);
        return entry.path("driver_opts").size() > 0 || !entry.path("driver").asText("local").equals("local");
    }

    private List<String> own(String kind, List<String> keys) {
        return keys.stream().filter(key -> !config.path(kind).path(key).path("external").asBoolean()).toList();
    }

    private String nameOf(String kind, String key) {
        return config.path(kind).path(key).path("name").asText();
    }

    private List<String> networks() {
        List<String> keys = new ArrayList<>();
        service.path("networks").fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private List<String> volumes() {
        return Json.elements(service.path("volumes"))
                .filter(volume -> volume.path("type").asText().equals("volume") && volume.has("source"))
                .map(volume -> volume.path("source").asText())
                .toList();
    }

    /** What the service's {@code image:} says; where there is none, what Compose calls the image that it would build. */
    public String image() {
        String image = service.path("image").asText();
        return image.isEmpty() ? config.path("name").asText() + "-" + name : image;
    }

    /**
     * What the command runs with. What is there already is only referred to, so that Compose never changes what running
     * containers use.
     *
     * @param image an image that the engine has
     * @param networks real names of the project's own networks that are there already; others are left out: nobody could be
     *     reached on them, and two commands that make one at the same time may make it twice
     * @param volumes real names of the project's own volumes that are there already; others are made, since what the command
     *     writes there must stay
     */
    public record Surroundings(String image, Set<String> networks, Set<String> volumes) {}

    /**
     * A compose file with this service alone. It holds the service's secrets.
     *
     * @param command a text for the container's {@code sh}
     */
    public String rendered(Surroundings surroundings, String command, Map<String, String> labels) {
        ObjectNode one = alone(surroundings);
        one.putObject("healthcheck").put("disable", true);
        one.putArray("entrypoint").add("sh").add("-c").add(escaped(command));
        one.putArray("command");
        ObjectNode marks = one.putObject("labels");
        labels.forEach((key, value) -> marks.put(key, escaped(value)));
        return file(NAME, one, surroundings);
    }

    /**
     * A compose file with this service alone, to be started beside the one that serves: its own command and health check, but a name
     * that nobody asks for, no ports and no second try.
     */
    public String candidate(Surroundings surroundings) {
        ObjectNode one = alone(surroundings);
        if (service.has("healthcheck")) {
            one.set("healthcheck", service.path("healthcheck"));
        }
        return file(CANDIDATE, one, surroundings);
    }

    private ObjectNode alone(Surroundings surroundings) {
        ObjectNode one = service.deepCopy();
        one.remove(LEFT_OUT);
        one.put("image", surroundings.image());
        one.put("pull_policy", "never");
        one.put("restart", "no");
        return one;
    }

    private String file(String name, ObjectNode one, Surroundings surroundings) {
        List<String> joined = networks().stream().filter(key -> isThere(key, surroundings.networks())).toList();
        one.remove("networks");
        if (!joined.isEmpty()) {
            // Without what another container may hold at the same time: aliases and fixed addresses.
            ObjectNode plain = one.putObject("networks");
            joined.forEach(plain::putNull);
        } else if (!one.has("network_mode")) {
            one.put("network_mode", "bridge");
        }

        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.putObject("services").set(name, one);
        put(file, "networks", joined, surroundings.networks());
        put(file, "volumes", volumes(), surroundings.volumes());
        put(file, "secrets", sources("secrets"), Set.of());
        put(file, "configs", sources("configs"), Set.of());
        return Json.write(file);
    }

    private boolean isThere(String network, Set<String> existing) {
        JsonNode entry = config.path("networks").path(network);
        return entry.path("external").asBoolean() || existing.contains(nameOf("networks", network));
    }

    private List<String> sources(String kind) {
        return Json.elements(service.path(kind)).map(use -> use.path("source").asText()).toList();
    }

    private void put(ObjectNode file, String kind, List<String> keys, Set<String> existing) {
        for (String key : keys) {
            JsonNode entry = config.path(kind).path(key);
            if (existing.contains(nameOf(kind, key))) {
                file.withObject("/" + kind).putObject(key).put("name", nameOf(kind, key)).put("external", true);
            } else {
                file.withObject("/" + kind).set(key, entry);
            }
        }
    }

    /** Compose fills in variables in this file too; what it wrote itself is escaped already. */
    private static String escaped(String text) {
        return text.replace("$", "$$");
    }
}
