package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.PushImages;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Push}: pushes the images of this build and finds out their digests. */
public class PushStep extends RegistryStep {

    private List<String> tags;

    @DataBoundConstructor
    public PushStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        Settings.Registry place = place(settings);
        return new PushImages(place.host(), place.namespace(), place.credentialsId(), Given.list(tags), Given.images(getImages()));
    }

    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = tags;
    }

    @Extension
    @Symbol("igny8Push")
    public static class DescriptorImpl extends Descriptor {}
}
