package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.CodeTruth;
import io.jenkins.plugins.igny8.operation.ComposeUp;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.UpOptions;
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
    private List<String> scale;
    private Boolean noBuild;
    private Boolean noDeps;
    private Boolean forceRecreate;
    private Boolean removeOrphans;
    private Integer grace;
    private String code;

    @DataBoundConstructor
    public ComposeUpStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        UpOptions options = new UpOptions(
                Given.list(scale), isNoBuild(), isNoDeps(), isForceRecreate(), isRemoveOrphans(), Given.seconds(grace));
        return new ComposeUp(
                project(settings), Given.list(services), Given.images(images), Duration.ofSeconds(Given.or(deadline, settings.upDeadline())), options, CodeTruth.of(getCode()));
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

    public List<String> getScale() {
        return scale;
    }

    @DataBoundSetter
    public void setScale(List<String> scale) {
        this.scale = scale;
    }

    public boolean isNoBuild() {
        return noBuild != null && noBuild;
    }

    @DataBoundSetter
    public void setNoBuild(Boolean noBuild) {
        this.noBuild = noBuild;
    }

    public boolean isNoDeps() {
        return noDeps != null && noDeps;
    }

    @DataBoundSetter
    public void setNoDeps(Boolean noDeps) {
        this.noDeps = noDeps;
    }

    public boolean isForceRecreate() {
        return forceRecreate != null && forceRecreate;
    }

    @DataBoundSetter
    public void setForceRecreate(Boolean forceRecreate) {
        this.forceRecreate = forceRecreate;
    }

    public boolean isRemoveOrphans() {
        return removeOrphans != null && removeOrphans;
    }

    @DataBoundSetter
    public void setRemoveOrphans(Boolean removeOrphans) {
        this.removeOrphans = removeOrphans;
    }

    public Integer getGrace() {
        return grace;
    }

    @DataBoundSetter
    public void setGrace(Integer grace) {
        this.grace = grace;
    }

    public String getCode() {
        return code == null ? CodeTruth.CHECK.word() : code;
    }

    @DataBoundSetter
    public void setCode(String code) {
        this.code = Given.text(code);
    }

    @Extension
    @Symbol("igny8ComposeUp")
    public static class DescriptorImpl extends Descriptor {}
}
