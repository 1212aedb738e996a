package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withEnv}: variables for the steps inside; {@code PATH+X=folder} puts a folder before the others. */
@Symbol("withEnv")
public final class WithEnvStep extends LocalStep.WithBlock {

    private final List<String> overrides;

    @DataBoundConstructor
    public WithEnvStep(List<String> overrides) {
        this.overrides = overrides;
    }

    @Override
    public Object run(Build build, Body body) {
        Map<String, String> environment = build.host().environment();
        Map<String, String> variables = new LinkedHashMap<>();
        for (String pair : overrides) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new Failure("'" + pair + "' is no variable: write NAME=value.");
            }
            String name = pair.substring(0, equals);
            String value = pair.substring(equals + 1);
            int plus = name.indexOf('+');
            if (plus > 0) {
                name = name.substring(0, plus);
                String before = variables.getOrDefault(name, environment.getOrDefault(name, ""));
                value = before.isEmpty() ? value : value + ":" + before;
            }
            variables.put(name, value);
        }
        return body.run(build.context().with(variables));
    }
}
