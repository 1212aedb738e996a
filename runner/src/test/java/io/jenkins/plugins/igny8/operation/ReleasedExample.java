package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The example's infra and application under names, ports and a network of a test's own; and the second reader: what it says comes from
 * the docker command alone.
 */
final class ReleasedExample {

    private static final Path LAY = Path.of("../examples/igny8/releases/lay").toAbsolutePath().normalize();

    /** What runs the backend's image. */
    private static final Set<String> BACKENDS = Set.of("backend", "celery_worker", "celery_beat");

    private static final Pattern HALF_REPLACED = Pattern.compile("[0-9a-f]{12}_.*");

    final RealEngine engine;
    private final int[] ports = new int[4];

    ReleasedExample(RealEngine engine) throws IOException {
        this.engine = engine;
        for (int i = 0; i < ports.length; i++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports[i] = free.getLocalPort();
            }
        }
    }

    void infra() throws Exception {
        lay("r1");
        engine.docker("compose", "-f", "docker-compose.infra.yml", "--env-file", "test.env", "-p", engine.project + "-infra", "up", "-d", "--build", "--wait",
                "--wait-timeout", "120");
    }

    /** Makes the workspace that release's, under names of the test's own. */
    private void lay(String release) throws Exception {
        Process lay = new ProcessBuilder(LAY.toString(), release, engine.workspace.toString()).inheritIO().start();
        assertEquals(0, lay.waitFor());
        engine.file("test.env", String.join("\n", "POSTGRES_PASSWORD=p%w:d", "DJANGO_SECRET_KEY=canary-key", "IGNY8_NETWORK=" + engine.project + "_net",
                "IGNY8_CODE_ROOT=" + engine.workspace, "IGNY8_BASE=" + RealEngine.BASE, "IGNY8_BACKEND_PORT=" + ports[0], "IGNY8_FRONTEND_PORT=" + ports[1],
                "IGNY8_MARKETING_PORT=" + ports[2], "IGNY8_SITES_PORT=" + ports[3], ""));
        for (String file : List.of("docker-compose.app.yml", "docker-compose.infra.yml")) {
            Path compose = engine.workspace.resolve(file);
            Files.writeString(compose, Files.readString(compose)
                    .replace("image: igny8-", "image: " + engine.project + "-")
                    // A connection for each request would cost this machine more than the request.
                    .replace("    DJANGO_SECRET_KEY:", "    POSTGRES_KEEP: 60\n    DJANGO_SECRET_KEY:"));
        }
    }

    /**
     * Builds the four images of a release, as its pipeline does.
     *
     * @param note makes it another image than that of the same release with another note
     * @return the ID of the backend's image
     */
    String build(String release, String note) throws Exception {
        lay(release);
        engine.file("backend/note", note + "\n");
        new BuildImages(
                        List.of(
                                new ImageToBuild(image("backend"), "backend/Dockerfile", "backend"),
                                new ImageToBuild(image("frontend-dev"), "frontend/Dockerfile.dev", "frontend"),
                                new ImageToBuild(image("marketing-dev"), "frontend/Dockerfile.marketing.dev", "frontend"),
                                new ImageToBuild(image("sites-dev"), "sites/Dockerfile.dev", "sites")),
                        List.of("BASE=" + RealEngine.BASE), false, false, false, false)
                .run(engine.host);
        return engine.docker("image", "inspect", "--format", "{{.Id}}", image("backend"));
    }

    String image(String name) {
        return engine.project + "-" + name + ":latest";
    }

    private ComposeProject compose() {
        return new ComposeProject(engine.project, List.of(), List.of(), "test.env", null, List.of());
    }

    private Gates gates() {
        ComposeUp up = new ComposeUp(
                compose(), List.of(), List.of(), Duration.ofSeconds(120), new UpOptions(List.of(), true, false, false, false, null), CodeTruth.IMAGE);
        Probe probe = new Probe(status().toString(), Probe.STATUS, null, List.of("/status=ok", "/beat_recent=true"));
        WaitHealthy healthy = new WaitHealthy(engine.project, List.of(), List.of(probe), Duration.ofSeconds(90), Duration.ofSeconds(3));
        return new Gates(up, healthy, "backend", List.of(), Duration.ofSeconds(5), false, 20, false, true);
    }

    private Migrate migrate() {
        return new Migrate(
                compose(), Migrate.DEFAULT_SERVICE, List.of(), Migrate.DEFAULT_PENDING, Migrate.DEFAULT_APPLY, null, Migrate.DEADLINE, CodeTruth.IMAGE);
    }

    Outcome deploy() throws InterruptedException {
        return new Deploy(gates(), true, migrate(), true, false).run(engine.host);
    }

    Outcome rollback(Ahead ahead) throws InterruptedException {
        return new Rollback(gates(), null, ahead, migrate(), Rollback.DEFAULT_REVERSE).run(engine.host);
    }

    /** The same deployment as a Jenkinsfile's step, for a runner of its own. */
    String jenkinsfile() {
        String images = ImagesOfBuild.of(engine.host).stream()
                .map(one -> "igny8BuiltImage(name: '" + one.name() + "', reference: '" + one.reference() + "', imageId: '" + one.imageId() + "')")
                .collect(Collectors.joining(", "));
        return "node {\n  def ended = igny8Deploy(project: '" + engine.project + "', envFile: 'test.env', code: 'image', settle: 3, returnOutcome: true, images: ["
                + images + "], probes: [igny8Probe(url: '" + status() + "', json: ['/status=ok', '/beat_recent=true'])])\n"
                + "  echo \"ended ${ended.outcome} release ${ended.release} changed ${ended.changed.size()}\"\n}\n";
    }

    URI status() {
        return URI.create("http://127.0.0.1:" + ports[0] + "/api/v1/system/status/");
    }

    /** What users ask for. */
    Map<String, URI> addresses() {
        return Map.of("backend", URI.create("http://127.0.0.1:" + ports[0] + "/api/v1/content/"), "frontend", URI.create("http://127.0.0.1:" + ports[1] + "/"));
    }

    String migrations() throws Exception {
        return psql("SELECT left(name, 4) FROM django_migrations WHERE app = 'content' ORDER BY id").replace('\n', ' ');
    }

    /** All that the database says of itself, of Django's own applications too. */
    Set<String> applied() throws Exception {
        return new TreeSet<>(psql("SELECT app || '.' || name FROM django_migrations").lines().toList());
    }

    String psql(String query) throws Exception {
        return engine.docker("exec", engine.project + "-infra-postgres-1", "psql", "-U", "igny8", "-d", "igny8", "-Atc", query);
    }

    /**
     * One container, as the engine tells it.
     *
     * @param run which run of which container this is
     */
    record Reading(String service, String run, String image, String status, String health) {
        boolean well() {
            return status.equals("running") && (health.isEmpty() || health.equals("healthy"));
        }
    }

    /** All containers of the project by name, those that do not run too. */
    Map<String, Reading> read() throws Exception {
        Map<String, Reading> all = new TreeMap<>();
        for (String id : engine.docker("ps", "-aq", "--no-trunc", "--filter", "label=com.docker.compose.project=" + engine.project).lines().toList()) {
            String[] words = engine.docker("inspect", "--format",
                    "{{.Name}};{{index .Config.Labels \"com.docker.compose.service\"}};{{.State.StartedAt}};{{.Image}};{{.State.Status}};{{with .State.Health}}{{.Status}}{{end}}",
                    id).split(";", -1);
            all.put(words[0].substring(1), new Reading(words[1], id + " " + words[2], words[3], words[4], words[5]));
        }
        return all;
    }

    /** The outcome that what is there proves, whatever anybody says. */
    String proven(Map<String, Reading> before, String wanted) throws Exception {
        Map<String, Reading> now = read();
        boolean well = now.values().stream().allMatch(Reading::well);
        if (!well || now.isEmpty()) {
            return "broken";
        }
        if (now.values().stream().filter(one -> BACKENDS.contains(one.service())).filter(one -> one.image().equals(wanted)).count() == BACKENDS.size()) {
            return "deployed";
        }
        if (now.equals(before)) {
            return "unchanged";
        }
        return images(now).equals(images(before)) ? "rolled back" : "broken";
    }

    private static Map<String, String> images(Map<String, Reading> containers) {
        Map<String, String> images = new TreeMap<>();
        containers.forEach((name, one) -> images.put(name, one.image()));
        return images;
    }

    /** What must hold however a change ended: no container is half replaced, nothing was left beside the stack, and the lock is free. */
    void nothingIsLeft() throws Exception {
        nothingIsLeft("free");
    }

    /** @param lock its state, where somebody else has it */
    void nothingIsLeft(String lock) throws Exception {
        for (String name : engine.docker("ps", "-a", "--format", "{{.Names}}").lines().toList()) {
            assertFalse(HALF_REPLACED.matcher(name).matches() && name.contains(engine.project), name);
            assertFalse(name.startsWith(engine.project + "-candidate") || name.startsWith(engine.project + "-pending"), name);
        }
        assertEquals(lock, engine.lockState());
        assertFalse(engine.log().contains("canary-key"), "the service's secrets are in no log");
    }

    /** What the engine counts as healthy now; for what a test itself has done to the stack. */
    void awaitWell() throws Exception {
        long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!read().values().stream().allMatch(Reading::well)) {
            assertTrue(System.nanoTime() < giveUp, () -> engine.log());
            Thread.sleep(100);
        }
    }
}
