package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code node}: this machine, which is the only one here. */
@Symbol("node")
public final class NodeStep extends LocalStep.WithBlock implements LocalStep.Silent {

    private String label;

    @DataBoundConstructor
    public NodeStep() {}

    @DataBoundSetter
    public void setLabel(String label) {
        this.label = label;
    }

    @Override
    public Object run(Build build, Body body) {
        if (label != null && !label.isEmpty()) {
            throw new Failure("there is only this machine here, and it has no label '" + label + "': write node { ... }");
        }
        return body.run(build.context().onAgent(true));
    }
}
