package io.jenkins.plugins.igny8.runner.steps;

import groovy.lang.Closure;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.build.Branches;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code parallel} of a scripted pipeline or in a {@code script} block: blocks by the name of their branch. */
@Symbol("parallel")
public final class ParallelStep extends LocalStep implements LocalStep.Silent, LocalStep.AnyNames {

    private final Map<String, Object> all;

    @DataBoundConstructor
    public ParallelStep(Map<String, Object> all) {
        this.all = all;
    }

    @Override
    public Object run(Build build) {
        Map<String, Supplier<Object>> branches = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value instanceof Closure<?> block) {
                branches.put(name, block::call);
            } else if (!name.equals("failFast")) {
                throw new Failure("'" + name + "' is no block: write parallel a: { ... }, b: { ... }");
            }
        });
        return Branches.run(build, branches, Boolean.TRUE.equals(all.get("failFast")));
    }
}
