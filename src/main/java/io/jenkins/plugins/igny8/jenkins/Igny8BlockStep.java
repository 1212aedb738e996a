package io.jenkins.plugins.igny8.jenkins;

import io.jenkins.plugins.igny8.operation.Around;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step around a block of others. Its class says what is done around them; when, is the same for all. */
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

    @Override
    final StepExecution execution(StepContext context) {
        return new Igny8BlockExecution(context, this);
    }

    /** Base of each block step's descriptor. */
    public abstract static class Descriptor extends Igny8Step.Descriptor {

        @Override
        public final boolean takesImplicitBlockArgument() {
            return true;
        }
    }
}
