package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.BuiltImage;
import io.jenkins.plugins.igny8.operation.CodeTruth;
import io.jenkins.plugins.igny8.operation.ComposeProject;
import io.jenkins.plugins.igny8.operation.Deploy;
import io.jenkins.plugins.igny8.operation.Gates;
import io.jenkins.plugins.igny8.operation.Migrate;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.UpOptions;
import java.util.List;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Deploy}: a deployment that either becomes the new truth or changes nothing. */
public class DeployStep extends ReleaseStep {

    private List<Igny8BuiltImage> images;
    private Boolean noCheck;
    private String applyCommand;
    private Boolean noCandidate;
    private List<String> scale;
    private Boolean removeOrphans;
    private String code;
    private Boolean pullRequests;

    @DataBoundConstructor
    public DeployStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        ComposeProject project = project(settings);
        List<BuiltImage> built = Given.images(images);
        CodeTruth truth = CodeTruth.of(getCode());
        UpOptions options = new UpOptions(Given.list(scale), true, false, false, isRemoveOrphans(), Given.seconds(getGrace()));
        Gates gates = gates(up(project, built, options, settings, truth), settings);
        return new Deploy(gates, !isNoCheck(), migrate(project, built, getApplyCommand(), settings, truth), !isNoCandidate(), isPullRequests());
    }

    @Override
    public Set<String> shellText() {
        return Set.of("pendingCommand", "applyCommand");
    }

    public List<Igny8BuiltImage> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<Igny8BuiltImage> images) {
        this.images = images;
    }

    public boolean isNoCheck() {
        return noCheck != null && noCheck;
    }

    @DataBoundSetter
    public void setNoCheck(Boolean noCheck) {
        this.noCheck = noCheck;
    }

    public String getApplyCommand() {
        return applyCommand == null ? Migrate.DEFAULT_APPLY : applyCommand;
    }

    @DataBoundSetter
    public void setApplyCommand(String applyCommand) {
        this.applyCommand = Given.text(applyCommand);
    }

    public boolean isNoCandidate() {
        return noCandidate != null && noCandidate;
    }

    @DataBoundSetter
    public void setNoCandidate(Boolean noCandidate) {
        this.noCandidate = noCandidate;
    }

    public List<String> getScale() {
        return scale;
    }

    @DataBoundSetter
    public void setScale(List<String> scale) {
        this.scale = scale;
    }

    public boolean isRemoveOrphans() {
        return removeOrphans != null && removeOrphans;
    }

    @DataBoundSetter
    public void setRemoveOrphans(Boolean removeOrphans) {
        this.removeOrphans = removeOrphans;
    }

    public String getCode() {
        return code == null ? CodeTruth.CHECK.word() : code;
    }

    @DataBoundSetter
    public void setCode(String code) {
        this.code = Given.text(code);
    }

    public boolean isPullRequests() {
        return pullRequests != null && pullRequests;
    }

    @DataBoundSetter
    public void setPullRequests(Boolean pullRequests) {
        this.pullRequests = pullRequests;
    }

    @Extension
    @Symbol("igny8Deploy")
    public static class DescriptorImpl extends Descriptor {}
}
