package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done where the database is ahead of the release that one goes back to: the parameter {@code migrations}. */
public enum Ahead {
    /** Nothing is changed. */
    REFUSE,
    /** The database stays as it is. */
    KEEP,
    /** They are taken back, with the newer image and before the switch. */
    REVERSE;

    /** @throws Failure where there is no such word, with those that there are */
    public static Ahead of(String word) {
        List<String> words = Arrays.stream(values()).map(Ahead::word).toList();
        int found = words.indexOf(word);
        if (found < 0) {
            throw new Failure("'migrations' is '" + word + "', but can only be '" + String.join("', '", words) + "'.");
        }
        return values()[found];
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
