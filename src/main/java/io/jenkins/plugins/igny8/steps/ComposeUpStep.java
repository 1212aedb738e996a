package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.ComposeUp;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8ComposeUp}: {@code docker compose up -d} with the images of this build, within a time limit. */
public class ComposeUpStep extends ComposeProjectStep {

    private List<String> services;
    private List<Igny8BuiltImage> images;
    private Integer deadline;
    private Boolean removeOrphans;

    @DataBoundConstructor
    public ComposeUpStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new ComposeUp(
                project(settings), Given.list(services), Given.images(images), Duration.ofSeconds(Given.or(deadline, settings.upDeadline())), isRemoveOrphans());
    }

    public List<String> getServices() {
        return services;
    }

    @DataBoundSetter
    public void setServices(List<String> services) {
        this.services = services;
    }

    public List<Igny8BuiltImage> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<Igny8BuiltImage> images) {
        this.images = images;
    }

    public Integer getDeadline() {
        return deadline;
    }

    @DataBoundSetter
    public void setDeadline(Integer deadline) {
        this.deadline = deadline;
    }

    public boolean isRemoveOrphans() {
        return removeOrphans != null && removeOrphans;
    }

    @DataBoundSetter
    public void setRemoveOrphans(Boolean removeOrphans) {
        this.removeOrphans = removeOrphans;
    }

    @Extension
    @Symbol("igny8ComposeUp")
    public static class DescriptorImpl extends Descriptor {}
}
