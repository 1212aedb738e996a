package io.jenkins.plugins.igny8.runner.parameters;

import io.jenkins.plugins.igny8.host.Failure;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code booleanParam(name: …, defaultValue: …)}. */
@Symbol("booleanParam")
public final class BooleanParameter extends ParameterDefinition {

    private boolean defaultValue;

    @DataBoundConstructor
    public BooleanParameter(String name) {
        super(name);
    }

    @DataBoundSetter
    public void setDefaultValue(boolean defaultValue) {
        this.defaultValue = defaultValue;
    }

    @Override
    public Object defaultValue() {
        return defaultValue;
    }

    @Override
    public Object value(String given) {
        if (!given.equals("true") && !given.equals("false")) {
            throw new Failure("The parameter " + name() + " is true or false, not '" + given + "'.");
        }
        return Boolean.valueOf(given);
    }
}
