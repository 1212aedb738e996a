package io.jenkins.plugins.igny8.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.jenkins.BuildHost;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * Any operation as a build step of a freestyle job: the pipeline's step, with variables expanded. It is deliberately no
 * {@code SimpleBuildStep}, which would be a second way into pipelines.
 */
public final class Igny8Builder extends Builder {

    private final Igny8Step step;

    @DataBoundConstructor
    public Igny8Builder(Igny8Step step) {
        this.step = step;
    }

    public Igny8Step getStep() {
        return step;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) throws InterruptedException, IOException {
        if (step == null) {
            throw new AbortException("No operation is chosen here: configure the job and choose one.");
        }
        FilePath workspace = build.getWorkspace();
        if (workspace == null) {
            throw new AbortException("The build's workspace is gone, its agent too probably: start the build again.");
        }
        EnvVars environment = build.getEnvironment(listener);
        environment.overrideAll(build.getBuildVariables());
        try (BuildHost host = BuildHost.ofBuild(build, workspace, environment, launcher, listener)) {
            host.perform(new Expansion(environment).of(step));
            return true;
        } catch (Failure e) {
            AbortException abort = new AbortException(step.getDescriptor().getFunctionName() + ": " + e.getMessage());
            abort.initCause(e);
            throw abort;
        }
    }

    /** Offers all operations. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @NonNull
        @Override
        public String getDisplayName() {
            return "IGNY8 operation";
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        /** Those that stand alone: a step around a block of others has nothing to be around here. */
        public List<Igny8Step.Descriptor> getSteps() {
            return ExtensionList.lookup(Igny8Step.Descriptor.class).stream()
                    .filter(step -> !step.takesImplicitBlockArgument())
                    .sorted(Comparator.comparing(Igny8Step.Descriptor::getDisplayName))
                    .toList();
        }
    }
}
