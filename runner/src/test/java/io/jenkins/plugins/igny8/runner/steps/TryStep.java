package io.jenkins.plugins.igny8.runner.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.jenkins.Igny8Describable;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A step made like the plugin's, for tests: returns what it was given and what it sees. */
public class TryStep extends Igny8Step {

    private final String text;
    private Integer deadline;
    private List<String> words;
    private List<Part> parts;
    private String failure;

    @DataBoundConstructor
    public TryStep(String text) {
        this.text = text;
    }

    @DataBoundSetter
    public void setDeadline(Integer deadline) {
        this.deadline = deadline;
    }

    @DataBoundSetter
    public void setWords(List<String> words) {
        this.words = words;
    }

    @DataBoundSetter
    public void setParts(List<Part> parts) {
        this.parts = parts;
    }

    @DataBoundSetter
    public void setFailure(String failure) {
        this.failure = failure;
    }

    /** What the step returns. */
    public record Seen(String text, int deadline, List<String> words, List<String> parts, String folder, String variable) {}

    @Override
    public Operation<?> operation(Settings settings) {
        return host -> {
            if (failure != null) {
                throw new Failure(failure);
            }
            List<String> names = parts == null ? List.of() : parts.stream().map(part -> part.name + "=" + part.size).toList();
            return new Seen(text, deadline == null ? 300 : deadline, words, names, host.workspace().path(), host.environment().get("TRY"));
        };
    }

    @Extension
    @Symbol("tryStep")
    public static class DescriptorImpl extends Descriptor {}

    /** A describable in a list. */
    public static class Part extends Igny8Describable {

        private final String name;
        private int size = 1;

        @DataBoundConstructor
        public Part(String name) {
            this.name = name;
        }

        @DataBoundSetter
        public void setSize(int size) {
            this.size = size;
        }

        @Extension
        @Symbol("tryPart")
        public static class DescriptorImpl extends Descriptor {}
    }
}
