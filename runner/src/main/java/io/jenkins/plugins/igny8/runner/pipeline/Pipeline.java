package io.jenkins.plugins.igny8.runner.pipeline;

import io.jenkins.plugins.igny8.runner.parameters.ParameterDefinition;
import java.time.Duration;
import java.util.List;

/**
 * A declarative pipeline. Code in it stands by its number in the list of blocks that the compiled file hands over.
 *
 * @param agent whether all stages run on an agent
 * @param timeout null: without limit
 */
public record Pipeline(
        boolean agent,
        List<Variable> environment,
        Duration timeout,
        List<ParameterDefinition> parameters,
        List<Stage> stages,
        Post post) {

    /**
     * A variable of a section {@code environment}.
     *
     * @param value number of the block that gives its value
     * @param secret whether that is {@code credentials('id')}
     * @param line its line in the file
     */
    public record Variable(String name, int value, boolean secret, int line) {}
}
