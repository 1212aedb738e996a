package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Json;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Services to be replaced by themselves, before the rest. Together with a service, Compose replaces all that depends on it (2.26), or stops it
 * (2.29.3 and newer), until the new one is healthy: a frontend of which nothing changes would be away for as long as the backend needs.
 */
final class ReplacedFirst {

    private ReplacedFirst() {}

    /**
     * @param replaced services that are to be replaced for their own sake
     * @param running services that run now
     * @param config the merged files as they are to run
     * @return none where nothing that stays depends on one of them
     */
    static List<String> of(Collection<String> replaced, Collection<String> running, JsonNode config) {
        Set<String> first = new TreeSet<>(replaced);
        first.retainAll(running);
        boolean spared = false;
        for (Map.Entry<String, JsonNode> service : config.path("services").properties()) {
            if (first.contains(service.getKey())) {
                continue;
            }
            for (Map.Entry<String, JsonNode> dependency : service.getValue().path("depends_on").properties()) {
                if (dependency.getValue().path("restart").asBoolean() || leans(service.getValue(), dependency.getKey())) {
                    first.remove(dependency.getKey());
                } else {
                    spared |= first.contains(dependency.getKey()) && running.contains(service.getKey());
                }
            }
        }
        return spared ? List.copyOf(first) : List.of();
    }

    /** Compose lists these under {@code depends_on} too, some with {@code restart: true}. */
    private static boolean leans(JsonNode service, String on) {
        return List.of("network_mode", "ipc", "pid").stream().anyMatch(key -> service.path(key).asText().equals("service:" + on))
                || Json.elements(service.path("volumes_from")).anyMatch(from -> from.asText().split(":")[0].equals(on));
    }
}
