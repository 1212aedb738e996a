package io.jenkins.plugins.igny8.runner.report;

/** How a stage or a build ended, as Jenkins counts it: from good to bad. */
public enum Result {
    SUCCESS,
    UNSTABLE,
    FAILURE,
    NOT_BUILT,
    ABORTED;

    public Result worse(Result other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
