package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code error}: fails with a message. */
@Symbol("error")
public final class ErrorStep extends LocalStep {

    private final String message;

    @DataBoundConstructor
    public ErrorStep(String message) {
        this.message = message;
    }

    @Override
    public Object run(Build build) {
        throw new Failure(message);
    }
}
