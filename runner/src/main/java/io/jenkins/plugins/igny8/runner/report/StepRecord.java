package io.jenkins.plugins.igny8.runner.report;

/** What is known about one call of a step. */
public final class StepRecord {

    private final StageRecord stage;
    private final String name;
    private final Object arguments;
    private final long start = System.nanoTime();
    private Object result;
    private double seconds;
    private String error;

    StepRecord(StageRecord stage, String name, Object arguments) {
        this.stage = stage;
        this.name = name;
        this.arguments = arguments;
    }

    public StageRecord stage() {
        return stage;
    }

    public String name() {
        return name;
    }

    /** As given, made of maps, lists, strings, numbers and booleans. */
    public Object arguments() {
        return arguments;
    }

    public synchronized Object result() {
        return result;
    }

    public synchronized double seconds() {
        return seconds;
    }

    public synchronized String error() {
        return error;
    }

    public synchronized void succeed(Object value) {
        result = value;
        seconds = RunRecord.secondsSince(start);
    }

    public synchronized void fail(String message) {
        error = message;
        seconds = RunRecord.secondsSince(start);
    }
}
