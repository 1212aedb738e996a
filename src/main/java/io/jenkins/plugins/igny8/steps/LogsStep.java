package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.CollectLogs;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Logs}: a project's logs, health logs, inspect answers and events as files of the workspace. */
public class LogsStep extends Igny8Step {

    private String project;
    private String into;
    private Integer lines;

    @DataBoundConstructor
    public LogsStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new CollectLogs(Given.or(project, settings.project()), getInto(), getLines());
    }

    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Given.text(project);
    }

    public String getInto() {
        return into == null ? CollectLogs.INTO : into;
    }

    @DataBoundSetter
    public void setInto(String into) {
        this.into = Given.text(into);
    }

    public int getLines() {
        return lines == null ? CollectLogs.LINES : lines;
    }

    @DataBoundSetter
    public void setLines(Integer lines) {
        this.lines = lines;
    }

    @Extension
    @Symbol("igny8Logs")
    public static class DescriptorImpl extends Descriptor {}
}
