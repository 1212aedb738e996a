package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import io.jenkins.plugins.igny8.runner.report.Result;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code warnError}: {@code catchError} that makes build and stage unstable. */
@Symbol("warnError")
public final class WarnErrorStep extends LocalStep.WithBlock {

    private final CatchErrorStep catching = new CatchErrorStep();

    @DataBoundConstructor
    public WarnErrorStep(String message) {
        catching.setMessage(message);
        catching.setBuildResult(Result.UNSTABLE);
        catching.setStageResult(Result.UNSTABLE);
    }

    @DataBoundSetter
    public void setCatchInterruptions(boolean catchInterruptions) {
        catching.setCatchInterruptions(catchInterruptions);
    }

    @Override
    public Object run(Build build, Body body) {
        return catching.run(build, body);
    }
}
