package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Only ever on repositories of the test's own, or with a dry run: other tests' images lie on the same engine. */
@Tag("engine")
class PruneImagesIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private String repository(String name) {
        return engine.project + "-" + name;
    }

    /** Builds one image after another, like no other test, under tags 1, 2, …, each deployed once under a pin of our own. */
    private List<BuiltImage> history(String name, int length) throws Exception {
        List<BuiltImage> all = new ArrayList<>();
        for (int i = 1; i <= length; i++) {
            engine.file(name + "/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY page /\nCMD [\"sleep\", \"600\"]\n");
            engine.file(name + "/page", (repository(name) + i).repeat(100));
            var built = BuildImages.of(new ImageToBuild(repository(name) + ":" + i, name + "/Dockerfile", name)).run(engine.host).images().get(0);
            engine.docker("tag " + built.imageId() + " " + built.pin());
            all.add(built);
        }
        return all;
    }

    private Set<String> there(String name) {
        return new TreeSet<>(engine.docker("image ls --no-trunc --format {{.Repository}}:{{.Tag}} " + repository(name)).lines().toList());
    }

    private PruneImages.Pruned prune(int keep, boolean dryRun, String... names) throws Exception {
        return new PruneImages(List.of(names).stream().map(this::repository).toList(), keep, dryRun).run(engine.host);
    }

    @Test
    void theLastOnesAndWhatAContainerUsesStay() throws Exception {
        List<BuiltImage> app = history("app", 4);
        history("other", 2);
        // Never started, and still a container; by its label it goes with the test.
        engine.docker("create --label com.docker.compose.project=" + engine.project + " " + app.get(0).imageId());

        PruneImages.Pruned dry = prune(2, true, "app");
        assertEquals(Set.of(app.get(1).name(), app.get(1).pin()), Set.copyOf(dry.removed()));
        assertTrue(dry.dryRun());
        assertEquals(8, there("app").size());

        PruneImages.Pruned pruned = prune(2, false, "app");
        assertEquals(dry.removed(), pruned.removed());
        assertEquals(3, pruned.kept());
        assertTrue(pruned.bytes() >= 1000 && pruned.bytes() < 10_000, "one page and its folder: " + pruned.bytes());
        assertEquals(6, there("app").size());
        assertFalse(there("app").contains(app.get(1).name()));
        assertEquals(4, there("other").size(), "not asked for");
        assertEquals(List.of(), prune(2, false, "app").removed());

        // Going back to an old one makes it the latest again.
        engine.docker("tag " + app.get(2).imageId() + " " + app.get(2).pin());
        prune(1, false, "app");
        assertEquals(Set.of(app.get(0).name(), app.get(0).pin(), app.get(2).name(), app.get(2).pin()), there("app"));
    }

    @Test
    void whatWasBuiltAgainIsNewThoughEveryLayerWasThere() throws Exception {
        engine.file("app/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY page /\n");
        for (String tag : List.of("1", "2", "3")) {
            engine.file("app/page", repository("app") + (tag.equals("2") ? "other" : "same"));
            BuildImages.of(new ImageToBuild(repository("app") + ":" + tag, "app/Dockerfile", "app")).run(engine.host);
        }
        assertEquals(List.of(repository("app") + ":2"), prune(1, false, "app").removed());
        assertEquals(Set.of(repository("app") + ":1", repository("app") + ":3"), there("app"));
    }

    @Test
    void withoutNamesThoseOfThePipelineAreMeant() throws Exception {
        List<BuiltImage> app = history("app", 2);
        engine.docker("tag " + RealEngine.BASE + " " + repository("foreign") + ":1");
        PruneImages.Pruned dry = new PruneImages(List.of(), 1, true).run(engine.host);
        assertTrue(dry.removed().containsAll(List.of(app.get(0).name(), app.get(0).pin())), dry.removed().toString());
        assertFalse(dry.removed().stream().anyMatch(one -> one.contains("-foreign")), dry.removed().toString());
        engine.docker("rmi " + repository("foreign") + ":1");
    }

    @Test
    void likelyMistakesGiveOneSentence() {
        String failure = assertThrows(Failure.class, () -> new PruneImages(List.of("Upper", "a:1"), 0, true).run(engine.host)).getMessage();
        assertTrue(failure.contains("'keep' is 0") && failure.contains("'Upper' is not a valid image reference"), failure);
        assertTrue(failure.contains("'repositories' wants names without tag, but was given 'a:1'"), failure);
    }
}
