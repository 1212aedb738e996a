package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;
import java.util.Locale;

/** A parameter that is one of a few words, which are constants in lower case. */
final class Choice {

    private Choice() {}

    /** @throws Failure where there is no such word, with those that there are */
    static <E extends Enum<E>> E of(Class<E> type, String parameter, String word) {
        List<E> all = List.of(type.getEnumConstants());
        List<String> words = all.stream().map(Choice::word).toList();
        int found = words.indexOf(word);
        if (found < 0) {
            throw new Failure("'" + parameter + "' is '" + word + "', but can only be '" + String.join("', '", words) + "'.");
        }
        return all.get(found);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
