package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.CodeTruth;
import io.jenkins.plugins.igny8.operation.ComposeProject;
import io.jenkins.plugins.igny8.operation.ComposeUp;
import io.jenkins.plugins.igny8.operation.Deploy;
import io.jenkins.plugins.igny8.operation.Gates;
import io.jenkins.plugins.igny8.operation.Migrate;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.UpOptions;
import io.jenkins.plugins.igny8.operation.WaitHealthy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Deploy}: a deployment that either becomes the new truth or changes nothing. */
public class DeployStep extends ComposeProjectStep {

    private List<Igny8BuiltImage> images;
    private String service;
    private List<String> workers;
    private Boolean noCheck;
    private Boolean noMigrate;
    private String pendingCommand;
    private String applyCommand;
    private Integer migrateDeadline;
    private Boolean noCandidate;
    private List<String> scale;
    private Boolean removeOrphans;
    private Integer grace;
    private Integer deadline;
    private Integer healthDeadline;
    private Integer settle;
    private List<Igny8Probe> probes;
    private String code;
    private Integer lockWait;
    private Boolean takeOver;
    private Integer keep;
    private Boolean pullRequests;
    private Boolean dryRun;
    private Boolean returnOutcome;

    @DataBoundConstructor
    public DeployStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        ComposeProject project = project(settings);
        CodeTruth truth = CodeTruth.of(getCode());
        UpOptions options = new UpOptions(Given.list(scale), true, false, false, isRemoveOrphans(), Given.seconds(grace));
        ComposeUp up = new ComposeUp(
                project, List.of(), Given.images(images), Duration.ofSeconds(Given.or(deadline, settings.upDeadline())), options, truth);
        Migrate migrate = new Migrate(
                project,
                getService(),
                Given.images(images),
                getPendingCommand(),
                getApplyCommand(),
                null,
                Duration.ofSeconds(Given.or(migrateDeadline, settings.migrateDeadline())),
                truth);
        WaitHealthy healthy = new WaitHealthy(
                project.name(),
                List.of(),
                probes == null ? List.of() : probes.stream().map(Igny8Probe::probe).toList(),
                Duration.ofSeconds(Given.or(healthDeadline, settings.healthyDeadline())),
                Duration.ofSeconds(getSettle()));
        Gates gates = new Gates(
                up,
                healthy,
                getService(),
                Given.list(workers),
                Duration.ofSeconds(getLockWait()),
                isTakeOver(),
                getKeep(),
                isDryRun(),
                isReturnOutcome());
        return new Deploy(gates, !isNoCheck(), isNoMigrate() ? null : migrate, !isNoCandidate(), isPullRequests());
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

    public boolean isNoCheck() {
        return noCheck != null && noCheck;
    }

    @DataBoundSetter
    public void setNoCheck(Boolean noCheck) {
        this.noCheck = noCheck;
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

    public String getApplyCommand() {
        return applyCommand == null ? Migrate.DEFAULT_APPLY : applyCommand;
    }

    @DataBoundSetter
    public void setApplyCommand(String applyCommand) {
        this.applyCommand = Given.text(applyCommand);
    }

    public Integer getMigrateDeadline() {
        return migrateDeadline;
    }

    @DataBoundSetter
    public void setMigrateDeadline(Integer migrateDeadline) {
        this.migrateDeadline = migrateDeadline;
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

    public String getCode() {
        return code == null ? CodeTruth.CHECK.word() : code;
    }

    @DataBoundSetter
    public void setCode(String code) {
        this.code = Given.text(code);
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

    public boolean isPullRequests() {
        return pullRequests != null && pullRequests;
    }

    @DataBoundSetter
    public void setPullRequests(Boolean pullRequests) {
        this.pullRequests = pullRequests;
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
    @Symbol("igny8Deploy")
    public static class DescriptorImpl extends Descriptor {}
}
