package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Describable;
import io.jenkins.plugins.igny8.operation.ImageToBuild;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Image(...)}: one image for {@code igny8Build}. */
public class Igny8Image extends Igny8Describable {

    private final String name;
    private String dockerfile;
    private String context;
    private List<String> buildArgs;
    private String target;

    @DataBoundConstructor
    public Igny8Image(String name) {
        this.name = name;
    }

    public ImageToBuild image() {
        String file = dockerfile != null ? dockerfile : getContext().equals(".") ? "Dockerfile" : getContext() + "/Dockerfile";
        return new ImageToBuild(name, file, getContext(), Given.list(buildArgs), target);
    }

    public String getName() {
        return name;
    }

    /** Null: Docker's own default, the file called Dockerfile in the context. A getter that said so would freeze it in forms. */
    public String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public void setDockerfile(String dockerfile) {
        this.dockerfile = Given.text(dockerfile);
    }

    public String getContext() {
        return context == null ? "." : context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        this.context = Given.text(context);
    }

    public List<String> getBuildArgs() {
        return buildArgs;
    }

    @DataBoundSetter
    public void setBuildArgs(List<String> buildArgs) {
        this.buildArgs = buildArgs;
    }

    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = Given.text(target);
    }

    @Extension
    @Symbol("igny8Image")
    public static class DescriptorImpl extends Descriptor {}
}
