package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.compose.read.Paths;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * A folder of the engine's machine that containers have in the place of a folder of their image.
 *
 * @param source on the engine's machine
 * @param target in the container
 * @param nested targets of other mounts below it: what lies there is neither the image's nor the folder's
 */
record CodeMount(String source, String target, Set<String> nested) {

    /** @param targets those of all mounts of the container */
    static CodeMount of(String source, String target, Collection<String> targets) {
        Set<String> nested = new TreeSet<>();
        targets.stream().filter(one -> !one.equals(target) && Paths.isWithin(one, target)).forEach(nested::add);
        return new CodeMount(source, plain(target), nested);
    }

    private static String plain(String target) {
        return target.length() > 1 ? target.replaceFirst("/+$", "") : target;
    }

    /** Where a mount of a compose file lies in the container. */
    static String target(JsonNode volume) {
        return plain(volume.path("target").asText());
    }

    /**
     * Takes mounts out of a service of a compose file; the list stays, if only an empty one.
     *
     * @param taken says so of a mount and its number, from 0
     */
    static void takeOut(ObjectNode service, BiPredicate<JsonNode, Integer> taken) {
        if (service.path("volumes") instanceof ArrayNode volumes) {
            ArrayNode kept = service.putArray("volumes");
            for (int i = 0; i < volumes.size(); i++) {
                if (!taken.test(volumes.get(i), i)) {
                    kept.add(volumes.get(i));
                }
            }
        }
    }

    /** Whether what an image runs lies in it as a whole. */
    boolean holds(String workingDirectory) {
        return !workingDirectory.isEmpty() && !workingDirectory.equals("/") && Paths.isWithin(workingDirectory, target);
    }

    /** @param path in the container */
    boolean hides(String path) {
        return nested.stream().anyMatch(one -> Paths.isWithin(path, one));
    }
}
