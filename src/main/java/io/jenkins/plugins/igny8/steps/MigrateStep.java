package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.CodeTruth;
import io.jenkins.plugins.igny8.operation.Migrate;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Migrate}: applies pending migrations with the new image before anything is switched. */
public class MigrateStep extends ComposeProjectStep {

    private String service;
    private List<Igny8BuiltImage> images;
    private String pendingCommand;
    private String applyCommand;
    private Boolean plan;
    private String sqlCommand;
    private Integer deadline;
    private String code;

    @DataBoundConstructor
    public MigrateStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new Migrate(
                project(settings),
                getService(),
                Given.images(images),
                getPendingCommand(),
                getApplyCommand(),
                isPlan() ? getSqlCommand() : null,
                Duration.ofSeconds(Given.or(deadline, settings.migrateDeadline())),
                CodeTruth.of(getCode()));
    }

    @Override
    public Set<String> shellText() {
        return Set.of("pendingCommand", "applyCommand", "sqlCommand");
    }

    public String getService() {
        return service == null ? Migrate.DEFAULT_SERVICE : service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Given.text(service);
    }

    public List<Igny8BuiltImage> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<Igny8BuiltImage> images) {
        this.images = images;
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

    public boolean isPlan() {
        return plan != null && plan;
    }

    @DataBoundSetter
    public void setPlan(Boolean plan) {
        this.plan = plan;
    }

    public String getSqlCommand() {
        return sqlCommand == null ? Migrate.DEFAULT_SQL : sqlCommand;
    }

    @DataBoundSetter
    public void setSqlCommand(String sqlCommand) {
        this.sqlCommand = Given.text(sqlCommand);
    }

    public Integer getDeadline() {
        return deadline;
    }

    @DataBoundSetter
    public void setDeadline(Integer deadline) {
        this.deadline = deadline;
    }

    public String getCode() {
        return code == null ? CodeTruth.CHECK.word() : code;
    }

    @DataBoundSetter
    public void setCode(String code) {
        this.code = Given.text(code);
    }

    @Extension
    @Symbol("igny8Migrate")
    public static class DescriptorImpl extends Descriptor {}
}
