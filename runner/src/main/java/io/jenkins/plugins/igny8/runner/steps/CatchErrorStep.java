package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Aborted;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import io.jenkins.plugins.igny8.runner.build.StepFailed;
import io.jenkins.plugins.igny8.runner.report.Result;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code catchError}: a failure inside marks build and stage and goes on behind the block. */
@Symbol("catchError")
public final class CatchErrorStep extends LocalStep.WithBlock {

    private String message;
    private Result buildResult = Result.FAILURE;
    private Result stageResult = Result.SUCCESS;
    private boolean catchInterruptions = true;

    @DataBoundConstructor
    public CatchErrorStep() {}

    @DataBoundSetter
    public void setMessage(String message) {
        this.message = message;
    }

    @DataBoundSetter
    public void setBuildResult(Result buildResult) {
        this.buildResult = buildResult;
    }

    @DataBoundSetter
    public void setStageResult(Result stageResult) {
        this.stageResult = stageResult;
    }

    @DataBoundSetter
    public void setCatchInterruptions(boolean catchInterruptions) {
        this.catchInterruptions = catchInterruptions;
    }

    @Override
    public Object run(Build build, Body body) {
        try {
            body.run(build.context());
        } catch (Throwable e) {
            // Any: a script throws checked exceptions too.
            if (e instanceof Aborted abort && abort.isUnderWay() && !catchInterruptions) {
                throw abort;
            }
            build.console().say((message == null ? "" : message + ": ") + StepFailed.describe(build.setup().file(), e));
            // What was aborted is aborted, whatever the file would have it be.
            boolean aborted = e instanceof Aborted;
            UnstableStep.mark(build, aborted ? Result.ABORTED : buildResult, aborted ? Result.ABORTED : stageResult);
        }
        // Nothing, since a block that failed has no value either.
        return null;
    }
}
