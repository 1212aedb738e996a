package io.jenkins.plugins.igny8.compose.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a compose file that knows where it was written: a map, a list, a text (numbers and booleans too), or nothing. What is
 * asked of the wrong kind is empty, so a reader need not ask for kinds first. The place of a map's member is that of its key.
 */
public final class Value {

    private static final String RESET = "!reset";
    private static final String OVERRIDE = "!override";

    private final Place place;
    private final Map<String, Value> members;
    private final List<Value> items;
    private final String text;
    private final String written;

    private Value(Place place, Map<String, Value> members, List<Value> items, String text, String written) {
        this.place = place;
        this.members = members;
        this.items = items;
        this.text = text;
        this.written = written;
    }

    /** A key without a value, or no key at all. */
    public static Value nothing(Place place) {
        return new Value(place, null, null, null, null);
    }

    public static Value map(Place place, Map<String, Value> members) {
        return new Value(place, Collections.unmodifiableMap(new LinkedHashMap<>(members)), null, null, null);
    }

    public static Value list(Place place, List<Value> items) {
        return new Value(place, null, List.copyOf(items), null, null);
    }

    public static Value text(Place place, String text) {
        return new Value(place, null, null, text, text);
    }

    /** @param written with its variables, where {@code text} has their values */
    public static Value text(Place place, String text, String written) {
        return new Value(place, null, null, text, written);
    }

    /** Compose's {@code !reset}: what an earlier file said of it is gone. */
    static Value reset(Place place) {
        return new Value(place, null, null, null, RESET);
    }

    /** The same without members that Compose takes out. */
    Value withoutResets() {
        if (!isMap()) {
            return this;
        }
        Map<String, Value> rest = new LinkedHashMap<>();
        members.forEach((key, member) -> {
            if (!member.isReset()) {
                rest.put(key, member.withoutResets());
            }
        });
        return map(place, rest);
    }

    boolean isReset() {
        return RESET.equals(written) && text == null;
    }

    /** Compose's {@code !override}: it takes the place of what an earlier file said, and is not merged with it. */
    Value overriding() {
        return isMap() || isList() ? new Value(place, members, items, null, OVERRIDE) : this;
    }

    boolean isOverriding() {
        return text == null && OVERRIDE.equals(written);
    }

    public Place place() {
        return place;
    }

    /** The same value, as if it was written elsewhere. */
    public Value at(Place other) {
        return new Value(other, members, items, text, written);
    }

    public boolean isMap() {
        return members != null;
    }

    public boolean isList() {
        return items != null;
    }

    public boolean isText() {
        return text != null;
    }

    public boolean isNothing() {
        return members == null && items == null && text == null;
    }

    /** A member of a map; nothing, at this value's place, where there is none. */
    public Value get(String... path) {
        Value value = this;
        for (String key : path) {
            Value member = value.members().get(key);
            if (member == null) {
                return nothing(value.place);
            }
            value = member;
        }
        return value;
    }

    public boolean has(String key) {
        return members().containsKey(key);
    }

    public Map<String, Value> members() {
        return members == null ? Map.of() : members;
    }

    public List<Value> items() {
        return items == null ? List.of() : items;
    }

    /** A single value as a list of one. */
    public List<Value> oneOrMore() {
        return isText() || isMap() ? List.of(this) : items();
    }

    public String text() {
        return text == null ? "" : text;
    }

    /** The text with its variables, as it stands in the file. */
    public String written() {
        return text == null ? "" : written;
    }

    public boolean isTrue() {
        return text().equalsIgnoreCase("true");
    }

    /** The texts of a list. */
    public List<String> texts() {
        return items().stream().map(Value::text).toList();
    }

    /** The same map with a member of another value. */
    public Value with(String key, Value value) {
        Map<String, Value> all = new LinkedHashMap<>(members());
        all.put(key, value);
        return map(place, all);
    }

    /** The same map without some members. */
    public Value without(List<String> keys) {
        Map<String, Value> rest = new LinkedHashMap<>(members());
        rest.keySet().removeAll(keys);
        return map(place, rest);
    }

    /** Every text in it. */
    public List<Value> all() {
        List<Value> found = new ArrayList<>();
        collect(found);
        return found;
    }

    private void collect(List<Value> found) {
        if (isText()) {
            found.add(this);
        }
        items().forEach(item -> item.collect(found));
        members().values().forEach(member -> member.collect(found));
    }

    /** For tests and debuggers; may hold secrets. */
    @Override
    public String toString() {
        return isMap() ? members.toString() : isList() ? items.toString() : String.valueOf(text);
    }
}
