package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.PullImages;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Pull}: pulls images by their digests and gives them the names that compose files know. */
public class PullStep extends RegistryStep {

    private List<String> references;

    @DataBoundConstructor
    public PullStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        Settings.Registry place = place(settings);
        return new PullImages(place.host(), place.namespace(), place.credentialsId(), Given.images(getImages()), Given.list(references));
    }

    public List<String> getReferences() {
        return references;
    }

    @DataBoundSetter
    public void setReferences(List<String> references) {
        this.references = references;
    }

    @Extension
    @Symbol("igny8Pull")
    public static class DescriptorImpl extends Descriptor {}
}
