package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;

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
        return Choice.of(Ahead.class, "migrations", word);
    }

    public String word() {
        return Choice.word(this);
    }
}
