package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.CodeTruth;
import io.jenkins.plugins.igny8.operation.Migrate;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.operation.TestImage;
import java.util.List;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Test}: a command in a container of a built image, whose JUnit files come out whatever the exit code. */
public class TestStep extends Igny8Step {

    private final String command;
    private String image;
    private String network;
    private Boolean infra;
    private List<String> environment;
    private String envFile;
    private String results;
    private String into;
    private Boolean returnStatus;
    private String code;
    private String project;
    private String service;

    @DataBoundConstructor
    public TestStep(String command) {
        this.command = command;
    }

    @Override
    public Operation<?> operation(Settings settings) {
        return new TestImage(
                command,
                image,
                network,
                isInfra(),
                Given.list(environment),
                envFile,
                getResults(),
                getInto(),
                CodeTruth.of(getCode()),
                Given.or(project, settings.project()),
                getService(),
                isReturnStatus());
    }

    @Override
    public Set<String> shellText() {
        return Set.of("command");
    }

    public String getCommand() {
        return command;
    }

    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Given.text(image);
    }

    public String getNetwork() {
        return network;
    }

    @DataBoundSetter
    public void setNetwork(String network) {
        this.network = Given.text(network);
    }

    public boolean isInfra() {
        return infra != null && infra;
    }

    @DataBoundSetter
    public void setInfra(Boolean infra) {
        this.infra = infra;
    }

    public List<String> getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(List<String> environment) {
        this.environment = environment;
    }

    public String getEnvFile() {
        return envFile;
    }

    @DataBoundSetter
    public void setEnvFile(String envFile) {
        this.envFile = Given.text(envFile);
    }

    public String getResults() {
        return results == null ? TestImage.DEFAULT_RESULTS : results;
    }

    @DataBoundSetter
    public void setResults(String results) {
        this.results = Given.text(results);
    }

    public String getInto() {
        return into == null ? TestImage.DEFAULT_INTO : into;
    }

    @DataBoundSetter
    public void setInto(String into) {
        this.into = Given.text(into);
    }

    public boolean isReturnStatus() {
        return returnStatus != null && returnStatus;
    }

    @DataBoundSetter
    public void setReturnStatus(Boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    public String getService() {
        return service == null ? Migrate.DEFAULT_SERVICE : service;
    }

    @DataBoundSetter
    public void setService(String service) {
        this.service = Given.text(service);
    }

    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Given.text(project);
    }

    public String getCode() {
        return code == null ? CodeTruth.IMAGE.word() : code;
    }

    @DataBoundSetter
    public void setCode(String code) {
        this.code = Given.text(code);
    }

    @Extension
    @Symbol("igny8Test")
    public static class DescriptorImpl extends Descriptor {}
}
