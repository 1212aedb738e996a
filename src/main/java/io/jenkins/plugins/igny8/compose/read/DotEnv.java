package io.jenkins.plugins.igny8.compose.read;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An env file, as far as its lines are plain: {@code KEY=value}, quoted or not, with comments. */
public final class DotEnv {

    private static final Pattern LINE = Pattern.compile(
            "^\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|(.*?))\\s*(?:\\s#.*)?$");

    private DotEnv() {}

    public static Map<String, String> read(String text) {
        Map<String, String> variables = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                String quoted = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                variables.put(matcher.group(1), quoted == null ? matcher.group(4) : quoted);
            }
        });
        return variables;
    }
}
