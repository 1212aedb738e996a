package io.jenkins.plugins.igny8.runner.build;

import groovy.lang.Closure;
import groovy.lang.GString;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.binding.Described;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a call as Groovy hands them over, sorted into named ones, a single one without name, and a block. */
public record Given(Map<String, Object> arguments, Closure<?> block) {

    public static Given of(String name, Object[] raw) {
        List<Object> all = new ArrayList<>(Arrays.asList(raw));
        Closure<?> block = null;
        if (!all.isEmpty() && all.get(all.size() - 1) instanceof Closure<?> last) {
            block = last;
            all.remove(all.size() - 1);
        }
        if (all.size() > 1) {
            throw new Failure(name + " takes one value or named parameters, but was given " + all.size() + " values.");
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (all.size() == 1 && all.get(0) instanceof Map<?, ?> named) {
            named.forEach((key, value) -> arguments.put(String.valueOf(key), value));
        } else if (all.size() == 1) {
            arguments.put(Described.ANONYMOUS, all.get(0));
        }
        return new Given(arguments, block);
    }

    /** A value as maps, lists, strings, numbers and booleans. */
    public static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(String.valueOf(key), plain(each)));
            return plain;
        }
        if (value instanceof Iterable<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(each -> plain.add(plain(each)));
            return plain;
        }
        if (value instanceof Described described) {
            return plain(described.plain());
        }
        if (value instanceof Closure<?>) {
            return "{ ... }";
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value instanceof GString ? value.toString() : String.valueOf(value);
    }
}
