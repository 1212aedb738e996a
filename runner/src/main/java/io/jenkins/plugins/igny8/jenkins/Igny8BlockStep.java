package io.jenkins.plugins.igny8.jenkins;

import io.jenkins.plugins.igny8.operation.Around;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;

/** The runner's side of the seam for a step around a block of others. */
public abstract class Igny8BlockStep extends Igny8Step {

    /**
     * What this step does around the steps inside.
     *
     * @param settings hold for the parameters that it was not given
     */
    public abstract Around around(Settings settings);

    /** What comes before the steps inside. */
    @Override
    public final Operation<?> operation(Settings settings) {
        return around(settings).enter();
    }

    /** Base of each block step's descriptor. */
    public abstract static class Descriptor extends Igny8Step.Descriptor {}
}
