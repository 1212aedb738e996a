package io.jenkins.plugins.igny8.runner.pipeline;

import io.jenkins.plugins.igny8.runner.pipeline.Pipeline.Variable;
import java.time.Duration;
import java.util.List;

/**
 * A stage of a declarative pipeline: with steps, with stages one after another, or with stages beside each other.
 *
 * @param agent whether it asks for an agent of its own
 * @param timeout null: without limit
 * @param when null: always
 * @param steps number of the block; negative where the stage has stages in it
 */
public record Stage(
        String name,
        boolean agent,
        List<Variable> environment,
        Duration timeout,
        Condition when,
        int steps,
        List<Stage> stages,
        List<Stage> parallel,
        boolean failFast,
        Post post) {}
