package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import io.jenkins.plugins.igny8.runner.report.Result;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code unstable}: marks stage and build as unstable and goes on. */
@Symbol("unstable")
public final class UnstableStep extends LocalStep {

    private final String message;

    @DataBoundConstructor
    public UnstableStep(String message) {
        this.message = message;
    }

    @Override
    public Object run(Build build) {
        build.console().say("WARNING: " + message);
        mark(build, Result.UNSTABLE, Result.UNSTABLE);
        return null;
    }

    static void mark(Build build, Result ofBuild, Result ofStage) {
        if (ofBuild != Result.SUCCESS) {
            build.worsen(ofBuild);
        }
        if (build.context().stage() != null) {
            build.context().stage().worsen(ofStage);
        }
    }
}
