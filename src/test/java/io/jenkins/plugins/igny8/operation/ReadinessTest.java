package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.operation.Readiness.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final Readiness readiness = new Readiness(SETTLE);

    private static Container container(String state, String health, int exitCode, int restarts, String policy, Integer secondsUp) {
        return new Container(
                "id", "app-worker-1", "image", "sha256:0", "app", "worker", false, Map.of(), state, health, List.of(), exitCode, "",
                restarts, policy, secondsUp == null ? null : NOW.minusSeconds(secondsUp), Map.of(), Map.of(), Map.of());
    }

    private Verdict verdict(Container container) {
        return readiness.of(container, NOW);
    }

    @Test
    void healthyIsReadyAtOnce() {
        assertEquals(Verdict.READY, verdict(container("running", "healthy", 0, 0, "always", 0)));
    }

    @Test
    void unhealthyMayStillBecomeHealthy() {
        assertEquals(Verdict.WAITING, verdict(container("running", "unhealthy", 0, 0, "always", 60)));
    }

    @Test
    void withoutHealthCheckOnlyTimeTells() {
        assertEquals(Verdict.WAITING, verdict(container("running", "none", 0, 0, "always", 4)));
        assertEquals(Verdict.READY, verdict(container("running", "none", 0, 0, "always", 5)));
    }

    @Test
    void oneShotThatEndedWellIsReady() {
        assertEquals(Verdict.READY, verdict(container("exited", "none", 0, 0, "no", 60)));
        assertEquals(Verdict.READY, verdict(container("exited", "none", 0, 0, "on-failure", 60)));
    }

    @Test
    void oneShotThatFailedIsFailed() {
        assertEquals(Verdict.FAILED, verdict(container("exited", "none", 3, 0, "no", 60)));
    }

    @Test
    void serviceThatWasStoppedIsFailed() {
        assertEquals(Verdict.FAILED, verdict(container("exited", "none", 0, 0, "unless-stopped", 60)));
    }

    @Test
    void threeRestartsWithinTheWaitAreALoop() {
        assertEquals(Verdict.WAITING, verdict(container("running", "none", 0, 1, "always", 0)));
        assertEquals(Verdict.WAITING, verdict(container("restarting", "none", 1, 2, "always", 0)));
        assertEquals(Verdict.FAILED, verdict(container("running", "none", 0, 4, "always", 0)));
    }

    @Test
    void restartsBeforeTheWaitDoNotCountOnceItRuns() {
        assertEquals(Verdict.READY, verdict(container("running", "none", 0, 9, "always", 60)));
    }

    @Test
    void aLoopThatWasGoingOnBeforeIsSeenAtFirstSight() {
        assertEquals(Verdict.FAILED, verdict(container("restarting", "none", 1, 9, "always", 0)));
    }

    @Test
    void createdWaitsForAnother() {
        assertEquals(Verdict.WAITING, verdict(container("created", "none", 0, 0, "always", null)));
    }
}
