package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What nobody may do to an engine that others use: everything unused is removed, or the daemon starts anew, in the middle of a deployment. On
 * an engine of its own, whose containers reach no network: a small stack without users.
 */
@Tag("engine")
@EnabledIfSystemProperty(named = ExampleUnderLoad.ALL_CASES, matches = "true")
class DeploySecondEngineIT {

    private static final String COMPOSE = """
            services:
              backend:
                image: %1$s-backend
                command: [sh, -c, 'sleep 4; touch /tmp/ok; exec sleep 600']
                init: true
                stop_grace_period: 1s
                restart: unless-stopped
                healthcheck: {test: [CMD, test, -f, /tmp/ok], interval: 1s, start_period: 15s, retries: 3}
              celery_worker:
                image: %1$s-backend
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
                restart: unless-stopped
              front:
                image: %1$s-backend
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
                restart: unless-stopped
                depends_on: {backend: {condition: service_healthy}}
            """;

    @RegisterExtension
    static final SecondEngine second = new SecondEngine();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private LocalHost there;

    @BeforeEach
    void firstRelease() throws Exception {
        there = engine.host(Credentials.none(), second.environment());
        engine.file("compose.yml", COMPOSE.formatted(engine.project));
        build("1");
        assertEquals("deployed", deploy().outcome(), engine.log());
    }

    @AfterEach
    void removeAll() throws Exception {
        for (String container : second.docker("ps -aq").lines().toList()) {
            second.docker("rm -f " + container);
        }
    }

    /** Built here, brought there. */
    private String build(String release) throws Exception {
        engine.file(engine.project + "/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY release /\n");
        engine.file(engine.project + "/release", release);
        String name = engine.project + "-backend:latest";
        engine.docker("build", "-q", "-t", name, engine.project);
        Path file = engine.workspace.resolve("image.tar");
        engine.docker("save", "-o", file.toString(), name);
        second.docker("load", "-q", "-i", file.toString());
        String id = second.docker("image", "inspect", "--format", "{{.Id}}", name);
        ImagesOfBuild.keep(there, List.of(new BuiltImage(name, name, id, null, 1.0, false)));
        return id;
    }

    private Outcome deploy() throws InterruptedException {
        ComposeUp up = new ComposeUp(
                engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(60), new UpOptions(List.of(), true, false, false, false, null), CodeTruth.CHECK);
        WaitHealthy healthy = new WaitHealthy(engine.project, List.of(), List.of(), Duration.ofSeconds(60), Duration.ofSeconds(2));
        Gates gates = new Gates(up, healthy, "backend", List.of(), Duration.ofSeconds(5), false, 5, false, true);
        return new Deploy(gates, true, null, true, false).run(there);
    }

    /** Image of each service, where all are well; told by docker alone. */
    private Map<String, String> well() throws Exception {
        Map<String, String> images = new TreeMap<>();
        for (String id : second.docker("ps", "-aq", "--filter", "label=com.docker.compose.project=" + engine.project).lines().toList()) {
            String[] words = second.docker("inspect", "--format",
                            "{{index .Config.Labels \"com.docker.compose.service\"}};{{.Image}};{{.State.Status}};{{with .State.Health}}{{.Status}}{{end}};{{.Name}}", id)
                    .split(";");
            assertEquals("running", words[2], engine.log());
            assertTrue(words[3].isEmpty() || words[3].equals("healthy"), engine.log());
            assertFalse(words[4].matches("/[0-9a-f]{12}_.*"), words[4]);
            images.put(words[0], words[1]);
        }
        return images;
    }

    private List<String> releases() throws Exception {
        return second.docker("volume", "ls", "--filter", "label=io.jenkins.plugins.igny8.release=" + engine.project, "--format",
                        "{{.Label \"io.jenkins.plugins.igny8.release.number\"}} {{.Label \"io.jenkins.plugins.igny8.release.outcome\"}}")
                .lines().sorted().toList();
    }

    private String lock() throws Exception {
        return second.docker("volume", "ls", "--filter", "label=io.jenkins.plugins.igny8.lock=" + engine.project, "--format",
                "{{.Label \"io.jenkins.plugins.igny8.lock.state\"}}");
    }

    private interface Deed {
        void run() throws Exception;
    }

    /** Does it as soon as the new release's service runs, which then waits for its health. */
    private Outcome deployAndMeanwhile(String image, Deed deed) throws Exception {
        FutureTask<Outcome> deployment = new FutureTask<>(this::deploy);
        new Thread(deployment).start();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (second.docker("ps", "-q", "--filter", "ancestor=" + image, "--filter", "label=com.docker.compose.project=" + engine.project).isEmpty()) {
            assertTrue(System.nanoTime() < giveUp, engine.log());
            Thread.sleep(50);
        }
        deed.run();
        return deployment.get(300, TimeUnit.SECONDS);
    }

    @Test
    void everythingUnusedIsRemovedInTheMiddle() throws Exception {
        String old = well().get("backend");
        String image = build("2");
        Outcome outcome = deployAndMeanwhile(image, () -> second.docker("system", "prune", "-f"));
        System.out.println("| docker system prune -f during up | " + outcome.outcome() + " | " + outcome.seconds());
        // It also removes containers that Compose has made and not yet started, if it meets one: then the release before must stand.
        assertTrue(List.of("deployed", "rolled back").contains(outcome.outcome()), engine.log());
        String stands = outcome.outcome().equals("deployed") ? image : old;
        assertEquals(Map.of("backend", stands, "celery_worker", stands, "front", stands), well());
        assertEquals(List.of("1 deployed", "2 " + outcome.outcome()), releases());
        assertEquals("free", lock());
        second.docker("image", "inspect", old);
    }

    @Test
    void theDaemonStartsAnewInTheMiddle() throws Exception {
        String old = well().get("backend");
        String image = build("2");
        Outcome outcome = deployAndMeanwhile(image, second::restart);
        System.out.println("| the daemon starts anew during up | " + outcome.outcome() + " | " + outcome.seconds());
        assertEquals("rolled back", outcome.outcome(), engine.log());
        assertEquals(Map.of("backend", old, "celery_worker", old, "front", old), well());
        assertEquals(List.of("1 deployed", "2 rolled back"), releases());
        assertEquals("free", lock());
        assertEquals("rolled back", Results.variables(engine.kept).get("IGNY8_OUTCOME"));
    }
}
