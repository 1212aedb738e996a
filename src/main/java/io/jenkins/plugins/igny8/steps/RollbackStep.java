package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.Ahead;
import io.jenkins.plugins.igny8.operation.CodeTruth;
import io.jenkins.plugins.igny8.operation.ComposeProject;
import io.jenkins.plugins.igny8.operation.Gates;
import io.jenkins.plugins.igny8.operation.Migrate;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Rollback;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.UpOptions;
import java.util.List;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Rollback}: back to a release that stood before, through the gates of a deployment. */
public class RollbackStep extends ReleaseStep {

    private Integer release;
    private String migrations;
    private String reverseCommand;

    @DataBoundConstructor
    public RollbackStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        ComposeProject project = project(settings);
        UpOptions options = new UpOptions(List.of(), true, false, false, false, Given.seconds(getGrace()));
        Gates gates = gates(up(project, List.of(), options, settings, CodeTruth.CHECK), settings);
        Migrate migrate = migrate(project, List.of(), Migrate.DEFAULT_APPLY, settings, CodeTruth.IMAGE);
        return new Rollback(gates, release == null ? null : release.longValue(), Ahead.of(getMigrations()), migrate, getReverseCommand());
    }

    @Override
    public Set<String> shellText() {
        return Set.of("pendingCommand", "reverseCommand");
    }

    public Integer getRelease() {
        return release;
    }

    @DataBoundSetter
    public void setRelease(Integer release) {
        this.release = release;
    }

    public String getMigrations() {
        return migrations == null ? Ahead.REFUSE.word() : migrations;
    }

    @DataBoundSetter
    public void setMigrations(String migrations) {
        this.migrations = Given.text(migrations);
    }

    public String getReverseCommand() {
        return reverseCommand == null ? Rollback.DEFAULT_REVERSE : reverseCommand;
    }

    @DataBoundSetter
    public void setReverseCommand(String reverseCommand) {
        this.reverseCommand = Given.text(reverseCommand);
    }

    @Extension
    @Symbol("igny8Rollback")
    public static class DescriptorImpl extends Descriptor {}
}
