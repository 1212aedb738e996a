package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code withCredentials}: secrets in variables for the steps inside; the log masks them. */
@Symbol("withCredentials")
public final class WithCredentialsStep extends LocalStep.WithBlock {

    private final List<CredentialsBinding> bindings;

    @DataBoundConstructor
    public WithCredentialsStep(List<CredentialsBinding> bindings) {
        this.bindings = bindings;
    }

    @Override
    public Object run(Build build, Body body) {
        Map<String, String> variables = new LinkedHashMap<>();
        bindings.forEach(binding -> variables.putAll(binding.variables(build.credentials())));
        return body.run(build.context().with(variables));
    }
}
