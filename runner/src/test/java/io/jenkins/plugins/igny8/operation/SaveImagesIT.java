package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What lies in the files is read by tar and none of the product's code. */
@Tag("engine")
class SaveImagesIT {

    private static final String FOLDER = "igny8-images";

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private BuiltImage build(String name, String content) throws Exception {
        engine.file(name + "/Dockerfile", "FROM scratch\nCOPY page /\n");
        engine.file(name + "/page", content + " of " + engine.project);
        String image = engine.project + "-" + name + ":latest";
        return BuildImages.of(new ImageToBuild(image, name + "/Dockerfile", name)).run(engine.host).images().get(0);
    }

    private SaveImages.Saved save(BuiltImage... images) throws Exception {
        return new SaveImages(List.of(images), FOLDER).run(engine.host);
    }

    private String failure(SaveImages save) {
        return assertThrows(Failure.class, () -> save.run(engine.host)).getMessage();
    }

    private String file(BuiltImage image, String name) {
        return engine.project + "-" + name + "-" + image.imageId().substring(7, 19) + ".tar";
    }

    private Set<String> files() {
        String[] names = engine.workspace.resolve(FOLDER).toFile().list();
        return new TreeSet<>(List.of(names == null ? new String[0] : names));
    }

    /** Docker's own list of what is in an archive. */
    private JsonNode contents(String file) throws Exception {
        Process tar = new ProcessBuilder("tar", "-xOf", engine.workspace.resolve(FOLDER + "/" + file).toString(), "manifest.json").start();
        String text = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, tar.waitFor(), file);
        return JSON.readTree(text);
    }

    private Set<String> names(String file) throws Exception {
        Set<String> names = new TreeSet<>();
        contents(file).findValue("RepoTags").forEach(name -> names.add(name.asText()));
        return names;
    }

    private JsonNode manifest() throws Exception {
        return JSON.readTree(engine.workspace.resolve(FOLDER + "/igny8-images.json").toFile()).path("images");
    }

    @Test
    void theBuildsImagesAreInFilesUnderTheirNames() throws Exception {
        BuiltImage app = build("app", "first");
        BuiltImage web = build("web", "first");
        SaveImages.Saved saved = save();
        assertEquals(Set.of(file(app, "app"), file(web, "web"), "igny8-images.json"), files());
        for (SaveImages.SavedFile one : saved.files()) {
            Path file = engine.workspace.resolve(one.file());
            JsonNode contents = contents(file.getFileName().toString());
            assertEquals(1, contents.size());
            assertEquals(one.imageId(), "sha256:" + contents.get(0).path("Config").asText().replace(".json", "").replaceFirst("^blobs/sha256/", ""));
            assertEquals(Set.of(one.name()), names(file.getFileName().toString()));
            assertEquals(Files.size(file), one.bytes());
            assertFalse(one.unchanged());
        }
        assertEquals(List.of(app.imageId(), web.imageId()), saved.files().stream().map(SaveImages.SavedFile::imageId).toList());
        assertEquals(app.name() + " " + app.imageId() + " " + file(app, "app") + " " + saved.files().get(0).bytes(),
                manifest().get(0).path("name").asText() + " " + manifest().get(0).path("imageId").asText() + " "
                        + manifest().get(0).path("file").asText() + " " + manifest().get(0).path("bytes").asLong());
    }

    @Test
    void onlyWhatChangedIsWrittenAgainAndWhatIsNotWantedGoes() throws Exception {
        BuiltImage app = build("app", "first");
        BuiltImage web = build("web", "first");
        save();
        engine.file(FOLDER + "/my-own-0123456789ab.tar", "a person's");
        Object before = Files.getAttribute(engine.workspace.resolve(FOLDER + "/" + file(app, "app")), "unix:ino");

        BuiltImage changed = build("web", "second");
        List<SaveImages.SavedFile> again = save().files();
        assertEquals(List.of(true, false), again.stream().map(SaveImages.SavedFile::unchanged).toList());
        assertEquals(before, Files.getAttribute(engine.workspace.resolve(FOLDER + "/" + file(app, "app")), "unix:ino"));
        assertTrue(engine.log().contains("unchanged: not written again (" + FOLDER + "/" + file(app, "app") + ")"), engine.log());
        assertTrue(engine.log().contains("removed " + FOLDER + "/" + file(web, "web")), engine.log());
        assertEquals(Set.of(file(app, "app"), file(changed, "web"), "igny8-images.json", "my-own-0123456789ab.tar"), files());

        // A file that was cut is not the one that the manifest names.
        engine.file(FOLDER + "/" + file(app, "app"), "cut");
        assertFalse(save(app).files().get(0).unchanged());
        assertEquals(Set.of(app.name()), names(file(app, "app")));
    }

    @Test
    void thePushedReferenceComesAlongAndOtherTagsDoNot() throws Exception {
        BuiltImage app = build("app", "first");
        String reference = engine.project + ".example.com:5000/team/app:1";
        engine.docker("tag " + app.imageId() + " " + reference);
        engine.docker("tag " + app.imageId() + " " + engine.project + "-app:other");
        save(new BuiltImage(app.name(), reference, app.imageId(), "sha256:" + "a".repeat(64), null, null));
        assertEquals(Set.of(app.name(), reference), names(file(app, "app")));
        assertEquals(reference, manifest().get(0).path("reference").asText());
    }

    @Test
    void oneImageUnderTwoNamesHasOneFile() throws Exception {
        BuiltImage app = build("app", "first");
        String other = engine.project + "-app:2";
        engine.docker("tag " + app.imageId() + " " + other);
        List<SaveImages.SavedFile> saved = save(app, new BuiltImage(other, other, null, null, null, null)).files();
        assertEquals(Set.of(file(app, "app"), "igny8-images.json"), files());
        assertEquals(Set.of(app.name(), other), names(file(app, "app")));
        assertEquals(List.of(app.name(), other), saved.stream().map(SaveImages.SavedFile::name).toList());
        assertEquals(2, manifest().size());
    }

    @Test
    void anImageWhoseNameHasMovedOnIsSavedAllTheSame() throws Exception {
        BuiltImage app = build("app", "first");
        engine.docker("tag " + app.imageId() + " " + engine.project + "-app:kept");
        BuiltImage later = build("app", "second");
        save(app);
        JsonNode contents = contents(file(app, "app"));
        assertEquals(1, contents.size());
        assertTrue(contents.get(0).path("Config").asText().contains(app.imageId().substring(7)), contents.toString());
        assertTrue(contents.get(0).path("RepoTags").isNull(), contents.toString());
        assertEquals(later.imageId(), engine.docker("image inspect --format {{.Id}} " + app.name()));
    }

    /** Debian's many files take the engine long enough to be cut. */
    @Test
    void anAbortLeavesWhatWasThereBeforeAndNothingThatLooksFinished() throws Exception {
        BuiltImage app = build("app", "first");
        save();
        String before = Files.readString(engine.workspace.resolve(FOLDER + "/igny8-images.json"));
        BuiltImage big = new BuiltImage(RealEngine.BASE, RealEngine.BASE, null, null, null, null);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread run = new Thread(() -> {
            try {
                save(app, big);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        run.start();
        while (run.isAlive() && !partly()) {
            Thread.sleep(1);
        }
        run.interrupt();
        run.join(30_000);
        assertTrue(thrown.get() instanceof InterruptedException, () -> thrown.get() + "\n" + engine.log());
        assertEquals(Set.of(file(app, "app"), "igny8-images.json"), files());
        assertEquals(before, Files.readString(engine.workspace.resolve(FOLDER + "/igny8-images.json")));
    }

    private boolean partly() {
        String[] unfinished = engine.workspace.resolve(FOLDER + "/.igny8-unfinished").toFile().list();
        return unfinished != null && List.of(unfinished).stream().anyMatch(name -> name.startsWith(".tmp-"));
    }

    @Test
    void whatAKilledRunLeftIsRemoved() throws Exception {
        BuiltImage app = build("app", "first");
        engine.file(FOLDER + "/.igny8-unfinished/.tmp-x123", "half");
        engine.file(FOLDER + "/.igny8-unfinished/" + file(app, "app"), "half");
        // Moved, but its manifest never came to be.
        engine.file(FOLDER + "/" + file(app, "app"), "anything");
        assertFalse(save().files().get(0).unchanged());
        assertEquals(Set.of(file(app, "app"), "igny8-images.json"), files());
        assertEquals(Set.of(app.name()), names(file(app, "app")));
    }

    @Test
    void aDamagedManifestCountsAsNone() throws Exception {
        BuiltImage app = build("app", "first");
        save();
        engine.file(FOLDER + "/igny8-images.json", "{\"version\": 1, \"images\": [{\"name\"");
        assertFalse(save().files().get(0).unchanged());
        assertTrue(engine.log().contains("warning: all files are written anew. The file " + FOLDER + "/igny8-images.json"), engine.log());
        assertEquals(app.name(), manifest().get(0).path("name").asText());
    }

    @Test
    void likelyMistakesGiveOneSentence() throws Exception {
        assertEquals("There is no image to save: run igny8Build or igny8Pull first in this build, or give 'images'.",
                failure(new SaveImages(List.of(), FOLDER)));
        String name = engine.project + "-none:1";
        BuiltImage none = new BuiltImage(name, name, null, null, null, null);
        assertEquals("The image " + name + " was not saved: this engine has no " + name + "; build it (igny8Build) or pull it (igny8Pull) here first,"
                + " or name the engine that has it in 'engine'.", failure(new SaveImages(List.of(none), FOLDER)));
        assertTrue(failure(new SaveImages(List.of(none, none), FOLDER)).startsWith("Two of the images are called " + name));
        String leaves = failure(new SaveImages(List.of(none), "../x"));
        assertTrue(leaves.startsWith("The path '../x' leaves the workspace"), leaves);
        assertFalse(Files.exists(engine.workspace.resolve(FOLDER)), "nothing was written");

        engine.file("file", "");
        assertEquals("There is a file file in " + engine.workspace + ": give the name of a folder in 'directory'.",
                failure(new SaveImages(List.of(none), "file")));
    }
}
