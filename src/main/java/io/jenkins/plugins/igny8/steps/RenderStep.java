package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Render;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Render}: the compose file that is deployed, with pinned images, nothing to build and no code from outside the images. */
public class RenderStep extends ComposeProjectStep {

    private List<Igny8BuiltImage> images;
    private String output;
    private String codeRoot;

    @DataBoundConstructor
    public RenderStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new Render(project(settings), Given.images(images), output, getCodeRoot());
    }

    public List<Igny8BuiltImage> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<Igny8BuiltImage> images) {
        this.images = images;
    }

    public String getOutput() {
        return output;
    }

    @DataBoundSetter
    public void setOutput(String output) {
        this.output = Given.text(output);
    }

    public String getCodeRoot() {
        return codeRoot == null ? Render.CODE_ROOT : codeRoot;
    }

    @DataBoundSetter
    public void setCodeRoot(String codeRoot) {
        this.codeRoot = Given.text(codeRoot);
    }

    @Extension
    @Symbol("igny8Render")
    public static class DescriptorImpl extends Descriptor {}
}
