package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;

/** All that is wrong is told at once: a person who mends one thing must not meet the next one only then. */
final class Problems {

    private Problems() {}

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
