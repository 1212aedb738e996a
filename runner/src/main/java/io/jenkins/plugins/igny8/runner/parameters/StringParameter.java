package io.jenkins.plugins.igny8.runner.parameters;

import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code string(name: …, defaultValue: …)}. */
@Symbol("string")
public final class StringParameter extends ParameterDefinition {

    private String defaultValue = "";
    private boolean trim;

    @DataBoundConstructor
    public StringParameter(String name) {
        super(name);
    }

    @DataBoundSetter
    public void setDefaultValue(String defaultValue) {
        this.defaultValue = defaultValue;
    }

    @DataBoundSetter
    public void setTrim(boolean trim) {
        this.trim = trim;
    }

    @Override
    public Object defaultValue() {
        return value(defaultValue);
    }

    @Override
    public Object value(String given) {
        return trim ? given.trim() : given;
    }
}
