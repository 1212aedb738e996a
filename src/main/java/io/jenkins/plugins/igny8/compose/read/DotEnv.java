package io.jenkins.plugins.igny8.compose.read;

import java.util.LinkedHashMap;
import java.util.Map;

/** An env file, as far as its lines are plain: {@code KEY=value}, quoted or not, with comments. */
public final class DotEnv {

    private DotEnv() {}

    public static Map<String, String> read(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        text.lines().map(String::strip).filter(line -> !line.startsWith("#")).forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                String key = line.substring(0, equals).strip();
                variables.put(key.startsWith("export ") ? key.substring("export ".length()).strip() : key, value(line.substring(equals + 1).strip()));
            }
        });
        return variables;
    }

    private static String value(String text) {
        if (text.startsWith("\"") || text.startsWith("'")) {
            int end = text.indexOf(text.charAt(0), 1);
            return end > 0 ? text.substring(1, end) : text;
        }
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }
}
