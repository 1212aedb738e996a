package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rendered file has otherwise than its source. It is applied to the files as they are written and to what they mean, so that
 * both can be compared afterwards.
 *
 * @param pins service → the image that it gets
 * @param mounts service → the numbers of its mounts that are taken away, from 0
 */
record RenderedChanges(Map<String, BuiltImage> pins, Map<String, Set<Integer>> mounts) {

    /** @param meaning what the files mean; {@code pull_policy} may be a variable in the other one */
    ObjectNode applied(JsonNode config, JsonNode meaning) {
        ObjectNode all = config.deepCopy();
        // Compose ignores them, and what they were written for has been merged: they would only tell of builds and mounts that are gone.
        config.fieldNames().forEachRemaining(key -> all.remove(key.startsWith("x-") ? List.of(key) : List.of()));
        Set<String> ofBuilds = new HashSet<>();
        WrittenFiles.services(all).forEach((name, service) -> {
            service.path("build").path("secrets").forEach(secret -> ofBuilds.add(secret.path("source").asText()));
            boolean builds = meaning.path("services").path(name).path("pull_policy").asText().equals("build");
            service.remove("build");
            // It says what to bring from a developer's folder into the container, or when to build anew.
            service.remove("develop");
            if (builds || pins.containsKey(name)) {
                service.remove("pull_policy");
            }
            if (pins.containsKey(name)) {
                pin(service, pins.get(name));
            }
            CodeMount.takeOut(service, (volume, number) -> mounts.getOrDefault(name, Set.of()).contains(number));
            if (service.has("volumes") && service.path("volumes").isEmpty()) {
                service.remove("volumes");
            }
        });
        forget(ofBuilds, all);
        return all;
    }

    /** Secrets that only builds had. */
    private static void forget(Set<String> secrets, ObjectNode config) {
        WrittenFiles.services(config).values().forEach(service -> service.path("secrets").forEach(used -> secrets.remove(used.path("source").asText())));
        if (config.path("secrets") instanceof ObjectNode all) {
            all.remove(secrets);
            if (all.isEmpty()) {
                config.remove("secrets");
            }
        }
    }

    static void pin(ObjectNode service, BuiltImage image) {
        service.put("image", image.pin());
        if (image.digest() == null) {
            // A tag of our own, which no registry has. A digest may be pulled: it is the same image everywhere.
            service.put("pull_policy", "never");
        }
    }
}
