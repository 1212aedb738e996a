package io.jenkins.plugins.igny8.jenkins;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.igny8.config.CredentialChoices;
import io.jenkins.plugins.igny8.config.Engine;
import io.jenkins.plugins.igny8.config.Igny8Configuration;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What every step is to Jenkins. A step class holds parameters and says which operation they mean; how that is carried out,
 * resumed and aborted is the same for all.
 */
public abstract class Igny8Step extends Step {

    private String engine;

    /**
     * What this step asks for.
     *
     * @param settings hold for the parameters that it was not given
     */
    public abstract Operation<?> operation(Settings settings);

    /** The engine's name among those that are configured; null: the one that the docker command on the agent talks to. */
    public String getEngine() {
        return engine;
    }

    @DataBoundSetter
    public void setEngine(String engine) {
        this.engine = engine == null || engine.isBlank() ? null : engine.trim();
    }

    /** Names of parameters whose text a shell inside a container reads: there, {@code $} is that shell's and nobody else's. */
    public Set<String> shellText() {
        return Set.of();
    }

    /** Jenkins' own check for a folder and a launcher answers with a page of stack trace, and takes an agent that is away for none. */
    @Override
    public final StepExecution start(StepContext context) throws IOException, InterruptedException {
        if (!StepPlaces.onNode(context)) {
            throw new AbortException(getDescriptor().getFunctionName()
                    + " needs a workspace: put it inside node { … }, or give the pipeline or its stage an agent.");
        }
        return execution(context);
    }

    StepExecution execution(StepContext context) {
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
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @Override
        public final Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Parameters.checked(getFunctionName(), clazz, arguments);
        }

        @Override
        public final Step newInstance(Map<String, Object> arguments) throws Exception {
            return Parameters.inOneLine(getFunctionName(), clazz, arguments, () -> super.newInstance(arguments));
        }

        @Override
        public final String argumentsToString(Map<String, Object> arguments) {
            return Parameters.asLabel(clazz, arguments);
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
        public ComboBoxModel doFillEngineItems(@AncestorInPath Item item) {
            ComboBoxModel names = new ComboBoxModel();
            if (Form.mayFillIn(item)) {
                Igny8Configuration.get().getEngines().stream()
                        .map(Engine::getName)
                        .filter(Objects::nonNull)
                        .forEach(names::add);
            }
            return names;
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
