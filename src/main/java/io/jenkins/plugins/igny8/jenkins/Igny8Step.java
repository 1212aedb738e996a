package io.jenkins.plugins.igny8.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.igny8.config.CredentialChoices;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What every step is to Jenkins. A step class holds parameters and says which operation they mean; how that is carried out,
 * resumed and aborted is the same for all.
 */
public abstract class Igny8Step extends Step {

    /**
     * What this step asks for.
     *
     * @param settings hold for the parameters that it was not given
     */
    public abstract Operation<?> operation(Settings settings);

    /** Names of parameters whose text a shell inside a container reads: there, {@code $} is that shell's and nobody else's. */
    public Set<String> shellText() {
        return Set.of();
    }

    @Override
    public final StepExecution start(StepContext context) {
        return new Igny8Execution(context, this);
    }

    /** Base of each step's descriptor, which carries the step's {@code @Symbol}: its name in a Jenkinsfile. */
    public abstract static class Descriptor extends StepDescriptor implements CustomDescribableModel {

        @Override
        public final String getFunctionName() {
            return SymbolLookup.getSymbolValue(this).iterator().next();
        }

        /** For people who read lists: {@code IGNY8: compose up}. */
        @Override
        public String getDisplayName() {
            return "IGNY8: " + getFunctionName().replaceFirst("^igny8", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public final Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class, FilePath.class, Launcher.class);
        }

        @Override
        public final Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Parameters.checked(getFunctionName(), clazz, arguments);
        }

        @Override
        public final Step newInstance(Map<String, Object> arguments) throws Exception {
            return Parameters.inOneLine(getFunctionName(), () -> super.newInstance(arguments));
        }

        @Override
        public final String argumentsToString(Map<String, Object> arguments) {
            return Parameters.asLabel(arguments);
        }

        /** For {@code config.jelly}, which is one for all steps. */
        public final Form getForm() {
            return new Form(clazz, ((Igny8Step) Parameters.empty(clazz)).shellText());
        }

        /** A form says what a Jenkinsfile could say, and is bound like one. */
        @Override
        public final Step newInstance(StaplerRequest2 request, JSONObject submitted) throws FormException {
            return (Step) getForm().instance(submitted);
        }

        @POST
        public FormValidation doCheckDeadline(@AncestorInPath Item item, @QueryParameter String value) {
            return Form.check(item, value, Form::checkDeadline);
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

        @POST
        public ListBoxModel doFillEnvFileCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String envFileCredentialsId) {
            return CredentialChoices.secretFiles(item, envFileCredentialsId);
        }
    }
}
