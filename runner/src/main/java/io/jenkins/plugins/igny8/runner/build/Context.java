package io.jenkins.plugins.igny8.runner.build;

import io.jenkins.plugins.igny8.runner.report.StageRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the blocks around a step have set for it.
 *
 * @param directory where commands run
 * @param variables of {@code environment}, {@code withEnv} and credentials
 * @param stage the innermost stage; null outside of all
 * @param agent whether an agent was asked for
 * @param branch the parallel branch, shown before each of its lines; empty outside
 * @param deadline the innermost time limit; null where there is none
 */
public record Context(Path directory, Map<String, String> variables, StageRecord stage, boolean agent, String branch, Deadline deadline) {

    public Context in(Path other) {
        return new Context(other, variables, stage, agent, branch, deadline);
    }

    public Context with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.putAll(more);
        return new Context(directory, all, stage, agent, branch, deadline);
    }

    public Context inStage(StageRecord other) {
        return new Context(directory, variables, other, agent, branch, deadline);
    }

    public Context onAgent(boolean any) {
        return new Context(directory, variables, stage, any, branch, deadline);
    }

    public Context inBranch(String name) {
        return new Context(directory, variables, stage, agent, branch.isEmpty() ? name : branch + "/" + name, deadline);
    }

    public Context until(Deadline other) {
        return new Context(directory, variables, stage, agent, branch, other);
    }
}
