package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code script}: any Groovy in a declarative pipeline. */
@Symbol("script")
public final class ScriptStep extends LocalStep.WithBlock implements LocalStep.Silent {

    @DataBoundConstructor
    public ScriptStep() {}

    @Override
    public Object run(Build build, Body body) {
        return body.run(build.context());
    }
}
