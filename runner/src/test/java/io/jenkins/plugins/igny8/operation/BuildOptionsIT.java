package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an image may ask for beside its folder, read back with the docker command itself. */
@Tag("engine")
class BuildOptionsIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    @TempDir
    Path other;

    private String name(String image) {
        return engine.project + "-" + image + ":latest";
    }

    private static BuildOptions with(List<String> tags, List<String> labels, List<String> secrets, List<String> caches) {
        return new BuildOptions(List.of(), null, tags, labels, secrets, List.of(), caches, List.of(), List.of(), false, false);
    }

    private BuiltImage build(Host host, String image, BuildOptions options) throws InterruptedException {
        var wanted = new ImageToBuild(name(image), image + "/Dockerfile", image, options);
        return BuildImages.of(wanted).run(host).images().get(0);
    }

    private String label(String image, String label) {
        return engine.docker("image", "inspect", "--format", "{{index .Config.Labels \"" + label + "\"}}", name(image));
    }

    private String git(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("git", "-C", engine.workspace.toString(), "-c", "user.name=t", "-c", "user.email=t@example.com"));
        argv.addAll(List.of(words));
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes()).trim();
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    private void commit(String message) throws Exception {
        git("add", ".");
        git("commit", "-q", "-m", message);
    }

    private void source(String image, String text) {
        engine.file(image + "/Dockerfile", "FROM scratch\nCOPY page /\n");
        engine.file(image + "/page", text);
    }

    @Test
    void tagsAndLabels() throws Exception {
        source("app", "1");
        BuiltImage built = build(engine.host, "app", with(List.of("1.4"), List.of("team=a b", "empty="), List.of(), List.of()));
        assertEquals(built.imageId(), engine.docker("image inspect --format {{.Id}} " + engine.project + "-app:1.4"));
        assertEquals("a b", label("app", "team"));
        assertEquals("", label("app", "org.opencontainers.image.revision"), "no checkout");
    }

    @Test
    void anImageSaysWhichCommitItComesFromAndKeepsItsIdUntilThatChanges() throws Exception {
        source("app", "1");
        source("other", "1");
        git("init", "-q");
        git("remote", "add", "origin", "https://user:canary@git.example.com/a.git");
        commit("one");
        String one = git("rev-parse", "HEAD");
        git("tag", "v1");
        BuiltImage first = build(engine.host, "app", BuildOptions.NONE);
        assertEquals(one, label("app", "org.opencontainers.image.revision"));
        assertEquals(git("show", "-s", "--format=%cI", "HEAD"), label("app", "org.opencontainers.image.created"));
        assertEquals("v1", label("app", "org.opencontainers.image.version"));
        assertEquals("https://git.example.com/a.git", label("app", "org.opencontainers.image.source"));

        source("other", "2");
        commit("the other one");
        BuiltImage again = build(engine.host, "app", BuildOptions.NONE);
        assertEquals(first.imageId(), again.imageId());
        assertTrue(again.cached());

        source("app", "2");
        build(engine.host, "app", BuildOptions.NONE);
        assertEquals("", label("app", "org.opencontainers.image.revision"), "it is in no commit");
        assertEquals("https://git.example.com/a.git", label("app", "org.opencontainers.image.source"));
        commit("two");
        build(engine.host, "app", with(List.of(), List.of("org.opencontainers.image.version=own"), List.of(), List.of()));
        assertEquals(git("rev-parse", "HEAD"), label("app", "org.opencontainers.image.revision"));
        assertEquals("own", label("app", "org.opencontainers.image.version"));
    }

    @Test
    void aShallowCloneDoesNotPretendToKnowTheCommit() throws Exception {
        source("app", "1");
        git("init", "-q");
        commit("one");
        engine.file("unrelated", "x");
        commit("two");
        Path shallow = other.resolve("shallow");
        git("clone", "-q", "--depth", "1", "file://" + engine.workspace, shallow.toString());
        build(new LocalHost(shallow, Map.of(), Credentials.none(), new HashMap<>(), event -> {}), "app", BuildOptions.NONE);
        assertEquals("", label("app", "org.opencontainers.image.revision"));
        assertEquals("file://" + engine.workspace, label("app", "org.opencontainers.image.source"));
    }

    @Test
    void aSecretReachesOnlyTheInstructionThatAsksForIt() throws Exception {
        Path secret = Files.writeString(other.resolve("secret"), "canary-of-the-build\n");
        Path file = other.resolve("credentials.json");
        Files.writeString(file, "{\"pip\": {\"file\": \"" + secret + "\"}}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Host host = new LocalHost(engine.workspace, Map.of(), Credentials.read(file), new HashMap<>(), event -> {});
        engine.file("app/Dockerfile", "FROM " + RealEngine.BASE
                + "\nRUN --mount=type=secret,id=conf,target=/conf test \"$(cat /conf)\" = canary-of-the-build && wc -c < /conf > /length\n");
        BuiltImage built = build(host, "app", with(List.of(), List.of(), List.of("conf=pip"), List.of()));
        assertEquals("20", engine.docker("run --rm " + built.imageId() + " cat /length"));
        assertEquals("", engine.docker("run --rm " + built.imageId() + " find / -maxdepth 1 -name conf -size +0"), "it is in no layer");
        assertFalse(engine.docker("history --no-trunc " + built.imageId()).contains("canary-of-the-build'"));
        String missing = assertThrows(Failure.class, () -> build(host, "app", with(List.of(), List.of(), List.of("conf=none"), List.of())))
                .getMessage();
        assertTrue(missing.contains("'none'"), missing);
    }

    @Test
    void theFirstThatFailsStopsTheOthersWhenAsked() {
        engine.file("slow/Dockerfile", "FROM " + RealEngine.BASE + "\nRUN sleep 300\n");
        engine.file("bad/Dockerfile", "FROM " + RealEngine.BASE + "\nRUN sleep 1; exit 3\n");
        var slow = new ImageToBuild(name("slow"), "slow/Dockerfile", "slow");
        var bad = new ImageToBuild(name("bad"), "bad/Dockerfile", "bad");
        long start = System.nanoTime();
        String failure = assertThrows(Failure.class, () -> new BuildImages(List.of(slow, bad), List.of(), false, true, true, true).run(engine.host))
                .getMessage();
        assertTrue(failure.contains(name("bad") + " was not built (bad/Dockerfile, line 2)"), failure);
        assertTrue(failure.endsWith("Stopped because of it (failFast): " + name("slow") + "."), failure);
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 60, "the other one was not waited for");
        assertEquals("", engine.docker("images -q " + name("slow")));
    }

    @Test
    void likelyMistakesAreSaidBeforeAnythingRuns() {
        source("app", "1");
        String failure = assertThrows(
                        Failure.class,
                        () -> build(engine.host, "app", new BuildOptions(List.of("novalue"), null, List.of("a b"), List.of("=x"), List.of("id"),
                                List.of("key=/etc/shadow"), List.of("type=local,src=../cache"), List.of(), List.of(), false, false)))
                .getMessage();
        for (String part : List.of("'buildArgs' wants KEY=value", "'a b'", "'labels' wants", "'secrets' wants", "'ssh' wants", "'../cache' leaves")) {
            assertTrue(failure.contains(part), failure);
        }
        String several = assertThrows(
                        Failure.class,
                        () -> build(engine.host, "app", new BuildOptions(List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(),
                                List.of(), List.of("linux/amd64", "linux/arm64"), false, false)))
                .getMessage();
        assertEquals(1, several.lines().count(), several);
        assertTrue(several.contains("platforms"), several);
    }
}
