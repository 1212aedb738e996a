package io.jenkins.plugins.igny8.jenkins;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.igny8.config.CredentialChoices;
import io.jenkins.plugins.igny8.docker.ImageReference;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What a Jenkinsfile nests in a step's parameters, such as {@code igny8Image(...)}. */
public abstract class Igny8Describable extends AbstractDescribableImpl<Igny8Describable> {

    /** See {@link Igny8Step#shellText()}. */
    public Set<String> shellText() {
        return Set.of();
    }

    /** Base of each describable's descriptor, which carries its {@code @Symbol}. */
    public abstract static class Descriptor extends hudson.model.Descriptor<Igny8Describable> implements CustomDescribableModel {

        @Override
        public String getDisplayName() {
            return symbol();
        }

        private String symbol() {
            return SymbolLookup.getSymbolValue(this).iterator().next();
        }

        @Override
        public final Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Parameters.checked(symbol(), clazz, arguments);
        }

        /** For {@code config.jelly}, which is one for all describables. */
        public final Form getForm() {
            return new Form(clazz, ((Igny8Describable) Parameters.empty(clazz)).shellText());
        }

        /** A form says what a Jenkinsfile could say, and is bound like one. */
        @Override
        public final Igny8Describable newInstance(StaplerRequest2 request, JSONObject submitted) throws FormException {
            return (Igny8Describable) getForm().instance(submitted);
        }

        /** Names of parameters mean one thing in all describables: this is an image's. */
        @POST
        public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
            return Form.check(item, value, ImageReference::parse);
        }

        @POST
        public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
            return Form.check(item, value, Form::checkUrl);
        }

        @POST
        public FormValidation doCheckRegistry(@AncestorInPath Item item, @QueryParameter String value) {
            return Form.check(item, value, ImageReference::checkedRegistry);
        }

        @POST
        public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
            return Form.check(item, value, ImageReference::checkedNamespace);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CredentialChoices.registryLogins(item, credentialsId);
        }
    }
}
