package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.CheckCompose;
import io.jenkins.plugins.igny8.operation.CheckOptions;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8CheckCompose}: says what in the compose files will not work, with file and line, before a container moves. */
public class CheckComposeStep extends ComposeProjectStep {

    private List<String> rules;
    private String failOn;
    private String sarif;
    private Boolean release;
    private List<String> dockerfiles;
    private List<String> healthPaths;
    private Integer deadline;
    private Boolean askEngine;
    private Boolean pull;

    @DataBoundConstructor
    public CheckComposeStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        CheckOptions options = new CheckOptions(
                Given.list(rules),
                getFailOn(),
                sarif,
                isRelease(),
                Given.list(dockerfiles),
                Given.list(healthPaths),
                Given.or(deadline, settings.healthyDeadline()),
                isAskEngine(),
                isPull());
        return new CheckCompose(project(settings), options);
    }

    public List<String> getRules() {
        return rules;
    }

    @DataBoundSetter
    public void setRules(List<String> rules) {
        this.rules = rules;
    }

    public String getFailOn() {
        return failOn == null ? CheckOptions.FAIL_ON : failOn;
    }

    @DataBoundSetter
    public void setFailOn(String failOn) {
        this.failOn = Given.text(failOn);
    }

    public String getSarif() {
        return sarif;
    }

    @DataBoundSetter
    public void setSarif(String sarif) {
        this.sarif = Given.text(sarif);
    }

    public boolean isRelease() {
        return release != null && release;
    }

    @DataBoundSetter
    public void setRelease(Boolean release) {
        this.release = release;
    }

    public List<String> getDockerfiles() {
        return dockerfiles;
    }

    @DataBoundSetter
    public void setDockerfiles(List<String> dockerfiles) {
        this.dockerfiles = dockerfiles;
    }

    public List<String> getHealthPaths() {
        return healthPaths;
    }

    @DataBoundSetter
    public void setHealthPaths(List<String> healthPaths) {
        this.healthPaths = healthPaths;
    }

    public Integer getDeadline() {
        return deadline;
    }

    @DataBoundSetter
    public void setDeadline(Integer deadline) {
        this.deadline = deadline;
    }

    public boolean isAskEngine() {
        return askEngine != null && askEngine;
    }

    @DataBoundSetter
    public void setAskEngine(Boolean askEngine) {
        this.askEngine = askEngine;
    }

    public boolean isPull() {
        return pull != null && pull;
    }

    @DataBoundSetter
    public void setPull(Boolean pull) {
        this.pull = pull;
    }

    @Extension
    @Symbol("igny8CheckCompose")
    public static class DescriptorImpl extends Descriptor {}
}
