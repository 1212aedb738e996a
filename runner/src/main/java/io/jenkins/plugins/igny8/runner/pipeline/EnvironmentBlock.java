package io.jenkins.plugins.igny8.runner.pipeline;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.StepFailed;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.pipeline.Pipeline.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A section {@code environment}. */
final class EnvironmentBlock {

    private EnvironmentBlock() {}

    /**
     * The values by name. Credentials come first, whatever their place; values may name each other in any order, see {@link
     * PipelineScript#environmentValue}.
     */
    static Map<String, String> evaluate(Build build, List<Variable> variables, IntFunction<Object> code) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Variable variable : variables) {
            if (variable.secret()) {
                CredentialsReference reference = (CredentialsReference) code.apply(variable.value());
                values.putAll(secret(variable, reference.id(), build.credentials()));
            }
        }
        return build.within(build.context().with(values), () -> {
            Map<String, String> all = new LinkedHashMap<>(values);
            variables.stream().filter(variable -> !variable.secret()).forEach(variable -> all.put(variable.name(), plain(variable, code)));
            return all;
        });
    }

    private static String plain(Variable variable, IntFunction<Object> code) {
        try {
            return String.valueOf(code.apply(variable.value()));
        } catch (StackOverflowError e) {
            throw new StepFailed("environment", variable.line(), new Failure(variable.name() + " refers to itself by way of other variables."));
        }
    }

    /** As Jenkins gives them: a login in three variables, a secret text as it is, a secret file by its path. */
    private static Map<String, String> secret(Variable variable, String id, Credentials credentials) {
        String name = variable.name();
        try {
            return Map.of(name, credentials.text(id));
        } catch (Failure isNoText) {
            try {
                return Map.of(name, credentials.file(id).toString());
            } catch (Failure isNoFile) {
                return login(variable, id, credentials);
            }
        }
    }

    private static Map<String, String> login(Variable variable, String id, Credentials credentials) {
        String name = variable.name();
        try {
            Login login = credentials.login(id);
            return Map.of(name, login.username() + ":" + login.password(), name + "_USR", login.username(), name + "_PSW", login.password());
        } catch (Failure e) {
            throw new StepFailed("credentials", variable.line(), e);
        }
    }
}
