package io.jenkins.plugins.igny8.runner.parameters;

import org.kohsuke.stapler.DataBoundSetter;

/** A parameter of the build, as the section {@code parameters} declares it. */
public abstract class ParameterDefinition {

    private final String name;
    private String description;

    ParameterDefinition(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = description;
    }

    /** The value where the user gives none. */
    public abstract Object defaultValue();

    /**
     * The value of what a user gave.
     *
     * @throws io.jenkins.plugins.igny8.host.Failure where it is none of the possible ones
     */
    public abstract Object value(String given);
}
