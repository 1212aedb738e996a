package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Real compose files of public repositories, rendered, and compared with their sources by what the docker command says of both. They are
 * read where they lie and are no part of this project: {@code -Dcompose.corpus=FOLDER} names the folder; without it this is left out. What
 * became of each is written to {@code target/rendered-corpus.tsv}.
 */
@Tag("engine")
class RenderCorpusIT {

    private static final String COMPOSE = "compose.yml";
    private static final Pattern ENV_FILE = Pattern.compile("env file (\\S+) not found");
    private static final Pattern REQUIRED = Pattern.compile("required variable (\\w+) is missing a value");

    @RegisterExtension
    static final RegistryFixture registry = new RegistryFixture();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private BuiltImage pushed;

    private record Said(int exitCode, String out, String err) {}

    @AfterEach
    void removePushed() {
        registry.removeFrom(engine);
    }

    /** The docker command itself. */
    private Said compose(Path workspace, String file, String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("docker", "compose", "-f", file, "-p", engine.project, "--profile", "*"));
        argv.addAll(List.of(words));
        Path errors = workspace.resolve("errors.txt");
        Process process = new ProcessBuilder(argv).directory(workspace.toFile()).redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, Files.readString(errors));
    }

    /** What Compose says of the source, with files and values that the file alone lacks; null where it is refused all the same. */
    private ObjectNode source(Path workspace) throws Exception {
        for (int attempt = 0; attempt < 50; attempt++) {
            Said said = compose(workspace, COMPOSE, "config", "--format", "json");
            if (said.exitCode() == 0) {
                return (ObjectNode) new ObjectMapper().readTree(said.out());
            }
            Matcher file = ENV_FILE.matcher(said.err());
            Matcher variable = REQUIRED.matcher(said.err());
            if (file.find() && file.group(1).startsWith(workspace + "/")) {
                Files.createDirectories(Path.of(file.group(1)).getParent());
                Files.writeString(Path.of(file.group(1)), "SECRET=hidden-in-env-file\n");
            } else if (variable.find()) {
                Files.writeString(workspace.resolve(".env"), variable.group(1) + "=hidden-in-dotenv\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else {
                return null;
            }
        }
        return null;
    }

    /** Each service that is built is taken for one that this build has pushed. */
    private List<BuiltImage> images(JsonNode source) {
        Map<String, BuiltImage> images = new TreeMap<>();
        source.path("services").fields().forEachRemaining(service -> {
            if (service.getValue().has("build")) {
                String name = service.getValue().path("image").asText(engine.project + "-" + service.getKey());
                images.put(name, new BuiltImage(name, pushed.reference(), pushed.imageId(), pushed.digest(), 1.0, false));
            }
        });
        return List.copyOf(images.values());
    }

    private static ObjectNode without(ObjectNode source, Render.Rendered rendered) {
        ObjectNode wanted = source.deepCopy();
        source.fieldNames().forEachRemaining(key -> wanted.remove(key.startsWith("x-") ? List.of(key) : List.of()));
        wanted.path("services").fields().forEachRemaining(one -> {
            ObjectNode service = (ObjectNode) one.getValue();
            service.remove(List.of("build", "develop"));
            if (rendered.pinned().containsKey(one.getKey())) {
                service.remove("pull_policy");
                service.put("image", rendered.pinned().get(one.getKey()));
            }
            List<String> removed = rendered.removedMounts().stream()
                    .filter(mount -> mount.service().equals(one.getKey())).map(Render.RemovedMount::target).toList();
            if (!removed.isEmpty()) {
                ArrayNode volumes = (ArrayNode) service.remove("volumes");
                volumes.forEach(volume -> {
                    if (!removed.contains(volume.path("target").asText().replaceFirst("(?<=.)/+$", ""))) {
                        service.withArray("volumes").add(volume);
                    }
                });
            }
        });
        // Compose leaves out what nobody uses, as what only builds used is now.
        List<String> used = new ArrayList<>();
        wanted.path("services").forEach(service -> service.path("secrets").forEach(secret -> used.add(secret.path("source").asText())));
        if (used.isEmpty()) {
            wanted.remove("secrets");
        } else {
            ((ObjectNode) wanted.path("secrets")).retain(used);
        }
        return wanted;
    }

    @Test
    void renderedFilesMeanWhatTheirSourcesMean() throws Exception {
        String given = System.getProperty("compose.corpus", "");
        assumeTrue(!given.isEmpty(), "left out: no -Dcompose.corpus=FOLDER");
        engine.file("app/Dockerfile", "FROM " + RealEngine.BASE + "\nWORKDIR /app\nCOPY page /app/src/\n");
        engine.file("app/page", engine.project);
        var host = engine.host(registry.credentials(), Map.of());
        BuildImages.of(new ImageToBuild(engine.project + "-app:latest", "app/Dockerfile", "app")).run(host);
        pushed = new PushImages(registry.address(), "team", "registry", List.of("1"), List.of()).run(host).images().get(0);

        List<String> wrong = new ArrayList<>();
        Map<String, Integer> count = new TreeMap<>();
        StringBuilder table = new StringBuilder("file\tbecame\tpinned\tmounts\twhy\n");
        try (Stream<Path> files = Files.list(Path.of(given))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yml")).sorted().toList()) {
                String became = became(file, wrong);
                table.append(file.getFileName()).append('\t').append(became).append('\n');
                count.merge(became.substring(0, became.indexOf('\t')), 1, Integer::sum);
            }
        }
        Files.writeString(Path.of("target", "rendered-corpus.tsv"), table);
        System.out.println("rendered corpus: " + count);
        assertEquals(List.of(), wrong);
        assertTrue(count.get("equal") > 50, table.toString());
    }

    private String became(Path file, List<String> wrong) throws Exception {
        Path workspace = Files.createDirectories(engine.workspace.resolve(file.getFileName().toString().substring(0, 3)));
        Files.copy(file, workspace.resolve(COMPOSE));
        ObjectNode source = source(workspace);
        if (source == null || source.path("services").isEmpty()) {
            return "no source\t\t\t" + Files.readString(workspace.resolve("errors.txt")).strip().lines().reduce((first, last) -> last).orElse("no services");
        }
        LocalHost host = new LocalHost(workspace, Map.of(), Credentials.none(), new ConcurrentHashMap<>(), event -> {});
        ComposeProject project = new ComposeProject(engine.project, List.of(COMPOSE), List.of("*"), null, null, List.of());
        Render render = new Render(project, images(source), null, Render.CODE_ROOT);
        Render.Rendered rendered;
        try {
            rendered = render.run(host);
        } catch (Failure e) {
            return "refused\t\t\t" + e.getMessage().replace("\n", " | ");
        }
        String text = Files.readString(workspace.resolve(rendered.file()));
        Said said = compose(workspace, rendered.file(), "config", "--format", "json");
        if (said.exitCode() != 0 || !without(source, rendered).equals(new ObjectMapper().readTree(said.out()))) {
            wrong.add(file + " means something else: " + said.err());
        }
        if (text.contains("hidden-in")) {
            wrong.add(file + " has a value that it should not");
        }
        if (!rendered.sha256().equals(render.run(host).sha256()) || !text.equals(Files.readString(workspace.resolve(rendered.file())))) {
            wrong.add(file + " gave other bytes the second time");
        }
        return "equal\t" + rendered.pinned().size() + "\t" + rendered.removedMounts().size() + "\t";
    }
}
