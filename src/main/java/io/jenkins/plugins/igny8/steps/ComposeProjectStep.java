package io.jenkins.plugins.igny8.steps;

import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.ComposeProject;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of every step that reads a project's compose files. */
public abstract class ComposeProjectStep extends Igny8Step {

    private String project;
    private List<String> files;
    private List<String> profiles;
    private String envFile;
    private List<String> environment;

    ComposeProject project() {
        return new ComposeProject(
                project, Given.list(files), Given.list(profiles), envFile, Given.list(environment));
    }

    public String getProject() {
        return project == null ? ComposeProject.DEFAULT_NAME : project;
    }

    @DataBoundSetter
    public void setProject(String project) {
        this.project = Given.text(project);
    }

    public List<String> getFiles() {
        return files == null ? List.of(ComposeProject.DEFAULT_FILE) : files;
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

    public List<String> getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(List<String> environment) {
        this.environment = environment;
    }
}
