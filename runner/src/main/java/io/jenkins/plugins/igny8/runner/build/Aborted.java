package io.jenkins.plugins.igny8.runner.build;

import io.jenkins.plugins.igny8.runner.report.Result;

/** The build, or the part of it inside a {@code timeout} or beside a failed branch, is to end now. Its message says why. */
public final class Aborted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Deadline deadline;

    public Aborted(String reason) {
        super(reason);
        deadline = null;
    }

    Aborted(Deadline overdue) {
        super(overdue.reason());
        deadline = overdue;
    }

    /** Whether all around the current step is to end too; not so behind the block whose own time limit has passed. */
    public boolean isUnderWay() {
        return deadline == null || !deadline.isClosed();
    }

    /** What an exception makes of the stage that it leaves. */
    public static Result resultOf(Throwable error) {
        return error instanceof Aborted ? Result.ABORTED : Result.FAILURE;
    }

    /** Because another branch has failed and {@code failFast} is set. */
    public static Aborted byOtherBranch() {
        return new Aborted("another branch has failed and failFast is set");
    }
}
