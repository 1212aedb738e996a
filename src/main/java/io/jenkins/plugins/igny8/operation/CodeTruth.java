package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What holds where a folder of the engine's machine covers the code in an image: the parameter {@code code}. */
public enum CodeTruth {
    /** Both: a difference is a failure, so it does not matter which of the two runs. */
    CHECK,
    /** The folder of the engine's machine. */
    HOST,
    /** The image: the folder is not mounted. */
    IMAGE;

    /** @throws Failure where there is no such word, with those that there are */
    public static CodeTruth of(String word) {
        List<String> words = Arrays.stream(values()).map(CodeTruth::word).toList();
        int found = words.indexOf(word);
        if (found < 0) {
            throw new Failure("'code' is '" + word + "', but can only be '" + String.join("', '", words) + "'.");
        }
        return values()[found];
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
