package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("engine")
class BuildImagesIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private ImageToBuild image(String name) {
        return new ImageToBuild(engine.project + "-" + name + ":latest", name + "/Dockerfile", name);
    }

    private List<BuiltImage> build(String... names) throws InterruptedException {
        List<ImageToBuild> images = new ArrayList<>();
        for (String name : names) {
            images.add(image(name));
        }
        return BuildImages.of(images.toArray(ImageToBuild[]::new)).run(engine.host).images();
    }

    private void source(String name, String text) {
        engine.file(name + "/Dockerfile", "FROM scratch\nCOPY page /\n");
        engine.file(name + "/page", text);
    }

    @Test
    void changingOneFileChangesExactlyOneImage() throws Exception {
        source("one", "1");
        source("two", "2");
        List<BuiltImage> first = build("one", "two");
        assertEquals(engine.docker("image inspect --format {{.Id}} " + engine.project + "-one"), first.get(0).imageId());
        assertEquals(engine.docker("image inspect --format {{.Id}} " + engine.project + "-two"), first.get(1).imageId());
        source("two", "changed");
        List<BuiltImage> second = build("one", "two");
        assertEquals(first.get(0).imageId(), second.get(0).imageId());
        assertTrue(second.get(0).cached());
        assertNotEquals(first.get(1).imageId(), second.get(1).imageId());
        assertFalse(second.get(1).cached());
        assertEquals(second, ImagesOfBuild.of(engine.host));
    }

    @Test
    void eachLineCarriesItsImagesName() throws Exception {
        source("one", "1");
        build("one");
        assertTrue(engine.log().lines().allMatch(line -> line.startsWith("[" + engine.project + "-one] ")), engine.log());
    }

    @Test
    void aFailingImageNamesItselfAndItsLineWhileTheOthersAreFinished() {
        source("good", "1");
        engine.file("bad/Dockerfile", "FROM scratch\nCOPY page /\nCOPY missing /\n");
        engine.file("bad/page", "x");
        String failure = assertThrows(Failure.class, () -> build("bad", "good")).getMessage();
        assertTrue(failure.contains(engine.project + "-bad:latest was not built (bad/Dockerfile, line 3)"), failure);
        assertTrue(failure.contains("missing"), failure);
        assertFalse(failure.contains("-good"), failure);
        assertFalse(engine.docker("images -q " + engine.project + "-good").isEmpty());
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingRuns() {
        source("here", "1");
        String failure = assertThrows(
                        Failure.class,
                        () -> BuildImages.of(image("here"), image("gone"), new ImageToBuild("app/Upper", "here/Dockerfile", "here"))
                                .run(engine.host))
                .getMessage();
        assertTrue(failure.contains("no Dockerfile gone/Dockerfile") && failure.contains("no folder gone"), failure);
        assertTrue(failure.contains("'app/Upper' is not a valid image reference"), failure);
        assertEquals("", engine.docker("images -q " + engine.project + "-here"));
    }
}
