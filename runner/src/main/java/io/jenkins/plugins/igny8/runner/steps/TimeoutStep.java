package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.Context;
import io.jenkins.plugins.igny8.runner.build.Deadline;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code timeout}: aborts what is inside when its time is up. */
@Symbol("timeout")
public final class TimeoutStep extends LocalStep.WithBlock {

    private final int time;
    private TimeUnit unit = TimeUnit.MINUTES;

    @DataBoundConstructor
    public TimeoutStep(int time) {
        this.time = time;
    }

    @DataBoundSetter
    public void setUnit(TimeUnit unit) {
        this.unit = unit;
    }

    public Duration limit() {
        return Duration.of(time, unit.toChronoUnit());
    }

    @Override
    public Object run(Build build, Body body) {
        Context context = build.context();
        try (Deadline deadline = new Deadline(limit(), context.deadline())) {
            return body.run(context.until(deadline));
        }
    }
}
