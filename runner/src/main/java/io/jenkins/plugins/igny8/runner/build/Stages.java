package io.jenkins.plugins.igny8.runner.build;

import io.jenkins.plugins.igny8.runner.report.StageRecord;
import java.util.function.Supplier;

/** Runs a stage and writes down how it ended. */
public final class Stages {

    private Stages() {}

    /** Runs a stage inside the current one; what it throws is thrown on. */
    public static <T> T run(Build build, String name, Supplier<T> body) {
        return run(build, build.record().stage(name, build.context().stage()), body);
    }

    /** As {@link #run(Build, String, Supplier)}, for whoever must know the record. */
    public static <T> T run(Build build, StageRecord stage, Supplier<T> body) {
        build.console().headline("== " + stage.name());
        try {
            return build.within(build.context().inStage(stage), body);
        } catch (Throwable e) {
            stage.fail(Aborted.resultOf(e), StepFailed.describe(build.setup().file(), e));
            throw Sneaky.<RuntimeException>rethrow(e);
        } finally {
            stage.end();
        }
    }
}
