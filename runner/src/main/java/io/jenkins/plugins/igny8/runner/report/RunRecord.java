package io.jenkins.plugins.igny8.runner.report;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stages and steps of a run in the order of their start. */
public final class RunRecord {

    private final List<StageRecord> stages = new CopyOnWriteArrayList<>();
    private final List<StepRecord> steps = new CopyOnWriteArrayList<>();
    private final long start = System.nanoTime();

    public StageRecord stage(String name, StageRecord parent) {
        StageRecord stage = new StageRecord(name, parent);
        stages.add(stage);
        return stage;
    }

    public StepRecord step(StageRecord stage, String name, Object arguments) {
        StepRecord step = new StepRecord(stage, name, arguments);
        steps.add(step);
        return step;
    }

    public List<StageRecord> stages() {
        return stages;
    }

    public List<StepRecord> steps() {
        return steps;
    }

    public double seconds() {
        return secondsSince(start);
    }

    /** Since a moment of {@link System#nanoTime}, in hundredths. */
    static double secondsSince(long moment) {
        return Math.round((System.nanoTime() - moment) / 1e7) / 100.0;
    }
}
