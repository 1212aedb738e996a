package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Describable;
import io.jenkins.plugins.igny8.operation.BuiltImage;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * One image as Build, Push and Pull return it, so that their results can be handed to another step as they are. Its
 * parameters are exactly the keys of {@link BuiltImage}.
 */
public class Igny8BuiltImage extends Igny8Describable {

    private final String name;
    private String reference;
    private String imageId;
    private String digest;
    private Double seconds;
    private Boolean cached;

    @DataBoundConstructor
    public Igny8BuiltImage(String name) {
        this.name = name;
    }

    public BuiltImage image() {
        return new BuiltImage(name, reference == null ? name : reference, imageId, digest, seconds, cached);
    }

    public String getName() {
        return name;
    }

    public String getReference() {
        return reference;
    }

    @DataBoundSetter
    public void setReference(String reference) {
        this.reference = Given.text(reference);
    }

    public String getImageId() {
        return imageId;
    }

    @DataBoundSetter
    public void setImageId(String imageId) {
        this.imageId = Given.text(imageId);
    }

    public String getDigest() {
        return digest;
    }

    @DataBoundSetter
    public void setDigest(String digest) {
        this.digest = Given.text(digest);
    }

    public Double getSeconds() {
        return seconds;
    }

    @DataBoundSetter
    public void setSeconds(Double seconds) {
        this.seconds = seconds;
    }

    public Boolean getCached() {
        return cached;
    }

    @DataBoundSetter
    public void setCached(Boolean cached) {
        this.cached = cached;
    }

    @Extension
    @Symbol("igny8BuiltImage")
    public static class DescriptorImpl extends Descriptor {}
}
