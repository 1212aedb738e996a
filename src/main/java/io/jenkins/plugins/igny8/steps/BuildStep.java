package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.BuildImages;
import io.jenkins.plugins.igny8.operation.ImageToBuild;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Build}: builds images in parallel; without parameters the four that IGNY8's pipeline document names. */
public class BuildStep extends Igny8Step {

    private List<Igny8Image> images;
    private List<String> buildArgs;
    private Boolean pull;
    private Boolean noCache;
    private Boolean noSourceLabels;
    private Boolean failFast;

    @DataBoundConstructor
    public BuildStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        List<ImageToBuild> all = images == null
                ? ImageToBuild.documented()
                : images.stream().map(Igny8Image::image).toList();
        return new BuildImages(all, Given.list(buildArgs), isPull(), isNoCache(), !isNoSourceLabels(), isFailFast());
    }

    public List<Igny8Image> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<Igny8Image> images) {
        this.images = images;
    }

    public List<String> getBuildArgs() {
        return buildArgs;
    }

    @DataBoundSetter
    public void setBuildArgs(List<String> buildArgs) {
        this.buildArgs = buildArgs;
    }

    public boolean isPull() {
        return pull != null && pull;
    }

    @DataBoundSetter
    public void setPull(Boolean pull) {
        this.pull = pull;
    }

    public boolean isNoCache() {
        return noCache != null && noCache;
    }

    @DataBoundSetter
    public void setNoCache(Boolean noCache) {
        this.noCache = noCache;
    }

    public boolean isNoSourceLabels() {
        return noSourceLabels != null && noSourceLabels;
    }

    @DataBoundSetter
    public void setNoSourceLabels(Boolean noSourceLabels) {
        this.noSourceLabels = noSourceLabels;
    }

    public boolean isFailFast() {
        return failFast != null && failFast;
    }

    @DataBoundSetter
    public void setFailFast(Boolean failFast) {
        this.failFast = failFast;
    }

    @Extension
    @Symbol("igny8Build")
    public static class DescriptorImpl extends Descriptor {}
}
