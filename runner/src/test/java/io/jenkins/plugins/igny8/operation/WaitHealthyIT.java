package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.igny8.host.Failure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("engine")
class WaitHealthyIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private static String service(String name, String command, String more) {
        return "  " + name + ":\n    image: " + RealEngine.BASE + "\n    init: true\n    command: [sh, -c, \"" + command + "\"]\n" + more;
    }

    private static String check(String test) {
        return "    healthcheck: {test: [CMD-SHELL, \"" + test + "\"], interval: 500ms, timeout: 2s, retries: 2}\n";
    }

    private void up(String services) {
        engine.file("compose.yml", "services:\n" + services);
        engine.docker("compose -f compose.yml -p " + engine.project + " up -d --quiet-pull");
    }

    private Deployed await(int seconds, Probe... probes) throws InterruptedException {
        return new WaitHealthy(engine.project, List.of(), List.of(probes), Duration.ofSeconds(seconds), Duration.ofSeconds(2))
                .run(engine.host);
    }

    private String failure(int seconds, Probe... probes) {
        return assertThrows(Failure.class, () -> await(seconds, probes)).getMessage();
    }

    @Test
    void everyKindOfServiceThatIsWell() throws Exception {
        up(service("checked", "sleep 2; touch /tmp/ok; sleep 600", check("test -e /tmp/ok"))
                + service("plain", "sleep 600", "    scale: 2\n")
                + service("oneshot", "exit 0", ""));
        Deployed deployed = await(60);
        Map<String, String> states = deployed.containers().stream()
                .collect(Collectors.toMap(Deployed.One::name, one -> one.state() + " " + one.health()));
        assertEquals(
                Map.of(
                        engine.project + "-checked-1", "running healthy",
                        engine.project + "-plain-1", "running none",
                        engine.project + "-plain-2", "running none",
                        engine.project + "-oneshot-1", "exited none"),
                states);
        for (Deployed.One one : deployed.containers()) {
            assertEquals(engine.inspect(one.id(), "{{.Image}}"), one.imageId());
            assertEquals(engine.inspect(one.id(), "{{.Name}}"), "/" + one.name());
        }
    }

    @Test
    void aHealthCheckThatNeverPassesIsNamedWithWhoWaitsForIt() {
        engine.file(
                "compose.yml",
                "services:\n"
                        + service("backend", "echo starting; sleep 600", check("echo no database; exit 1"))
                        + service("frontend", "sleep 600", "    depends_on: {backend: {condition: service_healthy}}\n"));
        assertThrows(
                Failure.class,
                () -> new ComposeUp(engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(30), UpOptions.NONE, CodeTruth.CHECK).run(engine.host));
        String failure = failure(4);
        assertTrue(failure.contains("is not healthy after 4 s: backend (container " + engine.project + "-backend-1) is unhealthy"), failure);
        assertTrue(failure.contains("no database"), failure);
        assertTrue(failure.contains("waiting for it: frontend"), failure);
        assertFalse(failure.contains("frontend (container"), failure);
        assertTrue(engine.log().contains("starting"), engine.log());
    }

    @Test
    void aRestartLoopEndsTheWaitLongBeforeTheDeadline() {
        up(service("worker", "echo Traceback: no broker >&2; exit 7", "    restart: unless-stopped\n"));
        long start = System.nanoTime();
        String failure = failure(120);
        assertTrue((System.nanoTime() - start) / 1e9 < 40, "the loop was not noticed early");
        assertTrue(failure.contains("restarts again and again") && failure.contains("last exit code 7"), failure);
        assertTrue(engine.log().contains("no broker"), engine.log());
        assertTrue(Files.exists(engine.workspace.resolve("igny8-logs/" + engine.project + "-worker-1.log")));
    }

    @Test
    void aServiceThatDiesDuringTheWaitIsSeen() {
        up(service("dying", "sleep 1; exit 4", "    restart: 'no'\n") + service("slow", "sleep 600", check("exit 1")));
        String failure = failure(60);
        assertTrue(failure.contains("will not become so: dying") && failure.contains("exit code 4"), failure);
    }

    @Test
    void aStoppedServiceIsNotHealthy() {
        up(service("web", "sleep 600", "    restart: unless-stopped\n"));
        engine.docker("stop -t 0 " + engine.project + "-web-1");
        assertTrue(failure(30).contains("web (container " + engine.project + "-web-1) has ended"));
    }

    @Test
    void aProbeMustBeAnsweredAsWanted() throws Exception {
        up(service("web", "sleep 600", ""));
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/status", exchange -> {
            boolean ready = requests.incrementAndGet() > 3;
            byte[] body = (ready ? "{\"checks\": {\"postgres\": \"ok\"}, \"n\": 1}" : "{\"checks\": {\"postgres\": \"down\"}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(ready ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/status";
            await(30, new Probe(url, 200, "postgres", List.of("/checks/postgres=ok", "/n=1")));
            assertEquals(4, requests.get());
            String failure = failure(3, new Probe(url, 200, null, List.of("/checks/redis=ok")));
            assertTrue(failure.contains("has nothing at /checks/redis instead of ok"), failure);
            assertTrue(failure(3, new Probe(url, 204, null, List.of())).contains("answers 200 instead of 204"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void namesThatDoNotExistAreSaidAtOnce() {
        assertTrue(failure(30).contains("has no containers on this engine"));
        up(service("web", "sleep 600", ""));
        String failure = assertThrows(
                        Failure.class,
                        () -> new WaitHealthy(engine.project, List.of("wbe"), List.of(), Duration.ofSeconds(30), Duration.ZERO).run(engine.host))
                .getMessage();
        assertTrue(failure.contains("'wbe'") && failure.contains("there are: web"), failure);
    }

    @Test
    void eventsWakeTheWaitWithinAFewMilliseconds() throws Exception {
        up(service("checked", "sleep 3; touch /tmp/ok; sleep 600", check("test -e /tmp/ok")));
        await(60);
        long seen = System.currentTimeMillis();
        // The engine's own record of the moment: the last health event.
        String events = engine.docker(
                "events", "--since", "60s", "--until", String.valueOf(seen / 1000 + 1), "--filter",
                "container=" + engine.project + "-checked-1", "--format", "{{.TimeNano}} {{.Status}}");
        long healthy = events.lines()
                .filter(line -> line.endsWith("health_status: healthy"))
                .mapToLong(line -> Long.parseLong(line.split(" ")[0]) / 1_000_000)
                .max()
                .orElseThrow();
        assertTrue(seen - healthy < 600, "seen " + (seen - healthy) + " ms after the engine");
    }
}
