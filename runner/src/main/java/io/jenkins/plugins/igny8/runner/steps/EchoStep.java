package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code echo}: a line in the log. */
@Symbol("echo")
public final class EchoStep extends LocalStep implements LocalStep.OwnLine {

    private final String message;

    @DataBoundConstructor
    public EchoStep(String message) {
        this.message = message;
    }

    @Override
    public Object run(Build build) {
        build.console().say(String.valueOf(message));
        return null;
    }
}
