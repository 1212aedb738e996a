package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import io.jenkins.plugins.igny8.runner.build.Stages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code stage} of a scripted pipeline or in a {@code script} block. */
@Symbol("stage")
public final class StageStep extends LocalStep.WithBlock implements LocalStep.Silent {

    private final String name;

    @DataBoundConstructor
    public StageStep(String name) {
        this.name = name;
    }

    @Override
    public Object run(Build build, Body body) {
        return Stages.run(build, name, () -> body.run(build.context()));
    }
}
