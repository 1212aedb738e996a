package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.ComposeDown;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.time.Duration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8ComposeDown}: takes a project away. Which one has no default, since that would be the application itself. */
public class ComposeDownStep extends Igny8Step {

    private final String project;
    private Boolean volumes;
    private Integer grace;
    private Integer deadline;

    @DataBoundConstructor
    public ComposeDownStep(String project) {
        this.project = project;
    }

    @Override
    public Operation<?> operation(Settings settings) {
        return new ComposeDown(
                Given.or(Given.text(project), ""),
                isVolumes(),
                Given.seconds(grace),
                Duration.ofSeconds(getDeadline()));
    }

    public String getProject() {
        return project;
    }

    public boolean isVolumes() {
        return volumes != null && volumes;
    }

    @DataBoundSetter
    public void setVolumes(Boolean volumes) {
        this.volumes = volumes;
    }

    public Integer getGrace() {
        return grace;
    }

    @DataBoundSetter
    public void setGrace(Integer grace) {
        this.grace = grace;
    }

    public int getDeadline() {
        return deadline == null ? (int) ComposeDown.DEADLINE.toSeconds() : deadline;
    }

    @DataBoundSetter
    public void setDeadline(Integer deadline) {
        this.deadline = deadline;
    }

    @Extension
    @Symbol("igny8ComposeDown")
    public static class DescriptorImpl extends Descriptor {}
}
