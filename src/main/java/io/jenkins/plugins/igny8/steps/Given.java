package io.jenkins.plugins.igny8.steps;

import io.jenkins.plugins.igny8.operation.BuiltImage;
import java.time.Duration;
import java.util.List;

/** What a person gave: forms hand over an empty text where nothing was given. */
final class Given {

    private Given() {}

    /** Null for an empty text. */
    static String text(String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }

    /** What was given, else {@code otherwise}. */
    static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    /** Null for null. */
    static Duration seconds(Integer given) {
        return given == null ? null : Duration.ofSeconds(given);
    }

    /** The texts that were given, where there are any, else {@code otherwise}. */
    static List<String> or(List<String> given, List<String> otherwise) {
        return list(given).isEmpty() ? otherwise : list(given);
    }

    /** An empty list for null; elements that are empty texts or null are left out. */
    static List<String> list(List<String> values) {
        return values == null
                ? List.of()
                : values.stream().filter(value -> text(value) != null).toList();
    }

    /** The images of a list of describables; empty for null. */
    static List<BuiltImage> images(List<Igny8BuiltImage> images) {
        return images == null
                ? List.of()
                : images.stream().map(Igny8BuiltImage::image).toList();
    }
}
