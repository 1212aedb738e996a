package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Describable;
import io.jenkins.plugins.igny8.operation.InfraCheck;
import io.jenkins.plugins.igny8.operation.Probe;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8Check(...)}: one thing that {@code igny8CheckInfra} looks for. */
public class Igny8Check extends Igny8Describable {

    private String container;
    private String command;
    private String tcp;
    private String url;
    private Integer status;

    @DataBoundConstructor
    public Igny8Check() {}

    public InfraCheck check() {
        return new InfraCheck(container, command, tcp, url, getStatus());
    }

    @Override
    public Set<String> shellText() {
        return Set.of("command");
    }

    public String getContainer() {
        return container;
    }

    @DataBoundSetter
    public void setContainer(String container) {
        this.container = Given.text(container);
    }

    public String getCommand() {
        return command;
    }

    @DataBoundSetter
    public void setCommand(String command) {
        this.command = Given.text(command);
    }

    public String getTcp() {
        return tcp;
    }

    @DataBoundSetter
    public void setTcp(String tcp) {
        this.tcp = Given.text(tcp);
    }

    public String getUrl() {
        return url;
    }

    @DataBoundSetter
    public void setUrl(String url) {
        this.url = Given.text(url);
    }

    public int getStatus() {
        return status == null ? Probe.STATUS : status;
    }

    @DataBoundSetter
    public void setStatus(Integer status) {
        this.status = status;
    }

    @Extension
    @Symbol("igny8Check")
    public static class DescriptorImpl extends Descriptor {}
}
