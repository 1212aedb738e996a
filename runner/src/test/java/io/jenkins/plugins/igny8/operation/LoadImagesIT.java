package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the engine of this machine to another one, which had nothing. */
@Tag("engine")
class LoadImagesIT {

    private static final String FOLDER = "igny8-images";

    @RegisterExtension
    static final SecondEngine second = new SecondEngine();

    @RegisterExtension
    static final RegistryFixture registry = new RegistryFixture();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private Host target;

    @BeforeEach
    void nameTheTarget() {
        target = engine.host(Credentials.none(), second.environment());
    }

    private BuiltImage build(String name, String content) throws Exception {
        return build(name, "FROM scratch\nCOPY page /\n", content);
    }

    private BuiltImage build(String name, String dockerfile, String content) throws Exception {
        engine.file(name + "/Dockerfile", dockerfile);
        engine.file(name + "/page", content + " of " + engine.project);
        String image = engine.project + "-" + name + ":latest";
        return BuildImages.of(new ImageToBuild(image, name + "/Dockerfile", name)).run(engine.host).images().get(0);
    }

    private void save(BuiltImage... images) throws Exception {
        new SaveImages(List.of(images), FOLDER).run(engine.host);
    }

    private LoadImages.Loaded load() throws Exception {
        return new LoadImages(FOLDER).run(target);
    }

    private String failure() {
        String failure = assertThrows(Failure.class, this::load).getMessage();
        assertEquals(1, failure.lines().count(), failure);
        return failure;
    }

    private Path file(BuiltImage image) throws Exception {
        String end = "-" + image.imageId().substring(7, 19) + ".tar";
        try (var files = Files.list(engine.workspace.resolve(FOLDER))) {
            return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
        }
    }

    private Set<String> namesThere(BuiltImage image) throws Exception {
        String names = second.docker("image", "inspect", "--format", "{{join .RepoTags \",\"}}", image.imageId());
        return new TreeSet<>(List.of(names.split(",")));
    }

    @Test
    void theTargetHasEveryImageUnderItsNamesAndIsSentNoneTwice() throws Exception {
        BuiltImage app = build("app", "first");
        BuiltImage web = build("web", "first");
        save();
        engine.kept.clear();
        LoadImages.Loaded loaded = load();
        assertEquals(List.of(), loaded.skipped());
        assertEquals(List.of(app.imageId(), web.imageId()), loaded.images().stream().map(BuiltImage::imageId).toList());
        for (BuiltImage image : List.of(app, web)) {
            assertEquals(image.imageId(), second.docker("image inspect --format {{.Id}} " + image.name()));
        }
        assertEquals(loaded.images(), ImagesOfBuild.of(engine.host));

        // Nothing can be sent of files that are not there.
        Files.delete(file(app));
        Files.delete(file(web));
        second.docker("tag " + web.name() + " " + app.name());
        LoadImages.Loaded again = load();
        assertEquals(List.of(app.name(), web.name()), again.skipped());
        assertEquals(app.imageId(), second.docker("image inspect --format {{.Id}} " + app.name()));
        assertTrue(engine.log().contains("on this engine already, not sent again: " + app.imageId()), engine.log());
    }

    /** No digest comes with a file: a pin by digest would be an image that the target does not have. */
    @Test
    void composeRunsExactlyWhatWasLoadedThoughItWasPushed() throws Exception {
        BuiltImage app = build("app", "FROM " + RealEngine.BASE + "\nCOPY page /\nCMD [\"sleep\", \"600\"]\n", "first");
        String reference = engine.project + ".example.com/team/app:1";
        save(new BuiltImage(app.name(), reference, app.imageId(), "sha256:" + "a".repeat(64), null, null));
        BuiltImage loaded = load().images().get(0);
        assertNull(loaded.digest());
        assertEquals(app.name(), loaded.reference());
        assertEquals(Set.of(app.name(), reference), namesThere(app));

        engine.file("compose.yml", "services:\n  app: {image: '" + app.name() + "', network_mode: none, init: true}\n");
        ComposeUp.Started deployed =
                new ComposeUp(engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK).run(target);
        try {
            String container = deployed.containers().get(0).name();
            assertEquals(app.imageId() + "=" + app.pin(), second.docker("inspect --format {{.Image}}={{.Config.Image}} " + container));
            assertTrue(second.docker("image ls --format {{.Repository}}:{{.Tag}}").lines().anyMatch(app.pin()::equals));
        } finally {
            new ComposeDown(engine.project, false, Duration.ofSeconds(1), Duration.ofSeconds(60)).run(target);
        }
    }

    @Test
    void anImageWithoutItsNameInTheFileGetsItBack() throws Exception {
        BuiltImage app = build("app", "first");
        engine.docker("tag " + app.imageId() + " " + engine.project + "-app:kept");
        build("app", "second");
        save(app);
        load();
        assertEquals(Set.of(app.name()), namesThere(app));
    }

    @Test
    void oneFileBringsAnImageUnderTwoNames() throws Exception {
        BuiltImage app = build("app", "first");
        String other = engine.project + "-app:2";
        save(app, new BuiltImage(other, other, app.imageId(), null, null, null));
        assertEquals(List.of(app.name(), other), load().images().stream().map(BuiltImage::name).toList());
        assertEquals(Set.of(app.name(), other), namesThere(app));
    }

    @Test
    void theDigestStaysOnlyWhereTheEngineKnowsIt() throws Exception {
        build("app", "first");
        Host pushing = engine.host(registry.credentials(), Map.of());
        BuiltImage pushed = new PushImages(registry.address(), "team", "registry", List.of("1"), List.of()).run(pushing).images().get(0);
        try {
            save();
            assertEquals(Set.of(pushed.name(), pushed.reference()), namesThere(load().images().get(0)));
            engine.kept.clear();
            BuiltImage here = new LoadImages(FOLDER).run(engine.host).images().get(0);
            assertEquals(pushed.pin(), here.pin());
            assertEquals(pushed.reference(), here.reference());
            assertNull(load().images().get(0).digest());
        } finally {
            registry.removeFrom(engine);
        }
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        assertEquals("There is no folder " + FOLDER + " in " + engine.workspace + ": run igny8Save first, or bring here all that it wrote, or give its"
                + " folder in 'directory'.", failure());
        engine.file(FOLDER + "/x", "");
        assertTrue(failure().startsWith("There is no " + FOLDER + "/igny8-images.json in " + engine.workspace + ": run igny8Save first"));
        for (String notOurs : List.of("", "[", "null", "[]", "{\"version\": 2, \"images\": []}", "{\"version\": 1}", "{\"version\": 1, \"images\": [null]}",
                "{\"version\": 1, \"images\": [{\"name\": \"a:1\"}]}", entry("../x.tar"), entry("/etc/passwd"))) {
            engine.file(FOLDER + "/igny8-images.json", notOurs);
            assertTrue(failure().startsWith("The file " + FOLDER + "/igny8-images.json in " + engine.workspace + " is no manifest of this version's"
                    + " igny8Save, or a damaged one: save again"), notOurs + ": " + failure());
        }
        engine.file(FOLDER + "/igny8-images.json", entry("a.tar"));
        assertEquals("There is no file " + FOLDER + "/a.tar in " + engine.workspace + ", which holds the image a:1: bring here all that igny8Save wrote.",
                failure());
        Files.createSymbolicLink(engine.workspace.resolve(FOLDER + "/a.tar"), Path.of("/etc/passwd"));
        assertTrue(failure().contains("leaves the workspace"), failure());
        String leaves = assertThrows(Failure.class, () -> new LoadImages("/etc").run(target)).getMessage();
        assertTrue(leaves.startsWith("The path '/etc"), leaves);
    }

    private static String entry(String file) {
        return "{\"version\": 1, \"images\": [{\"name\": \"a:1\", \"reference\": \"a:1\", \"imageId\": \"sha256:" + "0".repeat(64) + "\", \"file\": \"" + file
                + "\", \"bytes\": 1}]}";
    }

    @Test
    void aFileThatIsCutOrChangedIsSaid() throws Exception {
        BuiltImage app = build("app", "first");
        save();
        Path file = file(app);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, 3000));
        assertEquals("The file " + FOLDER + "/" + file.getFileName() + " of the image " + app.name() + " has 3000 bytes instead of " + whole.length
                + ": bring it here again.", failure());
        String damaged = "The image " + app.name() + " was not loaded: the file " + FOLDER + "/" + file.getFileName() + " is damaged; remove it, run"
                + " igny8Save again, and bring it here anew.";
        Files.write(file, java.util.Arrays.copyOf("no archive".getBytes(StandardCharsets.UTF_8), whole.length));
        assertEquals(damaged, failure());
        Files.writeString(file, new String(whole, StandardCharsets.ISO_8859_1).replace("first of", "First of"), StandardCharsets.ISO_8859_1);
        assertEquals(damaged, failure());
        assertEquals("", second.docker("images -q " + app.name()));
        assertFalse(engine.log().contains("loaded: "), engine.log());
    }

    @Test
    void anotherImageInTheFileIsSaid() throws Exception {
        BuiltImage app = build("app", "first");
        save();
        Path file = file(app);
        Path kept = Files.copy(file, engine.workspace.resolve("kept.tar"));
        BuiltImage other = build("app", "other");
        save();
        Files.move(kept, file(other), StandardCopyOption.REPLACE_EXISTING);
        String failure = failure();
        assertTrue(failure.startsWith("The image " + app.name() + " was " + other.imageId() + " where it was saved, and is " + app.imageId()
                + " after loading " + FOLDER + "/" + file(other).getFileName() + ": the file is another one, or"), failure);
    }
}
