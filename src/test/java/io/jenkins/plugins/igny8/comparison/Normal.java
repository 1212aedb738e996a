package io.jenkins.plugins.igny8.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Everything that may differ between two runs of one Jenkinsfile, and nothing else. */
final class Normal {

    /** The message of a step that was stopped: Jenkins has none, the runner says why. */
    static final String STOPPED = "stopped";

    private static final ObjectMapper JSON = new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    /** What is measured or made anew each time, and what stands in its place. */
    private static final Map<Pattern, String> DIFFERENT_EACH_TIME = differentEachTime();

    private Normal() {}

    private static Map<Pattern, String> differentEachTime() {
        Map<Pattern, String> patterns = new LinkedHashMap<>();
        // In JSON, which the files echo, the quotes are escaped once more.
        patterns.put(Pattern.compile("(seconds\\\\?\"?[:=] ?)[0-9.]+"), "$1N");
        patterns.put(Pattern.compile("(freeBytes\\\\?\"?[:=] ?)[0-9]+"), "$1N");
        patterns.put(Pattern.compile("(id\\\\?\":\\\\?\")[0-9a-f]{64}"), "$1ID");
        // How often a container that cannot stay up was started by then, and whether it was looked at while it ran once more.
        patterns.put(Pattern.compile("restarts again and again \\([^)]*\\)"), "restarts again and again (N times)");
        patterns.put(Pattern.compile("the time limit of [0-9.]+ s has passed|another branch has failed and failFast is set"), STOPPED);
        return patterns;
    }

    /** With sorted keys. */
    static String json(Object plain) {
        try {
            return JSON.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param workspace where the run worked */
    static String text(String text, String workspace) {
        String normal = text.replace(workspace, "WORKSPACE");
        for (Map.Entry<Pattern, String> each : DIFFERENT_EACH_TIME.entrySet()) {
            normal = each.getKey().matcher(normal).replaceAll(each.getValue());
        }
        return normal;
    }
}
