package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;

/** Some migrations did not get through; those before them did, and stay so. */
final class MigrationFailed extends Failure {

    private static final long serialVersionUID = 1L;

    private final transient List<String> applied;

    MigrationFailed(String message, List<String> applied) {
        super(message);
        this.applied = List.copyOf(applied);
    }

    /** Their names; for a {@link Reversal} those that were taken back. */
    List<String> applied() {
        return applied;
    }
}
