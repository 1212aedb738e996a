package io.jenkins.plugins.igny8.runner.binding;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a call such as {@code igny8Image(name: 'x')} gives until a step's parameter says what type is wanted: one symbol may
 * mean a parameter of the build here and a credential there.
 *
 * @param arguments by name; under {@link #ANONYMOUS} the one that was given without a name
 */
public record Described(String symbol, Map<String, Object> arguments) {

    public static final String ANONYMOUS = "<anonymous>";

    /** As maps and lists, for records of what was given. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("$symbol", symbol);
        plain.putAll(arguments);
        return plain;
    }
}
