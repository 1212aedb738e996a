package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container as {@code docker container inspect} describes it.
 *
 * @param service Compose's name of it; empty outside Compose
 * @param state {@code created}, {@code running}, {@code restarting}, {@code paused}, {@code exited}, {@code dead}
 * @param health {@code starting}, {@code healthy}, {@code unhealthy}, or {@code none} where there is no health check
 * @param restartCount how often the engine has restarted it by its restart policy
 * @param restartPolicy {@code no}, {@code always}, {@code unless-stopped}, {@code on-failure}
 * @param startedAt null where it was never started
 * @param dependsOn services it waits for, with Compose's condition such as {@code service_healthy}
 * @param networks names of its networks, each with the names it answers to there
 * @param mounts where folders and volumes are mounted, each with the folder of the engine's machine; empty for what is no such folder
 */
public record Container(
        String id,
        String name,
        String image,
        String imageId,
        String project,
        String service,
        boolean oneOff,
        Map<String, String> labels,
        String state,
        String health,
        List<HealthCheck> healthLog,
        int exitCode,
        String error,
        int restartCount,
        String restartPolicy,
        Instant startedAt,
        Map<String, String> dependsOn,
        Map<String, List<String>> networks,
        Map<String, String> mounts) {

    static final String PROJECT_LABEL = "com.docker.compose.project";
    public static final String SERVICE_LABEL = "com.docker.compose.service";
    private static final String ONE_OFF_LABEL = "com.docker.compose.oneoff";
    private static final String HASH_LABEL = "com.docker.compose.config-hash";
    private static final String DEPENDS_LABEL = "com.docker.compose.depends_on";
    /** On a container that Compose made to take another one's place and has not yet renamed. */
    private static final String REPLACES_LABEL = "com.docker.compose.replace";

    private static final Pattern PORT_TAKEN =
            Pattern.compile(":(\\d+):? (?:failed: port is already allocated|bind: address already in use)");

    /** One run of a health check. */
    public record HealthCheck(String start, int exitCode, String output) {}

    static Container of(JsonNode json) {
        Map<String, String> labels = new LinkedHashMap<>();
        json.path("Config").path("Labels").fields().forEachRemaining(label -> labels.put(label.getKey(), label.getValue().asText()));
        JsonNode state = json.path("State");
        JsonNode health = state.path("Health");
        return new Container(
                json.path("Id").asText(),
                json.path("Name").asText().replaceFirst("^/", ""),
                json.path("Config").path("Image").asText(),
                json.path("Image").asText(),
                labels.getOrDefault(PROJECT_LABEL, ""),
                labels.getOrDefault(SERVICE_LABEL, ""),
                "True".equals(labels.get(ONE_OFF_LABEL)),
                labels,
                state.path("Status").asText(),
                health.path("Status").asText("none").replaceFirst("^$", "none"),
                Json.elements(health.path("Log"))
                        .map(check -> new HealthCheck(
                                check.path("Start").asText(),
                                check.path("ExitCode").asInt(),
                                check.path("Output").asText().trim()))
                        .toList(),
                state.path("ExitCode").asInt(),
                state.path("Error").asText(),
                json.path("RestartCount").asInt(),
                json.path("HostConfig").path("RestartPolicy").path("Name").asText("no"),
                startedAt(state.path("StartedAt").asText()),
                dependsOn(labels.getOrDefault(DEPENDS_LABEL, "")),
                networks(json.path("NetworkSettings").path("Networks")),
                mounts(json.path("Mounts")));
    }

    /** Docker writes the year 1 for "never". */
    private static Instant startedAt(String text) {
        return text.isEmpty() || text.startsWith("0001-") ? null : Instant.parse(text);
    }

    /** The label reads {@code backend:service_healthy:false,redis:service_started:false}. */
    private static Map<String, String> dependsOn(String label) {
        Map<String, String> services = new LinkedHashMap<>();
        for (String one : label.split(",")) {
            String[] parts = one.split(":");
            if (parts.length > 1) {
                services.put(parts[0], parts[1]);
            }
        }
        return services;
    }

    private static Map<String, List<String>> networks(JsonNode json) {
        Map<String, List<String>> networks = new LinkedHashMap<>();
        json.fields().forEachRemaining(network -> {
            List<String> aliases = new ArrayList<>();
            Json.elements(network.getValue().path("Aliases")).forEach(alias -> aliases.add(alias.asText()));
            networks.put(network.getKey(), aliases);
        });
        return networks;
    }

    private static Map<String, String> mounts(JsonNode json) {
        Map<String, String> mounts = new LinkedHashMap<>();
        for (JsonNode mount : json) {
            mounts.put(mount.path("Destination").asText(), mount.path("Type").asText().equals("bind") ? mount.path("Source").asText() : "");
        }
        return mounts;
    }

    public boolean running() {
        return state.equals("running");
    }

    public boolean hasHealthCheck() {
        return !health.equals("none");
    }

    /** Why the engine could not start it, in words for a person and without a full stop; empty where it could. */
    public String whyNotStarted() {
        return DockerErrors.known(List.of(error)).orElse(error).replaceFirst("\\.$", "");
    }

    /** The port of the engine's machine that somebody else has, which kept this container from starting; empty where that was not it. */
    public Optional<Integer> takenPort() {
        Matcher taken = PORT_TAKEN.matcher(error);
        return taken.find() ? Optional.of(Integer.parseInt(taken.group(1))) : Optional.empty();
    }

    /** The ID of the container that this one was made to replace; empty for all but leftovers of a cut {@code up}. */
    public String replaces() {
        return labels.getOrDefault(REPLACES_LABEL, "");
    }

    /** Compose's own mark of the configuration that it was made with; empty outside Compose. */
    public String configHash() {
        return labels.getOrDefault(HASH_LABEL, "");
    }

    /** What a person calls it: the service, or the name outside Compose. */
    public String title() {
        return service.isEmpty() ? name : service;
    }
}
