package io.jenkins.plugins.igny8.freestyle;

import hudson.Extension;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.steps.Igny8Check;
import io.jenkins.plugins.igny8.steps.Igny8Image;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A step of tests: says what it was given, then runs a program, if it was given one. The text "fail" makes it fail. */
public class SayStep extends Igny8Step {

    private final String text;
    private String shell;
    private List<String> lines;
    private List<Igny8Image> images;
    private List<Igny8Check> checks;
    private Integer number;
    private List<String> program;

    @DataBoundConstructor
    public SayStep(String text) {
        this.text = text;
    }

    @Override
    public Operation<?> operation(Settings settings) {
        return host -> {
            if (text.equals("fail")) {
                throw new Failure("It was told to fail.");
            }
            String image = images == null ? "" : images.get(0).getName() + images.get(0).getBuildArgs();
            host.tell(Event.note("", "said <" + text + "> <" + shell + "> " + lines + " <" + image + "> " + number));
            if (checks != null) {
                host.tell(Event.note("", "checks " + checks.get(0).check()));
            }
            if (program != null) {
                int code = host.change("test", new Command(program, Map.of(), null), line -> host.tell(Event.line("program", line)));
                host.tell(Event.note("", "the program ended with " + code));
            }
            return null;
        };
    }

    @Override
    public Set<String> shellText() {
        return Set.of("shell");
    }

    public String getText() {
        return text;
    }

    public String getShell() {
        return shell;
    }

    @DataBoundSetter
    public void setShell(String shell) {
        this.shell = shell;
    }

    public List<String> getLines() {
        return lines;
    }

    @DataBoundSetter
    public void setLines(List<String> lines) {
        this.lines = lines;
    }

    public List<Igny8Image> getImages() {
        return images;
    }

    @DataBoundSetter
    public void setImages(List<Igny8Image> images) {
        this.images = images;
    }

    public List<Igny8Check> getChecks() {
        return checks;
    }

    @DataBoundSetter
    public void setChecks(List<Igny8Check> checks) {
        this.checks = checks;
    }

    public Integer getNumber() {
        return number;
    }

    @DataBoundSetter
    public void setNumber(Integer number) {
        this.number = number;
    }

    public List<String> getProgram() {
        return program;
    }

    @DataBoundSetter
    public void setProgram(List<String> program) {
        this.program = program;
    }

    @Extension
    @Symbol("igny8Say")
    public static class DescriptorImpl extends Descriptor {}
}
