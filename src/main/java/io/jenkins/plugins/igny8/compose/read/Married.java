package io.jenkins.plugins.igny8.compose.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Compose says that the files mean, with the places where our own reading found it. What Compose adds by itself stands where
 * that is to which it was added.
 */
public final class Married {

    /** What tells the items of a list apart; the first that fits an item of both. */
    private static final List<List<String>> IDENTITIES =
            List.of(List.of("target", "published", "protocol"), List.of("target", "protocol"), List.of("target"), List.of("source"), List.of("path"));

    /** Items of a longer list stand where the list stands. */
    private static final int MOST_COMPARED = 1_000;

    private Married() {}

    /**
     * @param meaning what {@code docker compose config --format json} answered
     * @param places our own reading of the same files
     */
    public static Value of(JsonNode meaning, Value places) {
        if (meaning.isObject()) {
            Map<String, Value> members = new LinkedHashMap<>();
            meaning.fields().forEachRemaining(member -> members.put(member.getKey(), of(member.getValue(), places.get(member.getKey()))));
            return Value.map(places.place(), members);
        }
        if (meaning.isArray()) {
            List<Value> items = new ArrayList<>();
            for (int i = 0; i < meaning.size(); i++) {
                items.add(of(meaning.get(i), partner(meaning.get(i), i, meaning.size(), places)));
            }
            return Value.list(places.place(), items);
        }
        if (meaning.isNull() || meaning.isMissingNode()) {
            return Value.nothing(places.place());
        }
        // Compose doubles each $ so that it could read its own answer again.
        String text = meaning.asText().replace("$$", "$");
        return places.isText() ? Value.text(places.place(), text, places.written()) : Value.text(places.place(), text);
    }

    private static Value partner(JsonNode item, int index, int size, Value places) {
        List<Value> candidates = places.items();
        if (size > MOST_COMPARED) {
            return Value.nothing(places.place());
        }
        if (item.isObject()) {
            for (List<String> identity : IDENTITIES) {
                for (Value candidate : candidates) {
                    if (identity.stream().allMatch(key -> item.has(key) && item.path(key).asText().equals(candidate.get(key).text()))) {
                        return candidate;
                    }
                }
            }
        } else if (candidates.size() == size) {
            return candidates.get(index);
        } else {
            for (Value candidate : candidates) {
                if (candidate.text().equals(item.asText())) {
                    return candidate;
                }
            }
        }
        return Value.nothing(places.place());
    }
}
