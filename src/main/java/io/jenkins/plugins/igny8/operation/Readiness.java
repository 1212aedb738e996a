package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges containers by what the engine says of them. It remembers how often each had been restarted at first sight, so that a
 * restart loop is told apart from a container that once had a bad day.
 */
final class Readiness {

    /** What a container is at this moment. */
    enum Verdict {
        READY,
        /** May still become ready. */
        WAITING,
        /** Will not become ready by waiting. */
        FAILED
    }

    /** Twice may be a service that starts before its database; three times within one wait is a loop. */
    private static final int RESTARTS_OF_A_LOOP = 3;

    private final Duration settle;
    private final boolean candidate;
    private final Map<String, Integer> restartsAtFirstSight = new HashMap<>();

    /** @param settle how long a container without health check must have run before it counts as ready */
    Readiness(Duration settle) {
        this(settle, false);
    }

    private Readiness(Duration settle, boolean candidate) {
        this.settle = settle;
        this.candidate = candidate;
    }

    /** For what has to serve, and only once tries to: unhealthy is final, as for what depends on a service in Compose, and so is any end. */
    static Readiness ofCandidate(Duration settle) {
        return new Readiness(settle, true);
    }

    /**
     * @param now the engine's time and this clock's may differ by a little; {@code settle} is long against that
     */
    Verdict of(Container container, Instant now) {
        int restarts = container.restartCount()
                - restartsAtFirstSight.computeIfAbsent(container.id(), id -> container.restartCount());
        boolean loops = restarts >= RESTARTS_OF_A_LOOP
                || (container.state().equals("restarting") && container.restartCount() >= RESTARTS_OF_A_LOOP);
        switch (container.state()) {
            case "running":
                if (candidate && container.health().equals("unhealthy")) {
                    return Verdict.FAILED;
                }
                if (container.hasHealthCheck()) {
                    // Unhealthy is not final: a later check may pass, and the time limit is there to be used.
                    return container.health().equals("healthy") ? Verdict.READY : loops ? Verdict.FAILED : Verdict.WAITING;
                }
                if (container.startedAt() != null && !container.startedAt().plus(settle).isAfter(now)) {
                    return Verdict.READY;
                }
                return loops ? Verdict.FAILED : Verdict.WAITING;
            case "restarting":
                return loops ? Verdict.FAILED : Verdict.WAITING;
            case "created":
                return container.error().isEmpty() ? Verdict.WAITING : Verdict.FAILED;
            case "exited":
                return candidate ? Verdict.FAILED : exited(container);
            case "dead":
                return Verdict.FAILED;
            default:
                return Verdict.WAITING;
        }
    }

    /** A one-shot service that did its work has ended well; a service that should go on running has been stopped. */
    private static Verdict exited(Container container) {
        boolean oneShot = container.restartPolicy().equals("no")
                || container.restartPolicy().isEmpty()
                || container.restartPolicy().equals("on-failure");
        return oneShot && container.exitCode() == 0 && container.startedAt() != null ? Verdict.READY : Verdict.FAILED;
    }
}
