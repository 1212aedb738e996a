package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.PruneImages;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Prune}: removes old images of a pipeline from the engine. */
public class PruneStep extends Igny8Step {

    private List<String> repositories;
    private Integer keep;
    private Boolean dryRun;

    @DataBoundConstructor
    public PruneStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new PruneImages(Given.list(repositories), Given.or(keep, settings.keepImages()), isDryRun());
    }

    public List<String> getRepositories() {
        return repositories;
    }

    @DataBoundSetter
    public void setRepositories(List<String> repositories) {
        this.repositories = repositories;
    }

    public Integer getKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(Integer keep) {
        this.keep = keep;
    }

    public boolean isDryRun() {
        return dryRun != null && dryRun;
    }

    @DataBoundSetter
    public void setDryRun(Boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Extension
    @Symbol("igny8Prune")
    public static class DescriptorImpl extends Descriptor {}
}
