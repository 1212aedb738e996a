package io.jenkins.plugins.igny8.jenkins;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.operation.Results;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a build's steps made, kept with the build: the default input of the steps that follow, and variables for
 * {@code post}, {@code sh} and a freestyle job's next steps.
 */
public final class ResultsAction extends InvisibleAction implements EnvironmentContributingAction {

    /** Plain values only: Jenkins can store nothing else. A map that was handed out is never changed. */
    private Map<String, Object> results = new LinkedHashMap<>();

    private transient Run<?, ?> build;

    /** The build's one; made where there is none yet. */
    static ResultsAction of(Run<?, ?> build) {
        synchronized (build) {
            ResultsAction action = build.getAction(ResultsAction.class);
            if (action == null) {
                action = new ResultsAction();
                build.addAction(action);
            }
            action.build = build;
            return action;
        }
    }

    synchronized Object get(String key) {
        return results.get(key);
    }

    /** @throws Failure where the build's folder cannot be written */
    void put(String key, Object value) {
        synchronized (this) {
            Map<String, Object> all = new LinkedHashMap<>(results);
            all.put(key, value);
            results = all;
        }
        try {
            build.save();
        } catch (IOException e) {
            throw new Failure("The results of " + build + " cannot be stored in " + build.getRootDir() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars environment) {
        environment.putAll(Results.variables(results));
    }
}
