package io.jenkins.plugins.igny8.runner.build;

import io.jenkins.plugins.igny8.host.Failure;

/** A step that works on a machine was called where no agent is. The sentences are those of Jenkins. */
public final class NeedsAgent extends Failure {

    /** What Declarative makes of it. */
    public static final String WITH_AGENT_NONE =
            "Attempted to execute a step that requires a node context while \u2018agent none\u2019 was specified. "
                    + "Be sure to specify your own \u2018node { ... }\u2019 blocks when using \u2018agent none\u2019.";

    private static final long serialVersionUID = 1L;

    NeedsAgent(String step) {
        super("Required context class hudson.FilePath is missing\nPerhaps you forgot to surround the " + step
                + " step with a step that provides this, such as: node");
    }
}
