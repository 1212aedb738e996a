package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is in a registry is named by its digest, as the registry itself tells it. */
@Tag("engine")
class RenderPushedIT {

    private static final String RENDERED = "docker-compose.rendered.yml";

    @RegisterExtension
    static final RegistryFixture registry = new RegistryFixture();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private Host host;
    private BuiltImage pushed;

    @BeforeEach
    void push() throws Exception {
        host = engine.host(registry.credentials(), Map.of());
        engine.file("app/Dockerfile", "FROM " + RealEngine.BASE + "\nWORKDIR /app\nCOPY page /app/src/\nCMD [\"sleep\", \"600\"]\n");
        engine.file("app/page", engine.project);
        BuildImages.of(new ImageToBuild(engine.project + "-app:latest", "app/Dockerfile", "app")).run(host);
        pushed = new PushImages(registry.address(), "team", "registry", List.of("1"), List.of()).run(host).images().get(0);
    }

    @AfterEach
    void removePushed() {
        engine.removeProjects();
        registry.removeFrom(engine);
    }

    private Render render(List<BuiltImage> images) {
        return new Render(engine.composeProject(), images, null, Render.CODE_ROOT);
    }

    @Test
    void thePinIsTheDigestAndWhatRunsIsThatImage() throws Exception {
        engine.file("compose.yml", "services:\n  web: {image: '" + engine.project + "-app', init: true, volumes: ['./app:/app', './app:/data']}\n");
        Render.Rendered rendered = render(List.of()).run(host);
        String pin = registry.address() + "/team/" + engine.project + "-app@" + registry.digest("team/" + engine.project + "-app", "1");
        assertEquals(Map.of("web", pin), rendered.pinned());
        assertEquals(List.of(new Render.RemovedMount("web", engine.workspace + "/app", "/app", true)), rendered.removedMounts());
        String text = Files.readString(engine.workspace.resolve(RENDERED));
        assertTrue(text.contains("    image: \"" + pin + "\"\n") && !text.contains("pull_policy"), text);
        ComposeProject project = new ComposeProject(engine.project, List.of(RENDERED), List.of(), null, null, List.of());
        new ComposeUp(project, List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK).run(host);
        assertEquals(pushed.imageId() + " /data", engine.inspect(engine.project + "-web-1", "{{.Image}} {{range .Mounts}}{{.Destination}} {{end}}"));
    }

    @Test
    void aServiceThatOthersBuiltNeedsNoBuildSectionWhereARegistryHasItsImage() throws Exception {
        String reference = registry.address() + "/team/" + engine.project + "-app:1";
        engine.file("compose.yml", "services:\n  web: {image: '" + reference + "', build: app, volumes: ['./app:/app']}\n");
        List<BuiltImage> others = List.of(new BuiltImage("other:1", "other:1", null, "sha256:" + "d".repeat(64), null, null));
        Render.Rendered rendered = render(others).run(host);
        assertEquals(List.of("web"), rendered.unpinned());
        assertEquals(List.of("web"), rendered.removedBuilds());
        assertEquals(List.of("/app"), rendered.removedMounts().stream().map(Render.RemovedMount::target).toList());

        engine.file("compose.yml", "services:\n  web: {image: '" + engine.project + "-app', build: app}\n");
        String failure = assertThrows(Failure.class, () -> render(others).run(host)).getMessage();
        assertTrue(failure.startsWith("The service web is only built: this build did not make " + engine.project + "-app, and no registry has it."), failure);
    }
}
