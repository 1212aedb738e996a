package io.jenkins.plugins.igny8.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a run of a Jenkinsfile came to, in the one form that both sides are brought into: a tree of stages with their steps. */
final class Account {

    /** One call of a step; {@code error} is null where it ended well. */
    record Step(String name, Map<String, ?> arguments, String error) {}

    /** A stage, or, as the root, the run itself. */
    static final class Stage {
        final String name;
        final List<Step> steps = new ArrayList<>();
        final List<Stage> stages = new ArrayList<>();
        String result;

        Stage(String name) {
            this.name = name;
        }

        private void write(StringBuilder text, String indent) {
            text.append(indent).append(name).append(": ").append(result).append('\n');
            for (Step step : steps) {
                text.append(indent).append("  - ").append(step.name()).append(' ').append(Normal.json(step.arguments()));
                text.append(step.error() == null ? "" : "  FAILED: " + step.error().replace("\n", " | ")).append('\n');
            }
            stages.forEach(stage -> stage.write(text, indent + "  "));
        }
    }

    final Stage run = new Stage("run");

    /** Lines of the Jenkinsfile that were refused before anything ran, as {@code line 7}. */
    final List<String> refused = new ArrayList<>();

    /** Where it ran. */
    String workspace;

    /** What a person would have seen; not compared. */
    String log;

    /** For comparison: everything, one line for each stage and step. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        run.write(text, "");
        refused.forEach(line -> text.append("refused: ").append(line).append('\n'));
        return Normal.text(text.toString(), workspace);
    }
}
