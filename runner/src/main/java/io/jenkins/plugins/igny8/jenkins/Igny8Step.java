package io.jenkins.plugins.igny8.jenkins;

import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.Set;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The runner's side of the seam: step classes extend a type of this name here and in the plugin. Here it only hands out
 * the operation; in the plugin it extends Jenkins' {@code Step}.
 */
public abstract class Igny8Step {

    private String engine;

    /**
     * What this step asks for.
     *
     * @param settings hold for the parameters that it was not given
     */
    public abstract Operation<?> operation(Settings settings);

    /** The engine's name among those that are configured; null: the one that the docker command on the agent talks to. */
    public String getEngine() {
        return engine;
    }

    @DataBoundSetter
    public void setEngine(String engine) {
        this.engine = engine == null || engine.isBlank() ? null : engine.trim();
    }

    /** Names of parameters whose text a shell inside a container reads; only freestyle jobs, which expand variables, ask. */
    public Set<String> shellText() {
        return Set.of();
    }

    /** Base of each step's descriptor, which carries the step's {@code @Symbol}. */
    public abstract static class Descriptor {}
}
