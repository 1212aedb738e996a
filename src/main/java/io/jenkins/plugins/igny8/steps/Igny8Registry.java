package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Describable;
import io.jenkins.plugins.igny8.operation.Settings;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Registry(...)}: one more registry for {@code igny8Push}. */
public class Igny8Registry extends Igny8Describable {

    private final String registry;
    private String namespace;
    private String credentialsId;

    @DataBoundConstructor
    public Igny8Registry(String registry) {
        this.registry = registry;
    }

    Settings.Registry place(Settings settings) {
        return settings.registry(registry, namespace, credentialsId);
    }

    public String getRegistry() {
        return registry;
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

    @Extension
    @Symbol("igny8Registry")
    public static class DescriptorImpl extends Descriptor {}
}
