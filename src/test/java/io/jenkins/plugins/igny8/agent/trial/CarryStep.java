package io.jenkins.plugins.igny8.agent.trial;

import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code carry('bytes')} runs a {@link Trial} as any other step runs its operation. */
public final class CarryStep extends Igny8Step {

    private final String trial;
    private String script;
    private int limit;

    @DataBoundConstructor
    public CarryStep(String trial) {
        this.trial = trial;
    }

    public String getTrial() {
        return trial;
    }

    public String getScript() {
        return script;
    }

    /** For trials that run one: a text for {@code sh -c}. */
    @DataBoundSetter
    public void setScript(String script) {
        this.script = script;
    }

    public int getLimit() {
        return limit;
    }

    /** Time limit of the script in seconds; 0: none. */
    @DataBoundSetter
    public void setLimit(int limit) {
        this.limit = limit;
    }

    @Override
    public Operation<?> operation(Settings settings) {
        return Trial.named(trial, script, limit);
    }

    @OptionalExtension
    @Symbol("carry")
    public static final class DescriptorImpl extends Descriptor {}
}
