package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.WaitHealthy;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8WaitHealthy}: waits, for a bounded time, until a project's containers are healthy and its pages answer. */
public class WaitHealthyStep extends Igny8Step {

    private String project;
    private List<String> services;
    private List<Igny8Probe> probes;
    private Integer deadline;
    private Integer settle;

    @DataBoundConstructor
    public WaitHealthyStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new WaitHealthy(
                Given.or(project, settings.project()),
                Given.list(services),
                probes == null ? List.of() : probes.stream().map(Igny8Probe::probe).toList(),
                Duration.ofSeconds(Given.or(deadline, settings.healthyDeadline())),
                Duration.ofSeconds(getSettle()));
    }

    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Given.text(project);
    }

    public List<String> getServices() {
        return services;
    }

    @DataBoundSetter
    public void setServices(List<String> services) {
        this.services = services;
    }

    public List<Igny8Probe> getProbes() {
        return probes;
    }

    @DataBoundSetter
    public void setProbes(List<Igny8Probe> probes) {
        this.probes = probes;
    }

    public Integer getDeadline() {
        return deadline;
    }

    @DataBoundSetter
    public void setDeadline(Integer deadline) {
        this.deadline = deadline;
    }

    public int getSettle() {
        return settle == null ? (int) WaitHealthy.SETTLE.toSeconds() : settle;
    }

    @DataBoundSetter
    public void setSettle(Integer settle) {
        this.settle = settle;
    }

    @Extension
    @Symbol("igny8WaitHealthy")
    public static class DescriptorImpl extends Descriptor {}
}
