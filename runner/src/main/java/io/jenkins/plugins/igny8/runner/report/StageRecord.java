package io.jenkins.plugins.igny8.runner.report;

/** What is known about one stage, while it runs and afterwards. */
public final class StageRecord {

    private final String name;
    private final StageRecord parent;
    private final long start = System.nanoTime();
    private Result result = Result.SUCCESS;
    private double seconds;
    private String error;

    StageRecord(String name, StageRecord parent) {
        this.name = name;
        this.parent = parent;
    }

    public String name() {
        return name;
    }

    /** The stage around this one; null at the top. */
    public StageRecord parent() {
        return parent;
    }

    public synchronized Result result() {
        return result;
    }

    public synchronized double seconds() {
        return seconds;
    }

    public synchronized String error() {
        return error;
    }

    /** Marks this stage and those around it as no better than {@code other}. */
    public void worsen(Result other) {
        synchronized (this) {
            result = result.worse(other);
        }
        if (parent != null) {
            parent.worsen(other);
        }
    }

    /** Ends it as never having run. */
    public synchronized void skip() {
        result = Result.NOT_BUILT;
    }

    /** An error that leaves this stage counts, whatever it was marked as; what it makes of the stages around it is their affair. */
    public synchronized void fail(Result by, String message) {
        result = by;
        error = error == null ? message : error;
    }

    public synchronized void end() {
        seconds = RunRecord.secondsSince(start);
    }
}
