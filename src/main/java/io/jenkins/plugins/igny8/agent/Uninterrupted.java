package io.jenkins.plugins.igny8.agent;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What must be done although the build is aborted: ending commands and removing private files. An interruption that comes
 * meanwhile is kept for afterwards.
 */
final class Uninterrupted {

    private static final Logger LOGGER = Logger.getLogger(Uninterrupted.class.getName());

    /** Jenkins gives an aborted step 60 s; ending a group takes 15 s at most. */
    private static final long LIMIT_SECONDS = 25;

    private Uninterrupted() {}

    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** @return why it could not be done; empty where it is done */
    static String run(Work work) {
        String[] problem = {"the agent does not answer"};
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        problem[0] = "";
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        LOGGER.log(Level.FINE, "cleaning up", e);
                        problem[0] = String.valueOf(e.getMessage());
                    }
                },
                Thread.currentThread().getName() + ": cleaning up");
        thread.setDaemon(true);
        thread.start();
        joined(thread);
        return problem[0];
    }

    private static void joined(Thread thread) {
        boolean interrupted = false;
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (thread.isAlive() && System.nanoTime() < until) {
            try {
                thread.join(TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()) + 1);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
