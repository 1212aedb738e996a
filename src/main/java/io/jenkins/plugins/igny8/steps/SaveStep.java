package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.SaveImages;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Save}: images as files of the workspace, for a target that has no registry. */
public class SaveStep extends Igny8Step {

    private List<Igny8BuiltImage> images;
    private String directory;

    @DataBoundConstructor
    public SaveStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new SaveImages(Given.images(images), getDirectory());
    }

    public List<Igny8BuiltImage> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<Igny8BuiltImage> images) {
        this.images = images;
    }

    public String getDirectory() {
        return directory == null ? SaveImages.DIRECTORY : directory;
    }

    @DataBoundSetter
    public void setDirectory(String directory) {
        this.directory = Given.text(directory);
    }

    @Extension
    @Symbol("igny8Save")
    public static class DescriptorImpl extends Descriptor {}
}
