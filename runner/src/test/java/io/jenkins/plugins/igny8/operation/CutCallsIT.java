package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A deployment whose {@code docker compose up} is cut at one of its changing calls to the engine: at each with {@code -Digny8.deploy.all=true}, else at some. */
@Tag("engine")
class CutCallsIT {

    private static final String COMPOSE = """
            services:
              backend:
                image: %1$s-backend
                command: [sh, -c, 'touch /tmp/ok; exec sleep 600']
                init: true
                stop_grace_period: 1s
                volumes: ['/anonymous']
                healthcheck: {test: [CMD, test, -f, /tmp/ok], interval: 1s, start_period: 5s, retries: 2}
              celery_worker:
                image: %1$s-backend
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
              front:
                image: %2$s
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
                depends_on: {backend: {condition: service_healthy}}
                environment: {RELEASE: %3$s}
            """;

    /** More than an {@code up} of three services can need. */
    private static final int MOST = 100;

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private String good;

    @BeforeEach
    void aReleaseThatStands() throws Exception {
        good = release("1");
        assertEquals("deployed", deploy(engine.host).outcome(), engine.log());
    }

    private static int step() {
        return Boolean.getBoolean(ExampleUnderLoad.ALL_CASES) ? 1 : 5;
    }

    /** @return the ID of its backend's image; the front gets another configuration */
    private String release(String number) {
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE, "r" + number));
        engine.file(engine.project + "/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY release /\n");
        engine.file(engine.project + "/release", number);
        return engine.builtBackend();
    }

    private Outcome deploy(Host host) throws InterruptedException {
        return new Deploy(engine.gates(CodeTruth.CHECK, MOST, false), true, null, false, false).run(host);
    }

    private Outcome back() throws InterruptedException {
        return new Rollback(engine.gates(CodeTruth.CHECK, MOST, false), null, Ahead.KEEP, null, null).run(engine.host);
    }

    /** The release that stood runs with all it has, and nothing else is there. */
    private void stands(String why) {
        assertEquals(
                engine.project + "-backend-1\n" + engine.project + "-celery_worker-1\n" + engine.project + "-front-1",
                engine.docker("ps", "-a", "--filter", "label=com.docker.compose.project=" + engine.project, "--format", "{{.Names}}").lines().sorted().reduce((a, b) -> a + "\n" + b).orElse(""),
                why);
        assertEquals(good, engine.inspect(engine.project + "-backend-1", "{{.Image}}"), why);
        assertEquals(good, engine.inspect(engine.project + "-celery_worker-1", "{{.Image}}"), why);
        assertEquals("r1", engine.docker("exec", engine.project + "-front-1", "printenv", "RELEASE"), why);
        assertEquals("healthy", engine.inspect(engine.project + "-backend-1", "{{.State.Health.Status}}"), why);
        assertEquals("free", engine.lockState(), why);
    }

    @Test
    void aLostConnectionIsTakenBack() throws Exception {
        int cut = 0;
        for (int nth = 1; nth < MOST; nth += step()) {
            Map<String, String> before = engine.running();
            release("2");
            try (EngineTap tap = new EngineTap(nth, () -> {})) {
                Outcome outcome = deploy(engine.host(Credentials.none(), tap.environment()));
                String why = "cut at call " + nth + ": " + tap.calls + "\n" + outcome.problem() + "\n" + engine.log();
                if (!tap.fired()) {
                    assertEquals("deployed", outcome.outcome(), why);
                    break;
                }
                System.out.println("| connection lost at " + nth + ", " + tap.calls.get(nth - 1) + " | " + outcome.outcome() + " |");
                assertTrue(List.of("rolled back", "unchanged").contains(outcome.outcome()), why);
                stands(why);
                if (outcome.outcome().equals("unchanged")) {
                    assertEquals(before, engine.running(), why);
                }
                cut++;
            }
            engine.events.clear();
            release("1");
        }
        assertTrue(cut * step() > 5, "so many calls were cut: " + cut);
    }

    @Test
    void anAbortIsMendedByTheRollbackAfterIt() throws Exception {
        int cut = 0;
        for (int nth = 1; nth < MOST; nth += step()) {
            release("2");
            Map<String, String> before = engine.running();
            AtomicReference<Thread> deploying = new AtomicReference<>();
            AtomicReference<Throwable> ended = new AtomicReference<>();
            try (EngineTap tap = new EngineTap(nth, () -> deploying.get().interrupt())) {
                deploying.set(new Thread(() -> {
                    try {
                        deploy(engine.host(Credentials.none(), tap.environment()));
                    } catch (Throwable e) {
                        ended.set(e);
                    }
                }));
                deploying.get().start();
                deploying.get().join(Duration.ofSeconds(120).toMillis());
                String why = "aborted at call " + nth + ": " + tap.calls + "\n" + engine.log();
                assertFalse(deploying.get().isAlive(), why);
                if (!tap.fired()) {
                    break;
                }
                assertThrows(InterruptedException.class, () -> {
                    throw ended.get();
                }, why);
                String outcome = Results.variables(engine.kept).get("IGNY8_OUTCOME");
                System.out.println("| aborted at " + nth + ", " + tap.calls.get(nth - 1) + " | " + outcome + " |");
                assertEquals(before.equals(engine.running()) ? "unchanged" : "broken", outcome, why);
                assertEquals("free", engine.lockState(), why);
            }
            if (Results.variables(engine.kept).get("IGNY8_OUTCOME").equals("broken")) {
                Outcome back = back();
                assertEquals("deployed", back.outcome(), "after the cut at " + nth + ": " + back.problem() + "\n" + engine.log());
            }
            stands("after the abort at " + nth + "\n" + engine.log());
            engine.events.clear();
            cut++;
        }
        assertTrue(cut * step() > 5, "so many calls were cut: " + cut);
    }
}
