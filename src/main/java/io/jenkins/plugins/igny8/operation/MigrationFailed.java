package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.release.Release;
import java.util.List;

/** Some migrations did not get through; those before them did, and stay so. */
final class MigrationFailed extends Failure {

    private static final long serialVersionUID = 1L;

    private final transient List<String> applied;
    private final transient Release.Migrations migrations;

    MigrationFailed(String message, List<String> applied, Release.Migrations migrations) {
        super(message);
        this.applied = List.copyOf(applied);
        this.migrations = migrations;
    }

    /** Their names; for a {@link Reversal} those that were taken back. */
    List<String> applied() {
        return applied;
    }

    /** What the database had before and has now. */
    Release.Migrations migrations() {
        return migrations;
    }
}
