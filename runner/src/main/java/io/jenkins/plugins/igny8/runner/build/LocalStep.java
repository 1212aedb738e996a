package io.jenkins.plugins.igny8.runner.build;

import io.jenkins.plugins.igny8.host.Failure;

/** A step of the runner's own. Like the plugin's it is bound by its constructor and setters and found by its symbol. */
public abstract class LocalStep {

    /**
     * Does it.
     *
     * @return what the script gets; null for nothing
     * @throws Failure when it could not
     * @throws InterruptedException when the build is aborted; what was started is ended
     */
    public abstract Object run(Build build) throws Exception;

    /** Needs a workspace, so it cannot run outside of an agent. */
    public interface OnAgent {}

    /** Only arranges others, as {@code stage} does: it is no step of its own in log and records. */
    public interface Silent {}

    /** Says all there is to say in the log by itself. */
    public interface OwnLine {}

    /** Takes any names as parameters: its constructor has a single map. */
    public interface AnyNames {}

    /** A step with a block. */
    public abstract static class WithBlock extends LocalStep {

        @Override
        public final Object run(Build build) {
            throw new Failure("this step needs a block: { ... }");
        }

        /** As {@link LocalStep#run(Build)}. */
        public abstract Object run(Build build, Body body) throws Exception;
    }

    /** The block of a step: runs in the context that the step makes for it. */
    public interface Body {
        Object run(Context context);
    }
}
