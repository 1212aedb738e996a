package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The example's own Jenkinsfile through {@code bin/run}, release by release; what came out is read by docker, psql and HTTP. */
@Tag("engine")
class PipelineIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> STAGES = List.of("Check", "Infra", "Build", "Test", "Push", "Migrate", "Deploy", "Health");

    @RegisterExtension
    static final RegistryFixture REGISTRY = new RegistryFixture();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private final Map<String, String> environment = new LinkedHashMap<>();

    @BeforeEach
    void infra() throws Exception {
        for (String service : List.of("BACKEND", "FRONTEND", "MARKETING", "SITES")) {
            environment.put("IGNY8_" + service + "_PORT", freePort());
        }
        environment.put("IGNY8_NETWORK", engine.project + "_net");
        environment.put("IGNY8_BASE", RealEngine.BASE);
        lay("r1");
        Process up = process("docker", "compose", "-f", "docker-compose.infra.yml", "-p", engine.project + "-infra", "up", "-d", "--build", "--wait");
        assertEquals(0, up.waitFor());
    }

    @AfterEach
    void imagesOfTheRegistry() {
        // An image that a container runs cannot be taken away.
        engine.removeProjects();
        REGISTRY.removeFrom(engine);
    }

    private static String freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(free.getLocalPort());
        }
    }

    private void lay(String release) throws Exception {
        assertEquals(0, process(ROOT + "/examples/igny8/releases/lay", release, engine.workspace.toString()).waitFor());
    }

    private Process process(String... argv) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(engine.workspace.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.redirectOutput(Files.createTempFile(engine.workspace.getParent(), "igny8-it-", ".log").toFile()).start();
    }

    /** Runs the Jenkinsfile; returns its account. */
    private JsonNode pipeline(String release, int exitCode) throws Exception {
        lay(release);
        Path account = Files.createTempFile("igny8-it-", ".json");
        Path console = Files.createTempFile("igny8-it-", ".console");
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT + "/bin/run", "Jenkinsfile", "--json", account.toString(), "--credentials", REGISTRY.credentialsFile().toString(),
                        "-p", "PROJECT=" + engine.project, "-p", "NETWORK=" + engine.project + "_net", "-p", "BASE=" + RealEngine.BASE,
                        "-p", "REGISTRY=" + REGISTRY.address(), "-p", "CREDENTIALS=registry",
                        "-p", "BACKEND_PORT=" + environment.get("IGNY8_BACKEND_PORT"), "-p", "HEALTH_SECONDS=25")
                .directory(engine.workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().putAll(environment);
        int actual = builder.start().waitFor();
        String log = Files.readString(console);
        assertEquals(exitCode, actual, log);
        assertFalse(log.contains(RegistryFixture.PASSWORD) || log.contains("\tat "), log);
        JsonNode read = new ObjectMapper().readTree(account.toFile());
        Files.delete(account);
        Files.delete(console);
        return read;
    }

    private static Map<String, String> stages(JsonNode account) {
        Map<String, String> results = new LinkedHashMap<>();
        account.path("stages").forEach(stage -> results.put(stage.path("name").asText(), stage.path("result").asText()));
        // What Jenkins calls the stage of the pipeline's own post section.
        results.remove("Declarative: Post Actions");
        return results;
    }

    private static JsonNode result(JsonNode account, String step) {
        return StreamSupport.stream(account.path("steps").spliterator(), false)
                .filter(one -> one.path("name").asText().equals(step))
                .findFirst()
                .orElseThrow()
                .path("result");
    }

    private JsonNode status(int expected) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + environment.get("IGNY8_BACKEND_PORT") + "/api/v1/system/status/");
        HttpResponse<String> response = HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(expected, response.statusCode(), response.body());
        return new ObjectMapper().readTree(response.body());
    }

    private String image(String service) {
        return engine.inspect(engine.project + "-" + service + "-1", "{{.Image}}");
    }

    private String psql(String query) {
        return engine.docker("exec", engine.project + "-infra-postgres-1", "psql", "-U", "igny8", "-d", "igny8", "-Atc", query);
    }

    private static List<String> failedAt(String stage) {
        List<String> results = new ArrayList<>();
        boolean after = false;
        for (String each : STAGES) {
            results.add(each.equals(stage) ? "FAILURE" : after ? "NOT_BUILT" : "SUCCESS");
            after |= each.equals(stage);
        }
        return results;
    }

    @Test
    void releasesAreWhatTheyAreSaidToBe() throws Exception {
        JsonNode r1 = pipeline("r1", 0);
        everythingAgreesWithTheEngine(r1);
        statusCameAfterAllThatItStandsFor();
        String backendOfR1 = image("backend");

        JsonNode r2 = pipeline("r2", 0);
        assertEquals(List.of("content.0002_article_word_count"), strings(result(r2, "igny8Migrate").path("applied")));
        assertEquals("r2", status(200).path("release").asText());
        assertNotEquals(backendOfR1, image("backend"));
        for (JsonNode image : result(r2, "igny8Build").path("images")) {
            boolean backend = image.path("name").asText().equals("igny8-backend:latest");
            assertEquals(!backend, image.path("cached").asBoolean(), "r2 differs in the backend only: " + image);
        }
        everythingAgreesWithTheEngine(r2);
        String backendOfR2 = image("backend");

        JsonNode r3 = pipeline("r3", 1);
        assertEquals(failedAt("Migrate"), new ArrayList<>(stages(r3).values()));
        assertTrue(r3.path("error").asText().contains("content.0004_changelog_article"), r3.path("error").asText());
        assertEquals("0001_initial 0002_article_word_count 0003_article_slug", psql(
                "SELECT name FROM django_migrations WHERE app = 'content' ORDER BY id").replace('\n', ' '));
        assertEquals(backendOfR2, image("backend"), "the running stack was not touched");
    }

    @Test
    void aReleaseThatNeverGetsHealthyFailsWithItsLogsKept() throws Exception {
        JsonNode r4 = pipeline("r4", 1);
        assertEquals(failedAt("Deploy"), new ArrayList<>(stages(r4).values()));
        String error = r4.path("error").asText();
        assertTrue(error.contains("backend (container " + engine.project + "-backend-1) is unhealthy"), error);
        assertTrue(error.contains("waiting for it: frontend"), error);
        assertTrue(Files.readString(engine.workspace.resolve("igny8-logs/" + engine.project + "-backend-1.health.json")).contains("503"));
    }

    @Test
    void aWorkerThatCrashesIsNoticedThoughEverythingElseIsWell() throws Exception {
        JsonNode r5 = pipeline("r5", 1);
        assertEquals(failedAt("Health"), new ArrayList<>(stages(r5).values()));
        assertTrue(r5.path("error").asText().contains("celery_worker (container"), r5.path("error").asText());
        assertTrue(r5.path("error").asText().contains("restarts again and again"), r5.path("error").asText());
        status(200);
    }

    /** What the steps returned, against docker and the registry. */
    private void everythingAgreesWithTheEngine(JsonNode account) {
        Map<String, String> expected = new LinkedHashMap<>();
        STAGES.forEach(stage -> expected.put(stage, "SUCCESS"));
        assertEquals(expected, stages(account));
        assertEquals("SUCCESS", account.path("outcome").asText());

        Map<String, String> pushed = new TreeMap<>();
        for (JsonNode image : result(account, "igny8Push").path("images")) {
            String reference = image.path("reference").asText();
            String repository = reference.substring(reference.indexOf('/') + 1, reference.lastIndexOf(':'));
            String tag = reference.substring(reference.lastIndexOf(':') + 1);
            assertEquals(REGISTRY.digest(repository, tag), image.path("digest").asText());
            pushed.put(image.path("name").asText(), image.path("imageId").asText());
        }
        assertEquals(4, pushed.size());
        for (JsonNode image : result(account, "igny8Build").path("images")) {
            assertEquals(engine.docker("image inspect --format {{.Id}} " + image.path("name").asText()), image.path("imageId").asText());
        }
        for (String service : List.of("backend", "celery_worker", "celery_beat")) {
            assertEquals(pushed.get("igny8-backend:latest"), image(service), service + " runs the backend's image");
        }
        assertEquals(pushed.get("igny8-frontend-dev:latest"), image("frontend"));
        for (JsonNode container : result(account, "igny8WaitHealthy").path("containers")) {
            assertEquals(
                    engine.inspect(container.path("id").asText(), "{{.Image}} {{.State.Status}}"),
                    container.path("imageId").asText() + " running");
        }
        assertEquals(6, result(account, "igny8WaitHealthy").path("containers").size());
    }

    /** By the clocks of Postgres, the engine and the worker: 200 stands at the end of the chain. */
    private void statusCameAfterAllThatItStandsFor() throws Exception {
        JsonNode status = status(200);
        assertEquals("ok", status.path("checks").path("postgres").asText());
        assertEquals("ok", status.path("checks").path("redis").asText());
        assertTrue(status.path("beat_recent").asBoolean(), status.toString());
        Instant migrated = Instant.parse(psql(
                "SELECT to_char(max(applied) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM django_migrations"));
        Instant started = Instant.parse(engine.inspect(engine.project + "-backend-1", "{{.State.StartedAt}}"));
        Instant beat = Instant.parse(status.path("beat").path("last").asText().replace("+00:00", "Z"));
        assertTrue(migrated.isBefore(started), migrated + " " + started);
        assertTrue(started.isBefore(beat), started + " " + beat);
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
