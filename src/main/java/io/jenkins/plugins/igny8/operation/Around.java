package io.jenkins.plugins.igny8.operation;

import java.time.Duration;
import java.util.Map;

/**
 * What a block step does around the steps inside. All parts run on hosts that name the same step
 * ({@link io.jenkins.plugins.igny8.host.Caller#step}), and each runs again after an interruption.
 */
public interface Around {

    /**
     * What those inside get.
     *
     * @param variables added to their environment
     */
    record Inside(Map<String, String> variables) {}

    /** Before the steps inside. Where it fails or is aborted, nothing is left to be undone. */
    Operation<Inside> enter();

    /** Again and again while they run. A failure is a warning in the log, and no more. */
    Operation<?> stay();

    /** How much time lies between one {@link #stay} and the next. */
    Duration pause();

    /** After them, however they ended. A failure lets the step fail where the steps inside did not. */
    Operation<?> leave();
}
