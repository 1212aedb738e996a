package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Why Compose makes a service's container anew, by names; values may be secrets. */
final class Differences {

    private Differences() {}

    /** What differs between two states of a service in the merged files: {@code command}, {@code environment.MODE}. */
    static List<String> of(JsonNode then, JsonNode now) {
        List<String> differences = new ArrayList<>();
        for (String key : names(then, now)) {
            JsonNode before = then.path(key);
            JsonNode after = now.path(key);
            if (before.isObject() && after.isObject() && !before.equals(after)) {
                names(before, after).stream()
                        .filter(name -> !before.path(name).equals(after.path(name)))
                        .forEach(name -> differences.add(key + "." + name));
            } else if (!before.equals(after) && !key.equals("image") && !key.equals("build") && !key.equals("pull_policy")) {
                differences.add(key);
            }
        }
        return differences;
    }

    private static Set<String> names(JsonNode one, JsonNode other) {
        Set<String> names = new TreeSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Names of the variables whose values are others than when a release was deployed; one without a fingerprint is not known. */
    static List<String> ofVariables(Release release, Map<String, String> now) {
        return release.variables().entrySet().stream()
                .filter(then -> !then.getValue().isEmpty() && now.containsKey(then.getKey()) && !now.get(then.getKey()).isEmpty())
                .filter(then -> !then.getValue().equals(now.get(then.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
