package io.jenkins.plugins.igny8.runner.parameters;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code choice(name: …, choices: …)}: the first choice is the default. */
@Symbol("choice")
public final class ChoiceParameter extends ParameterDefinition {

    private final List<String> choices;

    /** @param choices a list, or one text with a choice on each line */
    @DataBoundConstructor
    public ChoiceParameter(String name, Object choices) {
        super(name);
        this.choices = choices instanceof List<?> list ? list.stream().map(String::valueOf).toList() : String.valueOf(choices).lines().toList();
    }

    @Override
    public Object defaultValue() {
        return choices.isEmpty() ? "" : choices.get(0);
    }

    @Override
    public Object value(String given) {
        if (!choices.contains(given)) {
            throw new Failure("The parameter " + name() + " is one of " + String.join(", ", choices) + ", not '" + given + "'.");
        }
        return given;
    }
}
