package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An engine whose disk has no room for one more image. */
@Tag("engine")
class FullEngineIT {

    private static final String FULL = "The disk of the engine's machine is full: free space, for example with igny8Prune.";
    private static final int IMAGE_BYTES = 40_000_000;

    @RegisterExtension
    static final RegistryFixture registry = new RegistryFixture();

    @RegisterExtension
    static final SecondEngine full = SecondEngine.withDisk("32m");

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private Host here;
    private Host there;
    private String name;

    @BeforeEach
    void anImageThatIsTooLarge() throws Exception {
        here = engine.host(registry.credentials(), Map.of());
        there = engine.host(registry.credentials(), full.environment());
        name = engine.project + "-app";
        engine.file("app/Dockerfile", "FROM scratch\nCOPY data /\n");
        byte[] data = new byte[IMAGE_BYTES];
        new java.util.Random(1).nextBytes(data);
        Files.write(engine.workspace.resolve("app/data"), data);
    }

    @AfterEach
    void removeAll() {
        registry.removeFrom(engine);
    }

    private void fails(String what, Operation<?> operation) throws Exception {
        String failure = assertThrows(Failure.class, () -> operation.run(there)).getMessage();
        assertTrue(failure.startsWith("The image " + name) && failure.contains(" was not " + what + ": " + FULL), failure);
        assertEquals(1, failure.lines().count(), failure);
        assertEquals("", full.docker("images -q"));
    }

    @Test
    void buildPullAndLoadSaySo() throws Exception {
        BuildImages build = BuildImages.of(new ImageToBuild(name, "app/Dockerfile", "app"));
        List<BuiltImage> built = build.run(here).images();
        List<BuiltImage> pushed = new PushImages(registry.address(), "team", "registry", List.of("1"), built).run(here).images();
        new SaveImages(built, "saved").run(here);

        fails("built", build);
        fails("pulled", new PullImages(registry.address(), "team", "registry", pushed, List.of()));
        fails("loaded", new LoadImages("saved"));
    }
}
