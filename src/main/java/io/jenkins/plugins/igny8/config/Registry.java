package io.jenkins.plugins.igny8.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A registry that an administrator made known, with what belongs to it. Values are kept as typed and checked in the form. */
public final class Registry implements Describable<Registry> {

    private final String url;
    private String namespace;
    private String credentialsId;

    /** @param url {@code host[:port]}; an https:// before it and a slash behind are dropped; blank: Docker Hub */
    @DataBoundConstructor
    public Registry(String url) {
        this.url = Util.fixEmpty(host(url));
    }

    private static String host(String url) {
        String text = Util.fixNull(url).trim();
        String host = text.toLowerCase(Locale.ROOT).startsWith("https://") ? text.substring("https://".length()) : text;
        return host.replaceFirst("/+$", "");
    }

    /** As image names use it; null: Docker Hub. */
    @CheckForNull
    public String getUrl() {
        return url;
    }

    @CheckForNull
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    Settings.Registry settings() {
        return new Settings.Registry(Util.fixNull(url), namespace, credentialsId);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<Registry> {

        @NonNull
        @Override
        public String getDisplayName() {
            return "Registry";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CredentialChoices.registryLogins(item, credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialChoices.check(item, value, CredentialKind.REGISTRY_LOGIN);
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            String host = host(value);
            return host.isEmpty() ? FormValidation.ok() : Checks.administrator(() -> ImageReference.checkedRegistry(host));
        }

        @POST
        public FormValidation doCheckNamespace(@QueryParameter String value) {
            String namespace = Util.fixEmptyAndTrim(value);
            return namespace == null ? FormValidation.ok() : Checks.administrator(() -> ImageReference.checkedNamespace(namespace));
        }

        /** Asks the registry from the controller whether it takes the login. */
        @POST
        public FormValidation doTestRegistry(@QueryParameter String url, @QueryParameter String credentialsId) throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                String id = Util.fixEmptyAndTrim(credentialsId);
                Login login = id == null ? null : CredentialsLookup.ofJenkins().login(id);
                return FormValidation.ok(RegistryCheck.ofController().check(host(url), login));
            } catch (Failure e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
