package io.jenkins.plugins.igny8.jenkins;

import io.jenkins.plugins.igny8.operation.Operation;

/**
 * The runner's side of the seam: step classes extend a type of this name here and in the plugin. Here it only hands out
 * the operation; in the plugin it extends Jenkins' {@code Step}.
 */
public abstract class Igny8Step {

    /** What this step, with the parameters it was given, asks for. */
    public abstract Operation<?> operation();

    /** Base of each step's descriptor, which carries the step's {@code @Symbol}. */
    public abstract static class Descriptor {}
}
