package io.jenkins.plugins.igny8.steps;

import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.ComposeProject;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of every step that reads a project's compose files. */
public abstract class ComposeProjectStep extends Igny8Step {

    private String project;
    private List<String> files;
    private List<String> profiles;
    private String envFile;
    private String envFileCredentialsId;
    private List<String> environment;

    ComposeProject project(Settings settings) {
        return new ComposeProject(
                Given.or(project, settings.project()),
                Given.or(files, settings.files()),
                Given.list(profiles),
                envFile,
                envFileCredentialsId,
                Given.list(environment));
    }

    public String getProject() {
        return project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Given.text(project);
    }

    public List<String> getFiles() {
        return files;
    }

    @DataBoundSetter
    public void setFiles(List<String> files) {
        this.files = files;
    }

    public List<String> getProfiles() {
        return profiles;
    }

    @DataBoundSetter
    public void setProfiles(List<String> profiles) {
        this.profiles = profiles;
    }

    public String getEnvFile() {
        return envFile;
    }

    @DataBoundSetter
    public void setEnvFile(String envFile) {
        this.envFile = Given.text(envFile);
    }

    public String getEnvFileCredentialsId() {
        return envFileCredentialsId;
    }

    @DataBoundSetter
    public void setEnvFileCredentialsId(String envFileCredentialsId) {
        this.envFileCredentialsId = Given.text(envFileCredentialsId);
    }

    public List<String> getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(List<String> environment) {
        this.environment = environment;
    }
}
