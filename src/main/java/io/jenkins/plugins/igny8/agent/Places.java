package io.jenkins.plugins.igny8.agent;

import java.io.IOException;

/** Knows where a step's commands run, which may change while it runs: an agent can go away and come back. */
@FunctionalInterface
public interface Places {

    /**
     * The place as it is now; null while the agent is away.
     *
     * @throws InterruptedException when the step no longer lives: nothing may be started for it any more
     */
    Place now() throws IOException, InterruptedException;
}
