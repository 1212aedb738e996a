package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("engine")
class PullImagesIT {

    @RegisterExtension
    static final RegistryFixture registry = new RegistryFixture();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private Host host;
    private BuiltImage pushed;

    @BeforeEach
    void pushAndForget() throws Exception {
        host = engine.host(registry.credentials(), Map.of());
        pushed = push("first");
        registry.removeFrom(engine);
        engine.docker("rmi", name());
        assertEquals("", engine.docker("images", "-q", "--no-trunc", "--filter", "reference=*" + engine.project + "*"));
    }

    @AfterEach
    void removePulled() {
        registry.removeFrom(engine);
    }

    private String name() {
        return engine.project + "-app:latest";
    }

    private BuiltImage push(String content) throws InterruptedException {
        engine.file("app/Dockerfile", "FROM scratch\nCOPY page /\n");
        engine.file("app/page", content + " of " + engine.project);
        BuildImages.of(new ImageToBuild(name(), "app/Dockerfile", "app")).run(host);
        return new PushImages(registry.address(), "team", "registry", List.of("1"), List.of()).run(host).images().get(0);
    }

    private PullImages pull(String credentialsId, List<BuiltImage> images, String... references) {
        return new PullImages(registry.address(), "team", credentialsId, images, List.of(references));
    }

    private String failure(PullImages pull) {
        return assertThrows(Failure.class, () -> pull.run(host)).getMessage();
    }

    @Test
    void theBuildsImageComesBackUnderItsName() throws Exception {
        try (ProcessWatch watch = new ProcessWatch(RegistryFixture.PASSWORD, engine.project)) {
            BuiltImage pulled = pull("registry", List.of()).run(host).images().get(0);
            assertEquals(engine.docker("image", "inspect", "--format", "{{.Id}}", name()), pulled.imageId());
            assertEquals(pushed.imageId(), pulled.imageId());
            assertEquals(pushed.digest(), pulled.digest());
            assertEquals(pushed.reference(), pulled.reference());
            assertEquals(pushed.pin(), pulled.pin());
            assertEquals(List.of(pulled), ImagesOfBuild.of(host));
            assertEquals(java.util.Set.of(), watch.showing);
            watch.values("DOCKER_CONFIG").forEach(folder -> assertFalse(Files.exists(Path.of(folder))));
        }
    }

    @Test
    void aTagThatMovedSinceChangesNothing() throws Exception {
        BuiltImage first = pushed;
        BuiltImage second = push("second");
        registry.removeFrom(engine);
        engine.docker("rmi", name());
        BuiltImage pulled = pull("registry", List.of(first)).run(host).images().get(0);
        assertEquals(first.imageId(), engine.docker("image", "inspect", "--format", "{{.Id}}", name()));
        assertEquals(first.digest(), pulled.digest());
        BuiltImage newest = pull("registry", List.of(), engine.project + "-app:1").run(host).images().get(0);
        assertEquals(second.digest(), newest.digest());
    }

    @Test
    void aBareReferenceLiesAtTheRegistryAndIsCalledLatest() throws Exception {
        BuiltImage pulled = pull("registry", List.of(), engine.project + "-app:1").run(host).images().get(0);
        assertEquals(name(), pulled.name());
        assertEquals(registry.digest("team/" + engine.project + "-app", "1"), pulled.digest());
        assertEquals(pulled.imageId(), engine.docker("image", "inspect", "--format", "{{.Id}}", name()));
    }

    @Test
    void aCompleteReferenceFromElsewhereKeepsItsName() throws Exception {
        String reference = registry.address() + "/team/" + engine.project + "-app@" + pushed.digest();
        BuiltImage pulled = new PullImages(registry.address(), "elsewhere", "registry", List.of(), List.of(reference)).run(host).images().get(0);
        assertEquals(reference, pulled.name());
        assertEquals(reference, pulled.pin());
        assertEquals(pushed.imageId(), pulled.imageId());
        assertEquals("", engine.docker("images", "-q", name()));
    }

    @Test
    void whatWasNeverPushedIsNamed() throws Exception {
        String failure = failure(pull("registry", List.of(new BuiltImage("app:latest", "app:latest", "sha256:1", null, null, null))));
        assertTrue(failure.startsWith("The image app:latest has no digest, so it was never pushed: run igny8Push first"), failure);
    }

    @Test
    void aMissingTagIsNamed() {
        String failure = failure(pull("registry", List.of(), engine.project + "-app:2"));
        assertTrue(failure.startsWith("The image " + engine.project + "-app was not pulled: The registry has no such image"), failure);
        assertTrue(failure.contains(engine.project + "-app:2"), failure);
    }

    @Test
    void aWrongPasswordIsOneSentence() {
        String failure = failure(pull("wrong", List.of()));
        assertTrue(failure.contains("was not pulled: The registry refused the login"), failure);
        assertEquals(1, failure.lines().count(), failure);
    }
}
