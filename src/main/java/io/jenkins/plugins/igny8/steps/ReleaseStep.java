package io.jenkins.plugins.igny8.steps;

import io.jenkins.plugins.igny8.operation.BuiltImage;
import io.jenkins.plugins.igny8.operation.CodeTruth;
import io.jenkins.plugins.igny8.operation.ComposeProject;
import io.jenkins.plugins.igny8.operation.ComposeUp;
import io.jenkins.plugins.igny8.operation.Gates;
import io.jenkins.plugins.igny8.operation.Migrate;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.UpOptions;
import io.jenkins.plugins.igny8.operation.WaitHealthy;
import java.time.Duration;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that changes a project's release, forwards or back: what both ask before the switch, and when they believe it. */
public abstract class ReleaseStep extends ComposeProjectStep {

    private String service;
    private List<String> workers;
    private Boolean noMigrate;
    private String pendingCommand;
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

    /** The switch itself. */
    final ComposeUp up(ComposeProject project, List<BuiltImage> images, UpOptions options, Settings settings, CodeTruth truth) {
        return new ComposeUp(
                project, List.of(), images, Duration.ofSeconds(Given.or(deadline, settings.upDeadline())), options, truth);
    }

    /** All around it. */
    final Gates gates(ComposeUp up, Settings settings) {
        WaitHealthy healthy = new WaitHealthy(
                up.project().name(),
                List.of(),
                probes == null ? List.of() : probes.stream().map(Igny8Probe::probe).toList(),
                Duration.ofSeconds(Given.or(healthDeadline, settings.healthyDeadline())),
                Duration.ofSeconds(getSettle()));
        return new Gates(
                up, healthy, getService(), Given.list(workers), Duration.ofSeconds(getLockWait()), isTakeOver(), getKeep(), isDryRun(), isReturnOutcome());
    }

    /** How migrations are told and applied; null: the database is let alone. */
    final Migrate migrate(ComposeProject project, List<BuiltImage> images, String applyCommand, Settings settings, CodeTruth truth) {
        return isNoMigrate()
                ? null
                : new Migrate(
                        project,
                        getService(),
                        images,
                        getPendingCommand(),
                        applyCommand,
                        null,
                        Duration.ofSeconds(Given.or(migrateDeadline, settings.migrateDeadline())),
                        truth);
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
}
