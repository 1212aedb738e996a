package io.jenkins.plugins.igny8.freestyle;

import hudson.EnvVars;
import hudson.model.TaskListener;
import io.jenkins.plugins.igny8.jenkins.Igny8Describable;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Variables in a freestyle job's texts: {@code $NAME} and {@code ${NAME}} stand for what the build's environment and
 * parameters say, a name that is not there stays as it is. In a Jenkinsfile Groovy does this, so there nothing is expanded.
 */
final class Expansion {

    private final EnvVars environment;

    Expansion(EnvVars environment) {
        this.environment = environment;
    }

    /** A copy with values in place of variables, but for text that a shell in a container reads: its {@code $} is that shell's. */
    Igny8Step of(Igny8Step step) {
        UninstantiatedDescribable said = DescribableModel.uninstantiate2_(step);
        Map<String, Object> arguments = expanded(said.getArguments(), step.shellText());
        return DescribableModel.of(step.getClass()).instantiate(arguments, TaskListener.NULL);
    }

    private Map<String, Object> expanded(Map<String, ?> arguments, Set<String> verbatim) {
        Map<String, Object> expanded = new LinkedHashMap<>();
        arguments.forEach((name, value) -> expanded.put(name, verbatim.contains(name) ? value : expanded(value)));
        return expanded;
    }

    private Object expanded(Object value) {
        if (value instanceof String text) {
            return environment.expand(text);
        }
        if (value instanceof List<?> list) {
            List<Object> expanded = new ArrayList<>();
            list.forEach(element -> expanded.add(expanded(element)));
            return expanded;
        }
        if (value instanceof UninstantiatedDescribable nested) {
            return nested.withArguments(expanded(nested.getArguments(), shellText(nested)));
        }
        return value;
    }

    private static Set<String> shellText(UninstantiatedDescribable nested) {
        try {
            return nested.instantiate(Igny8Describable.class, TaskListener.NULL).shellText();
        } catch (Exception e) {
            throw new IllegalStateException("what a form has made cannot be made again: " + nested, e);
        }
    }
}
