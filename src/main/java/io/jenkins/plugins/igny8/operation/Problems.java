package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong is told at once: a person who mends one thing must not meet the next one only then. */
final class Problems {

    /** More names would hide the sentence. */
    private static final int NAMED = 10;

    private Problems() {}

    /** The first names of many, and how many more there are. */
    static String named(Collection<String> names) {
        String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
        return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
    }

    /** Adds the sentence of a check that fails. */
    static void note(List<String> problems, Runnable check) {
        try {
            check.run();
        } catch (Failure e) {
            problems.add(e.getMessage());
        }
    }

    /** One failure with all problems; nothing where there are none. */
    static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new Failure(String.join("\n", problems));
        }
    }
}
