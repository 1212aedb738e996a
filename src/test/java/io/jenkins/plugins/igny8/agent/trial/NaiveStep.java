package io.jenkins.plugins.igny8.agent.trial;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import java.util.Set;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code naive('bytes')} runs a {@link Trial} on a {@link NaiveHost}. */
public final class NaiveStep extends Step {

    private final String trial;

    @DataBoundConstructor
    public NaiveStep(String trial) {
        this.trial = trial;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context, trial);
    }

    private static final class Execution extends SynchronousNonBlockingStepExecution<Object> {
        private static final long serialVersionUID = 1L;

        private final String trial;

        Execution(StepContext context, String trial) {
            super(context);
            this.trial = trial;
        }

        @Override
        protected Object run() throws Exception {
            FilePath directory = getContext().get(FilePath.class);
            directory.mkdirs();
            NaiveHost host = new NaiveHost(directory, getContext().get(Launcher.class), getContext().get(EnvVars.class));
            return Trial.named(trial, "", 0).run(host);
        }
    }

    @OptionalExtension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "naive";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, Launcher.class, EnvVars.class);
        }
    }
}
