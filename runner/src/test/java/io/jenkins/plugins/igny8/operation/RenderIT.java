package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rendered file compared with its source by what {@code docker compose config} says of both, and run on the real engine. */
@Tag("engine")
class RenderIT {

    private static final String RENDERED = "docker-compose.rendered.yml";

    private static final String COMPOSE = """
            x-backend: &backend
              image: ${REPOSITORY:-%1$s}-backend:latest
              build: {context: backend, args: {A: "${A:-1}"}}
              develop: {watch: [{path: backend, action: rebuild}]}
              command: [sh, -c, 'cat /app/main.py; exec sleep 600']
              stop_grace_period: 1s
              env_file: backend.env
              environment: {TOKEN: "${TOKEN:?}", PRICE: "5$$", EMPTY: "${NOT_SET:-}", FROM_OUTSIDE: }
              volumes:
                - ${CODE_ROOT:-/data/app}/backend:/app:ro
                - ${DATA:-./data}:/data
                - ./config.ini:/etc/config.ini
                - media:/app/media
            services:
              backend: *backend
              worker:
                <<: *backend
                pull_policy: build
                volumes: ['${CODE_ROOT:-/data/app}/lib:/opt/none', media:/app/media]
              db:
                image: %2$s
                command: [sleep, '600']
                stop_grace_period: 1s
            volumes: {media: {}}
            """;

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private BuiltImage backend;
    private String root;

    @BeforeEach
    void stack() {
        root = engine.workspace + "/code";
        engine.file("backend/Dockerfile", "FROM " + RealEngine.BASE + "\nWORKDIR /app\nCOPY main.py .\n");
        engine.file("backend/main.py", "the image's\n");
        engine.file("code/backend/main.py", "the host's\n");
        engine.file("code/lib/x", "");
        engine.file("data/x", "");
        engine.file("config.ini", "");
        engine.file("backend.env", "DATABASE_PASSWORD=hidden-in-env-file\n");
        engine.file(".env", "TOKEN=hidden-in-dotenv\nCODE_ROOT=" + engine.workspace + "/code\n");
        String name = engine.project + "-backend:latest";
        engine.docker("build", "-q", "-t", name, "backend");
        backend = new BuiltImage(name, name, engine.docker("image inspect --format {{.Id}} " + name), null, 1.0, false);
        ImagesOfBuild.keep(engine.host, List.of(backend));
    }

    private Render render(String... files) {
        return new Render(project(files), List.of(), null, root);
    }

    private ComposeProject project(String... files) {
        return new ComposeProject(engine.project, List.of(files), List.of(), null, null, List.of());
    }

    private String text(String file) throws Exception {
        return Files.readString(engine.workspace.resolve(file));
    }

    private String failure(Operation<?> operation) {
        return assertThrows(Failure.class, () -> operation.run(engine.host)).getMessage();
    }

    /** What Compose says that a file means. */
    private ObjectNode config(String... files) throws Exception {
        StringBuilder words = new StringBuilder("compose -p " + engine.project);
        for (String file : files) {
            words.append(" -f ").append(file);
        }
        return (ObjectNode) new ObjectMapper().readTree(engine.docker(words + " config --format json"));
    }

    private static ObjectNode service(JsonNode config, String name) {
        return (ObjectNode) config.path("services").path(name);
    }

    @Test
    void theDeployedFileIsPinnedAndRunsTheImagesCode() throws Exception {
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE));
        Render.Rendered rendered = render("compose.yml").run(engine.host);
        assertEquals(RENDERED, rendered.file());
        String pin = engine.project + "-backend:igny8-" + backend.imageId().substring(7, 19);
        assertEquals(Map.of("backend", pin, "worker", pin), rendered.pinned());
        assertEquals(List.of("backend", "worker"), rendered.removedBuilds());
        assertEquals(List.of("db"), rendered.unpinned());
        assertEquals(List.of(
                new Render.RemovedMount("backend", root + "/backend", "/app", true), new Render.RemovedMount("worker", root + "/lib", "/opt/none", false)),
                rendered.removedMounts());
        assertTrue(engine.log().contains("warning: code: the service worker: the image's, " + root + "/lib is not mounted over /opt/none, which the image does"
                + " not have"), engine.log());

        String text = text(RENDERED);
        assertTrue(text.startsWith("# Made by igny8Render from compose.yml: change those, not this file.\nname: " + engine.project + "\nservices:\n"), text);
        assertFalse(text.contains("hidden-") || text.contains(engine.workspace.toString()), text);
        assertTrue(text.contains("source: ${DATA:-./data}") && text.contains("TOKEN: ${TOKEN:?}"), text);
        assertEquals(engine.docker("run --rm -v " + engine.workspace.resolve(RENDERED) + ":/f " + RealEngine.BASE + " sha256sum /f").substring(0, 64),
                rendered.sha256());

        ObjectNode wanted = config("compose.yml");
        wanted.remove("x-backend");
        for (String name : List.of("backend", "worker")) {
            ObjectNode service = service(wanted, name);
            service.remove(List.of("build", "develop"));
            service.put("image", pin);
            service.put("pull_policy", "never");
        }
        service(wanted, "backend").withArray("volumes").remove(0);
        List<JsonNode> kept = new ArrayList<>();
        service(wanted, "worker").path("volumes").forEach(volume -> {
            if (!volume.path("source").asText().startsWith(root)) {
                kept.add(volume);
            }
        });
        service(wanted, "worker").putArray("volumes").addAll(kept);
        assertEquals(wanted, config(RENDERED));

        new ComposeUp(project(RENDERED), List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK).run(engine.host);
        String container = engine.project + "-backend-1";
        assertEquals(backend.imageId(), engine.inspect(container, "{{.Image}}"));
        assertEquals(pin, engine.inspect(container, "{{.Config.Image}}"));
        assertEquals("the image's", engine.docker("exec", container, "cat", "/app/main.py"));
        String mounts = engine.inspect(container, "{{range .Mounts}}{{.Destination}} {{end}}");
        assertEquals(List.of("/app/media", "/data", "/etc/config.ini"), Stream.of(mounts.split(" ")).sorted().toList());
    }

    @Test
    void equalInputGivesEqualBytesInAnyWorkspace() throws Exception {
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE));
        Render.Rendered first = render("compose.yml").run(engine.host);
        String text = text(RENDERED);
        assertEquals(first.sha256(), render("compose.yml").run(engine.host).sha256());
        assertEquals(text, text(RENDERED));
        Path other = engine.workspace.resolve("other");
        for (String file : List.of("compose.yml", "backend.env", ".env")) {
            engine.file("other/" + file, text(file));
        }
        engine.workspace = other;
        engine.host = engine.host(Credentials.none(), Map.of());
        render("compose.yml").run(engine.host);
        assertEquals(text, Files.readString(other.resolve(RENDERED)));
        engine.workspace = other.getParent();
    }
}
