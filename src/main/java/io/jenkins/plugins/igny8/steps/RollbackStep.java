package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.Ahead;
import io.jenkins.plugins.igny8.operation.CodeTruth;
import io.jenkins.plugins.igny8.operation.ComposeProject;
import io.jenkins.plugins.igny8.operation.ComposeUp;
import io.jenkins.plugins.igny8.operation.Gates;
import io.jenkins.plugins.igny8.operation.Migrate;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Rollback;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.UpOptions;
import io.jenkins.plugins.igny8.operation.WaitHealthy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Rollback}: back to a release that stood before, through the gates of a deployment. */
public class RollbackStep extends ComposeProjectStep {

    private Integer release;
    private String migrations;
    private String service;
    private List<String> workers;
    private Boolean noMigrate;
    private String pendingCommand;
    private String reverseCommand;
    private Integer migrateDeadline;
    private Integer grace;
    private Integer deadline;
    private Integer healthDeadline;
    private Integer settle;
    private List<Igny8Probe> probes;
    private Integer lockWait;
    private Boolean takeOver;
    private Integer keep;
    private Boolean dryRun;
    private Boolean returnOutcome;

    @DataBoundConstructor
    public RollbackStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        ComposeProject project = project(settings);
        UpOptions options = new UpOptions(List.of(), true, false, false, false, Given.seconds(grace));
        ComposeUp up = new ComposeUp(
                project, List.of(), List.of(), Duration.ofSeconds(Given.or(deadline, settings.upDeadline())), options, CodeTruth.CHECK);
        Migrate migrate = new Migrate(
                project,
                getService(),
                List.of(),
                getPendingCommand(),
                Migrate.DEFAULT_APPLY,
                null,
                Duration.ofSeconds(Given.or(migrateDeadline, settings.migrateDeadline())),
                CodeTruth.IMAGE);
        WaitHealthy healthy = new WaitHealthy(
                project.name(),
                List.of(),
                probes == null ? List.of() : probes.stream().map(Igny8Probe::probe).toList(),
                Duration.ofSeconds(Given.or(healthDeadline, settings.healthyDeadline())),
                Duration.ofSeconds(getSettle()));
        Gates gates = new Gates(
                up, healthy, getService(), Given.list(workers), Duration.ofSeconds(getLockWait()), isTakeOver(), getKeep(), isDryRun(), isReturnOutcome());
        return new Rollback(
                gates, release == null ? null : release.longValue(), Ahead.of(getMigrations()), isNoMigrate() ? null : migrate, getReverseCommand());
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

    public String getService() {
        return service == null ? Migrate.DEFAULT_SERVICE : service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Given.text(service);
    }

    public List<String> getWorkers() {
        return workers;
    }

    @DataBoundSetter
    public void setWorkers(List<String> workers) {
        this.workers = workers;
    }

    public boolean isNoMigrate() {
        return noMigrate != null && noMigrate;
    }

    @DataBoundSetter
    public void setNoMigrate(Boolean noMigrate) {
        this.noMigrate = noMigrate;
    }

    public String getPendingCommand() {
        return pendingCommand == null ? Migrate.DEFAULT_PENDING : pendingCommand;
    }

    @DataBoundSetter
    public void setPendingCommand(String pendingCommand) {
        this.pendingCommand = Given.text(pendingCommand);
    }

    public String getReverseCommand() {
        return reverseCommand == null ? Rollback.DEFAULT_REVERSE : reverseCommand;
    }

    @DataBoundSetter
    public void setReverseCommand(String reverseCommand) {
        this.reverseCommand = Given.text(reverseCommand);
    }

    public Integer getMigrateDeadline() {
        return migrateDeadline;
    }

    @DataBoundSetter
    public void setMigrateDeadline(Integer migrateDeadline) {
        this.migrateDeadline = migrateDeadline;
    }

    public Integer getGrace() {
        return grace;
    }

    @DataBoundSetter
    public void setGrace(Integer grace) {
        this.grace = grace;
    }

    public Integer getDeadline() {
        return deadline;
    }

    @DataBoundSetter
    public void setDeadline(Integer deadline) {
        this.deadline = deadline;
    }

    public Integer getHealthDeadline() {
        return healthDeadline;
    }

    @DataBoundSetter
    public void setHealthDeadline(Integer healthDeadline) {
        this.healthDeadline = healthDeadline;
    }

    public int getSettle() {
        return settle == null ? (int) WaitHealthy.SETTLE.toSeconds() : settle;
    }

    @DataBoundSetter
    public void setSettle(Integer settle) {
        this.settle = settle;
    }

    public List<Igny8Probe> getProbes() {
        return probes;
    }

    @DataBoundSetter
    public void setProbes(List<Igny8Probe> probes) {
        this.probes = probes;
    }

    public int getLockWait() {
        return lockWait == null ? (int) Gates.PATIENCE.toSeconds() : lockWait;
    }

    @DataBoundSetter
    public void setLockWait(Integer lockWait) {
        this.lockWait = lockWait;
    }

    public boolean isTakeOver() {
        return takeOver != null && takeOver;
    }

    @DataBoundSetter
    public void setTakeOver(Boolean takeOver) {
        this.takeOver = takeOver;
    }

    public int getKeep() {
        return keep == null ? Gates.KEEP : keep;
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

    public boolean isReturnOutcome() {
        return returnOutcome != null && returnOutcome;
    }

    @DataBoundSetter
    public void setReturnOutcome(Boolean returnOutcome) {
        this.returnOutcome = returnOutcome;
    }

    @Extension
    @Symbol("igny8Rollback")
    public static class DescriptorImpl extends Descriptor {}
}
