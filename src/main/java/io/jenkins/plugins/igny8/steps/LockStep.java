package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8BlockStep;
import io.jenkins.plugins.igny8.operation.Around;
import io.jenkins.plugins.igny8.operation.HoldLock;
import io.jenkins.plugins.igny8.operation.Settings;
import java.time.Duration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Lock}: the steps inside have a project of an engine to themselves. */
public class LockStep extends Igny8BlockStep {

    private String project;
    private Integer wait;
    private Boolean takeOver;

    @DataBoundConstructor
    public LockStep() {}

    @Override
    public Around around(Settings settings) {
        return new HoldLock(Given.or(project, settings.project()), Duration.ofSeconds(getWait()), isTakeOver());
    }

    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Given.text(project);
    }

    public int getWait() {
        return wait == null ? (int) HoldLock.PATIENCE.toSeconds() : wait;
    }

    @DataBoundSetter
    public void setWait(Integer wait) {
        this.wait = wait;
    }

    public boolean isTakeOver() {
        return takeOver != null && takeOver;
    }

    @DataBoundSetter
    public void setTakeOver(Boolean takeOver) {
        this.takeOver = takeOver;
    }

    @Extension
    @Symbol("igny8Lock")
    public static class DescriptorImpl extends Descriptor {}
}
