package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;

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
        return Choice.of(CodeTruth.class, "code", word);
    }

    public String word() {
        return Choice.word(this);
    }
}
