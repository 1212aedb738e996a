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
import java.nio.file.attribute.PosixFilePermissions;
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
        String created = engine.inspect(container, "{{.Created}}");
        assertEquals(rendered.sha256(), render("compose.yml").run(engine.host).sha256());
        new ComposeUp(project(RENDERED), List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK).run(engine.host);
        assertEquals(created, engine.inspect(container, "{{.Created}}"), "nothing is new");
        assertEquals(List.of("/app/media", "/data", "/etc/config.ini"), Stream.of(mounts.split(" ")).sorted().toList());
    }

    @Test
    void aDeploymentTakesItAndTheNextOneHasNothingToDo() throws Exception {
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE));
        render("compose.yml").run(engine.host);
        ComposeUp up = new ComposeUp(project(RENDERED), List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK);
        WaitHealthy healthy = new WaitHealthy(engine.project, List.of(), List.of(), Duration.ofSeconds(20), Duration.ofSeconds(1));
        Deploy deploy = new Deploy(new Gates(up, healthy, "backend", List.of("worker"), Duration.ofSeconds(5), false, 3, false, false), true, null, true, false);
        assertEquals(Outcome.DEPLOYED, deploy.run(engine.host).outcome());
        String worker = engine.project + "-worker-1";
        assertEquals(backend.imageId() + " /app/media", engine.inspect(worker, "{{.Image}} {{range .Mounts}}{{.Destination}} {{end}}"));
        String created = engine.inspect(worker, "{{.Created}}");
        render("compose.yml").run(engine.host);
        deploy.run(engine.host);
        assertEquals(created, engine.inspect(worker, "{{.Created}}"));
        assertTrue(engine.log().contains("nothing differs from what runs"), engine.log());
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

    /** All of one project, in which nothing is built and no mount is code: the rendered file must mean the very same. */
    private String sameAsItsSource(String... files) throws Exception {
        ObjectNode wanted = config(files);
        Render.Rendered rendered = new Render(project(files), List.of(), null, "none").run(engine.host);
        assertEquals(Map.of(), rendered.pinned());
        assertEquals(List.of(), rendered.removedMounts());
        assertEquals(wanted, config(rendered.file()));
        String text = text(rendered.file());
        assertFalse(text.contains("hidden-") || text.contains(engine.workspace.toString()), text);
        return text;
    }

    @Test
    void severalFilesIncludesAndExtendedServicesBecomeOneFile() throws Exception {
        engine.file("deploy/compose.yml", """
                include: [parts/more.yml]
                services:
                  web:
                    extends: {file: parts/base.yml, service: base}
                    ports: ["${PORT:-8080}:80", "127.0.0.1:${OTHER:-81}:81/udp"]
                    depends_on: [more]
                    healthcheck: {test: curl -f localhost, interval: "${EVERY:-5s}", retries: "${TRIES:-3}"}
                    deploy: {replicas: "${REPLICAS:-2}", resources: {limits: {memory: "${MEMORY:-50M}", cpus: "0.50"}}}
                    secrets: [token, {source: token, target: other, mode: 0440}]
                    configs: [{source: page, target: /page}]
                    labels: ["a=b=c", "traefik.http.routers.web.rule=Host(`${HOST:-example.org}`)"]
                    devices: ["${DEVICE:-/dev/null}:/dev/null:r"]
                secrets: {token: {file: ./token.txt}}
                configs: {page: {content: "${GREETING:-hello}\n# not a comment: 'x'\n\ttab\n"}}
                networks: {default: {name: "${NETWORK:-%s-net}"}}
                """.formatted(engine.project));
        engine.file("deploy/parts/more.yml", "services:\n  more:\n    image: busybox:1\n    env_file: [more.env]\n    volumes: ['./more:/more', 'kept:/kept']\nvolumes: {kept: {}}\n");
        engine.file("deploy/parts/base.yml", "services:\n  base:\n    image: busybox:${VERSION:-1}\n    env_file: base.env\n    volumes: ['./base:/base', '${CACHE:-/tmp}/x:/cache:ro']\n");
        engine.file("deploy/parts/more.env", "A=hidden-more\n");
        engine.file("deploy/parts/base.env", "A=hidden-base\n");
        engine.file("deploy/.env", "GREETING=hidden-greeting\n");
        engine.file("over.yml", "services:\n  web:\n    command: [\"echo\", \"$$HOME\", \"010\", \"yes\", \"1e3\", \"\"]\r\n    environment:\r\n      ON: \"on\"\r\n");
        engine.file("reset.yml", "services:\n  web:\n    labels: !override {only: '${THIS:-one}'}\n    healthcheck: !reset null\n    volumes: ['${DATA:-./data}:/base']\n");
        String text = sameAsItsSource("deploy/compose.yml", "over.yml", "reset.yml");
        assertTrue(text.startsWith("# Made by igny8Render from deploy/compose.yml, over.yml, reset.yml:"), text);
        assertTrue(text.contains("path: parts/base.env") && text.contains("source: ${CACHE:-/tmp}/x") && text.contains("source: ${DEVICE:-/dev/null}"), text);
    }

    /** What YAML of some version takes for a number, a date, truth, nothing or a sign of its own. */
    @Test
    void whateverATextIsItStaysTheSame() throws Exception {
        List<String> texts = List.of(
                "010", "0o14", "0x1F", "1_000", "1e3", "1.0", ".5", ".inf", "-.INF", ".NaN", "12:30:45", "2001-01-01", "yes", "Off", "n", "TRUE", "null", "~", "", " ",
                " a", "a ", "a: b", "a:", ":", "a #b", "a# b", "#x", "- x", "-", "--", "---", "...", "&a", "*a", "!t", "%x", "@x", "`x`", "|", ">", "=", "<<", "?", "? x",
                "'q'", "\"d\"", "\\back", "[a]", "{a}", ",", "é 😀", "\u0007", "\u0085", "\u2028", "\ufeff", "a\tb", "a\nb", "a\n", "\n", "\n a\n", "a\n\n  b \n\n", "a\r\nb", "$$x",
                "$${x}", "${X:-a: b}", "${X:-#}", "./", ".", "/", "~/x", "a/b:c=d?e;f", "(x)", "x".repeat(300), "x y ".repeat(100));
        ObjectNode service = new ObjectMapper().createObjectNode().put("image", "busybox");
        texts.forEach(service.putArray("command")::add);
        ObjectNode labels = service.putObject("labels");
        texts.stream().filter(text -> text.matches("[^$\\n\\r]+")).forEach(text -> labels.put(text, text));
        ObjectNode file = new ObjectMapper().createObjectNode();
        file.putObject("services").set("a", service);
        // Line breaks for YAML, though not for JSON.
        String json = new ObjectMapper().writeValueAsString(file);
        engine.file("compose.yml", json.replace("\u0085", "\\u0085").replace("\u2028", "\\u2028").replace("\ufeff", "\\ufeff"));
        sameAsItsSource("compose.yml");
    }

    @Test
    void theExampleIsReadyForItsRelease() throws Exception {
        Path whole = engine.workspace;
        engine.workspace = Files.createDirectory(whole.resolve("example"));
        engine.host = engine.host(Credentials.none(), Map.of());
        ExampleStack.copy(engine.workspace);
        engine.file(".env", "POSTGRES_PASSWORD=hidden-1\nDJANGO_SECRET_KEY=hidden-2\n");
        String digest = "sha256:" + "d".repeat(64);
        List<BuiltImage> images = Stream.of("backend", "frontend-dev", "marketing-dev", "sites-dev")
                .map(name -> new BuiltImage("igny8-" + name + ":latest", "registry.example:5000/igny8/" + name + ":r1", null, digest, null, null))
                .toList();
        ComposeProject example = new ComposeProject(engine.project, List.of(), List.of(), null, null, List.of());
        Render.Rendered rendered = new Render(example, images, null, Render.CODE_ROOT).run(engine.host);
        assertEquals(List.of("backend /app", "celery_beat /app", "celery_worker /app", "frontend /srv/app", "marketing /srv/marketing", "sites /srv/site"),
                rendered.removedMounts().stream().map(one -> one.service() + " " + one.target()).toList());
        ObjectNode wanted = config("docker-compose.app.yml");
        wanted.remove("x-backend");
        rendered.pinned().forEach((service, pin) -> service(wanted, service).put("image", pin).remove("volumes"));
        assertEquals(6, rendered.pinned().size());
        assertEquals(wanted, config(RENDERED));
        assertFalse(text(RENDERED).contains("hidden-"));
        CheckOptions release = new CheckOptions(List.of(), "never", null, true, List.of(), List.of(), 300, false, false);
        CheckCompose.Checked checked = new CheckCompose(project(RENDERED), release).run(engine.host);
        assertEquals(List.of(), checked.findings().stream().filter(one -> List.of("code-mount", "build-section", "not-pinned").contains(one.rule())).toList());
        engine.workspace = whole;
    }

    @Test
    void nothingOfASecretFileIsInIt() throws Exception {
        engine.file("secret.env", "PASSWORD=hidden-word\n");
        engine.file("compose.yml", "services:\n  db: {image: busybox, env_file: '${IGNY8_ENV_FILE:-.env}', environment: {A: '${PASSWORD:?}'}, labels: {b: '${MARK}'}}\n");
        Path known = Files.writeString(engine.workspace.resolve("credentials.json"), "{\"production\": {\"file\": \"" + engine.workspace + "/secret.env\"}}");
        Files.setPosixFilePermissions(known, PosixFilePermissions.fromString("rw-------"));
        ComposeProject project = new ComposeProject(engine.project, List.of("compose.yml"), List.of(), null, "production", List.of("MARK=hidden-mark"));
        Render.Rendered rendered = new Render(project, List.of(), null, "none").run(engine.host(Credentials.read(known), Map.of()));
        String text = text(RENDERED);
        assertTrue(text.contains("A: ${PASSWORD:?}") && text.contains("b: ${MARK}") && text.contains("path: ${IGNY8_ENV_FILE:-.env}"), text);
        assertFalse((text + rendered + engine.log()).contains("hidden-"), text);
    }

    @Test
    void otherProjectsOfTheRenderedFileHaveVolumesOfTheirOwn() throws Exception {
        engine.file("compose.yml", "services:\n  db: {image: busybox, volumes: ['data:/d', 'shared:/s']}\nvolumes: {data: {}, shared: {name: shared, external: true}}\n");
        sameAsItsSource("compose.yml");
        String other = engine.docker("compose -p other -f " + RENDERED + " config --format json");
        assertEquals("other_data", new ObjectMapper().readTree(other).at("/volumes/data/name").asText());
        assertEquals("shared", new ObjectMapper().readTree(other).at("/volumes/shared/name").asText());
    }

    @Test
    void servicesOfProfilesAreInItWhereTheProfileIsOn() throws Exception {
        engine.file("compose.yml", "services:\n  web: {image: busybox}\n  worker: {image: busybox, profiles: [workers]}\n  dev: {build: ., profiles: [dev]}\n");
        ComposeProject workers = new ComposeProject(engine.project, List.of("compose.yml"), List.of("workers"), null, null, List.of());
        new Render(workers, List.of(), null, "none").run(engine.host);
        assertEquals("web\nworker", engine.docker("compose --profile workers -f " + RENDERED + " config --services").lines().sorted().reduce((a, b) -> a + "\n" + b).get());
        assertEquals("web", engine.docker("compose -f " + RENDERED + " config --services"));
    }

    @Test
    void aPinByDigestMayBePulledAndReplacesThePolicyToBuild() throws Exception {
        String digest = "sha256:" + "d".repeat(64);
        BuiltImage pushed = new BuiltImage("app:latest", "registry.example:5000/team/app:1", null, digest, null, null);
        engine.file("compose.yml", "services:\n  app: {build: ., image: app, pull_policy: build, volumes: ['/data/app/x:/app', '/data/application:/y']}\n");
        Render render = new Render(project("compose.yml"), List.of(pushed), null, Render.CODE_ROOT);
        assertEquals("The image registry.example:5000/team/app@" + digest + " is not on this engine: pull it first (igny8Pull).", failure(render),
                "whether /data/application covers code stands in the image alone");
        engine.file("compose.yml", "services:\n  app: {build: ., image: app, pull_policy: build, volumes: ['/data/app/x:/app']}\n");
        Render.Rendered rendered = render.run(engine.host);
        assertEquals(List.of(new Render.RemovedMount("app", "/data/app/x", "/app", null)), rendered.removedMounts());
        assertEquals(new ObjectMapper().readTree("{\"command\": null, \"entrypoint\": null, \"image\": \"registry.example:5000/team/app@" + digest
                + "\", \"networks\": {\"default\": null}}"), service(config(RENDERED), "app"));
    }

    @Test
    void theRenderedFileGetsItsImageWhereThisBuildHasItUnderAnotherName() throws Exception {
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE));
        String pin = render("compose.yml").run(engine.host).pinned().get("worker");
        engine.docker("rmi", pin);
        new ComposeUp(project(RENDERED), List.of("worker"), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK).run(engine.host);
        assertEquals(backend.imageId(), engine.inspect(engine.project + "-worker-1", "{{.Image}}"));
    }

    @Test
    void likelyMistakesGiveOneSentenceAndWriteNothing() throws Exception {
        engine.file("compose.yml", "services:\n  a: {build: .}\n  b: {build: ., image: igny8-it.invalid/none:1}\n  c: {image: busybox}\n");
        assertEquals("The service a is only built. Build it in this pipeline (igny8Build), or name an image in 'image' that can be pulled.\n"
                + "The service b is only built: this build did not make igny8-it.invalid/none:1, and no registry has it. Build it in this pipeline"
                + " (igny8Build), or name an image in 'image' that can be pulled.", failure(render("compose.yml")));

        engine.file("compose.yml", "services:\n  c: {image: busybox, env_file: c.env}\n");
        engine.file("c.env", "");
        engine.file("out/x", "");
        Files.createSymbolicLink(engine.workspace.resolve("link.yml"), Path.of("/tmp/igny8-it-nowhere.yml"));
        Files.createSymbolicLink(engine.workspace.resolve("away"), Path.of("/tmp"));
        assertEquals("'output' is 'compose.yml', which is one of the files that are read: give another name.", failure(output("compose.yml")));
        assertEquals("'output' is 'out', which is a folder: give the name of a file.", failure(output("out")));
        assertEquals("There is a file c.env in " + engine.workspace + " that igny8Render did not make: give another name in 'output', or remove it.",
                failure(output("c.env")));
        assertTrue(failure(output("../x.yml")).startsWith("The path '../x.yml' leaves the workspace"));
        assertTrue(failure(output("away/x.yml")).startsWith("The path 'away/x.yml' leaves the workspace"));
        assertEquals("The rendered file would not mean the same as compose.yml in: services.c.environment. Paths in it begin where it lies: give an 'output'"
                + " in the folder of compose.yml.", failure(outputWithOther("out/c.env", "out/rendered.yml")));
        assertEquals("'codeRoot' is 'code': give an absolute path of the engine's machine, or 'none'.\n"
                + "The image x:1 has neither 'digest' nor 'imageId', so it cannot be pinned: give what igny8Build, igny8Push, igny8Pull or igny8Load returned.",
                failure(new Render(project("compose.yml"), List.of(new BuiltImage("x:1", "x:1", null, null, null, null)), null, "code")));

        engine.file("compose.yml", "services:\n  c: {image: busybox, ulimits: {nofile: '${MANY:-100}'}}\n");
        assertEquals("Compose cannot read the files where their variables stay as they are written: services.c.ulimits.nofile: invalid type string for external."
                + " Write a value there instead of a variable, or the long form.", failure(render("compose.yml")));
        engine.file("compose.yml", "services:\n  c: {image: busybox, volumes: ['${WHOLE:-./a:/b}']}\n");
        assertTrue(failure(render("compose.yml")).startsWith("The rendered file would not mean the same as compose.yml in: services.c.volumes."));
        assertFalse(Files.exists(engine.workspace.resolve(RENDERED)));

        engine.file("compose.yml", "services:\n  c: {image: busybox}\n");
        output("link.yml").run(engine.host);
        assertTrue(Files.isRegularFile(engine.workspace.resolve("link.yml"), java.nio.file.LinkOption.NOFOLLOW_LINKS));
        assertFalse(Files.exists(Path.of("/tmp/igny8-it-nowhere.yml")));
    }

    private Render output(String output) {
        return new Render(project("compose.yml"), List.of(), output, "none");
    }

    /** A file of that name means another one where the rendered file lies. */
    private Render outputWithOther(String name, String output) {
        engine.file(name, "OTHER=1\n");
        return output(output);
    }
}
