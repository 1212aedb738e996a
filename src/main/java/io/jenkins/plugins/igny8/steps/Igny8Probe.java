package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Describable;
import io.jenkins.plugins.igny8.operation.Probe;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Probe(...)}: one HTTP request for {@code igny8WaitHealthy}. */
public class Igny8Probe extends Igny8Describable {

    private final String url;
    private Integer status;
    private String text;
    private List<String> json;

    @DataBoundConstructor
    public Igny8Probe(String url) {
        this.url = url;
    }

    public Probe probe() {
        return new Probe(url, getStatus(), text, Given.list(json));
    }

    public String getUrl() {
        return url;
    }

    public int getStatus() {
        return status == null ? Probe.STATUS : status;
    }

    @DataBoundSetter
    public void setStatus(Integer status) {
        this.status = status;
    }

    public String getText() {
        return text;
    }

    @DataBoundSetter
    public void setText(String text) {
        this.text = Given.text(text);
    }

    public List<String> getJson() {
        return json;
    }

    @DataBoundSetter
    public void setJson(List<String> json) {
        this.json = json;
    }

    @Extension
    @Symbol("igny8Probe")
    public static class DescriptorImpl extends Descriptor {}
}
