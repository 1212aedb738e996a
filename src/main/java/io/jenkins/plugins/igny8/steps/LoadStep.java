package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.LoadImages;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Load}: brings what {@code igny8Save} wrote to an engine. */
public class LoadStep extends Igny8Step {

    private String directory;

    @DataBoundConstructor
    public LoadStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new LoadImages(getDirectory());
    }

    public String getDirectory() {
        return directory == null ? LoadImages.DIRECTORY : directory;
    }

    @DataBoundSetter
    public void setDirectory(String directory) {
        this.directory = Given.text(directory);
    }

    @Extension
    @Symbol("igny8Load")
    public static class DescriptorImpl extends Descriptor {}
}
