package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Describable;
import io.jenkins.plugins.igny8.operation.BuildOptions;
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
    private List<String> tags;
    private List<String> labels;
    private List<String> secrets;
    private List<String> ssh;
    private List<String> cacheFrom;
    private List<String> cacheTo;
    private List<String> platforms;
    private Boolean pull;
    private Boolean noCache;

    @DataBoundConstructor
    public Igny8Image(String name) {
        this.name = name;
    }

    public ImageToBuild image() {
        String file = dockerfile != null ? dockerfile : getContext().equals(".") ? "Dockerfile" : getContext() + "/Dockerfile";
        BuildOptions options = new BuildOptions(
                Given.list(buildArgs),
                target,
                Given.list(tags),
                Given.list(labels),
                Given.list(secrets),
                Given.list(ssh),
                Given.list(cacheFrom),
                Given.list(cacheTo),
                Given.list(platforms),
                isPull(),
                isNoCache());
        return new ImageToBuild(name, file, getContext(), options);
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

    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = tags;
    }

    public List<String> getLabels() {
        return labels;
    }

    @DataBoundSetter
    public void setLabels(List<String> labels) {
        this.labels = labels;
    }

    public List<String> getSecrets() {
        return secrets;
    }

    @DataBoundSetter
    public void setSecrets(List<String> secrets) {
        this.secrets = secrets;
    }

    public List<String> getSsh() {
        return ssh;
    }

    @DataBoundSetter
    public void setSsh(List<String> ssh) {
        this.ssh = ssh;
    }

    public List<String> getCacheFrom() {
        return cacheFrom;
    }

    @DataBoundSetter
    public void setCacheFrom(List<String> cacheFrom) {
        this.cacheFrom = cacheFrom;
    }

    public List<String> getCacheTo() {
        return cacheTo;
    }

    @DataBoundSetter
    public void setCacheTo(List<String> cacheTo) {
        this.cacheTo = cacheTo;
    }

    public List<String> getPlatforms() {
        return platforms;
    }

    @DataBoundSetter
    public void setPlatforms(List<String> platforms) {
        this.platforms = platforms;
    }

    public boolean isPull() {
        return pull != null && pull;
    }

    @DataBoundSetter
    public void setPull(Boolean pull) {
        this.pull = pull;
    }

    public boolean isNoCache() {
        return noCache != null && noCache;
    }

    @DataBoundSetter
    public void setNoCache(Boolean noCache) {
        this.noCache = noCache;
    }

    @Extension
    @Symbol("igny8Image")
    public static class DescriptorImpl extends Descriptor {}
}
