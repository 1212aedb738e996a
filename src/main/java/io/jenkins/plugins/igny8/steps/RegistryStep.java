package io.jenkins.plugins.igny8.steps;

import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of every step that moves images between an engine and a registry. */
public abstract class RegistryStep extends Igny8Step {

    private String registry;
    private String namespace;
    private String credentialsId;
    private List<Igny8BuiltImage> images;

    Settings.Registry place(Settings settings) {
        return settings.registry(registry, namespace, credentialsId);
    }

    public String getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public void setRegistry(String registry) {
        this.registry = Given.text(registry);
    }

    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Given.text(namespace);
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Given.text(credentialsId);
    }

    public List<Igny8BuiltImage> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<Igny8BuiltImage> images) {
        this.images = images;
    }
}
