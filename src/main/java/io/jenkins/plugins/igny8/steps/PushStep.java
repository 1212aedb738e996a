package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.PushImages;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Push}: pushes the images of this build and finds out their digests. */
public class PushStep extends RegistryStep {

    private List<String> tags;
    private List<Igny8Registry> also;

    @DataBoundConstructor
    public PushStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        Settings.Registry place = place(settings);
        List<Settings.Registry> others = also == null ? List.of() : also.stream().map(one -> one.place(settings)).toList();
        return new PushImages(
                place.host(), place.namespace(), place.credentialsId(), Given.list(tags), Given.images(getImages()), others);
    }

    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = tags;
    }

    public List<Igny8Registry> getAlso() {
        return also;
    }

    @DataBoundSetter
    public void setAlso(List<Igny8Registry> also) {
        this.also = also;
    }

    @Extension
    @Symbol("igny8Push")
    public static class DescriptorImpl extends Descriptor {}
}
