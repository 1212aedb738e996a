package io.jenkins.plugins.igny8.compose.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Two files' values, the later one on top of the earlier, as Compose merges them. */
final class Merge {

    /** Lists that the later file replaces; others are one after the other. */
    private static final List<String> REPLACED = List.of("command", "entrypoint", "test");

    private Merge() {}

    static Value of(Value below, Value above) {
        return merged("", below, above);
    }

    private static Value merged(String key, Value below, Value above) {
        if (above.isReset()) {
            return Value.nothing(above.place());
        }
        if (above.isNothing()) {
            return below;
        }
        if (above.isOverriding() || REPLACED.contains(key)) {
            return above;
        }
        if (below.isMap() && above.isMap()) {
            Map<String, Value> all = new LinkedHashMap<>(below.members());
            above.members().forEach((name, value) -> {
                if (value.isReset()) {
                    all.remove(name);
                } else {
                    all.put(name, all.containsKey(name) ? merged(name, all.get(name), value) : value);
                }
            });
            return Value.map(above.place(), all);
        }
        if (below.isList() && above.isList()) {
            return listed(key, below, above);
        }
        return above;
    }

    private static Value listed(String key, Value below, Value above) {
        BinaryOperator<Value> latest = (first, second) -> second;
        Map<String, Value> all = new LinkedHashMap<>();
        below.items().forEach(item -> all.merge(identity(key, item), item, latest));
        above.items().forEach(item -> all.merge(identity(key, item), item, latest));
        return Value.list(above.place(), new ArrayList<>(all.values()));
    }

    private static String identity(String key, Value item) {
        return switch (key) {
            case "volumes" -> item.get("target").text();
            case "ports" -> String.join(" ", item.get("host_ip").text(), item.get("published").text(), item.get("target").text(), item.get("protocol")
                    .text());
            case "secrets", "configs" -> item.get("source").text();
            default -> item.toString();
        };
    }
}
