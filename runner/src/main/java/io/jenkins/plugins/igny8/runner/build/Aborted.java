package io.jenkins.plugins.igny8.runner.build;

/** The build, or the part of it inside a {@code timeout} or beside a failed branch, is to end now. Its message says why. */
public final class Aborted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Aborted(String reason) {
        super(reason);
    }
}
