package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("engine")
class PushImagesIT {

    @RegisterExtension
    static final RegistryFixture registry = new RegistryFixture();

    private static final String BACKUP_USER = "backup";

    @RegisterExtension
    static final RegistryFixture backup = new RegistryFixture(BACKUP_USER);

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private Host host;

    @BeforeEach
    void login() throws Exception {
        host = engine.host(registry.credentials(), Map.of());
    }

    @AfterEach
    void removePushed() {
        registry.removeFrom(engine);
    }

    private String name(String name) {
        return engine.project + "-" + name;
    }

    private List<BuiltImage> build(String... names) throws InterruptedException {
        List<ImageToBuild> images = new ArrayList<>();
        for (String name : names) {
            engine.file(name + "/Dockerfile", "FROM scratch\nCOPY page /\n");
            engine.file(name + "/page", name + " of " + engine.project);
            images.add(new ImageToBuild(name(name) + ":latest", name + "/Dockerfile", name));
        }
        return BuildImages.of(images.toArray(ImageToBuild[]::new)).run(host).images();
    }

    private PushImages push(String credentialsId, String... tags) {
        return new PushImages(registry.address(), "team/igny8", credentialsId, List.of(tags), List.of());
    }

    private String failure(PushImages push) {
        return assertThrows(Failure.class, () -> push.run(host)).getMessage();
    }

    @Test
    void theDigestIsTheRegistrysOwnForEveryTag() throws Exception {
        List<BuiltImage> built = build("one", "two");
        PushImages.Pushed pushed = push("registry", "1.0", "latest").run(host);
        for (int i = 0; i < 2; i++) {
            String name = name(i == 0 ? "one" : "two");
            BuiltImage image = pushed.images().get(i);
            assertEquals(registry.digest("team/igny8/" + name, "1.0"), image.digest());
            assertEquals(registry.digest("team/igny8/" + name, "latest"), image.digest());
            assertEquals(name + ":latest", image.name());
            assertEquals(registry.address() + "/team/igny8/" + name + ":1.0", image.reference());
            assertEquals(built.get(i).imageId(), image.imageId());
            assertEquals(built.get(i).cached(), image.cached());
        }
        assertNotEquals(pushed.images().get(0).digest(), pushed.images().get(1).digest());
        assertEquals(pushed.images(), ImagesOfBuild.of(host));
    }

    @Test
    void oneImageInTwoRepositoriesKeepsTheDigestOfThisOne() throws Exception {
        build("one");
        push("registry", "a").run(host);
        BuiltImage image = new PushImages(registry.address(), "other", "registry", List.of("b"), List.of()).run(host).images().get(0);
        assertEquals(registry.digest("other/" + name("one"), "b"), image.digest());
        assertEquals(registry.address() + "/other/" + name("one") + "@" + image.digest(), image.pin());
    }

    @Test
    void aSharedBaseIsUploadedOnce() throws Exception {
        byte[] noise = new byte[3_000_000];
        new Random().nextBytes(noise);
        engine.file("base/noise", Base64.getEncoder().encodeToString(noise));
        engine.file("base/Dockerfile", "FROM scratch\nCOPY noise /\n");
        engine.docker("build", "-q", "-t", name("base"), engine.workspace.resolve("base").toString());
        List<ImageToBuild> images = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            engine.file(name + "/Dockerfile", "FROM " + name("base") + "\nCOPY page /\n");
            engine.file(name + "/page", name + engine.project);
            images.add(new ImageToBuild(name(name) + ":latest", name + "/Dockerfile", name));
        }
        BuildImages.of(images.toArray(ImageToBuild[]::new)).run(host);
        push("registry", "1").run(host);
        // A finished upload is a PUT; a layer that the registry takes from another repository needs none.
        Matcher uploads = Pattern.compile("\"PUT /v2/team/igny8/" + name("[abc]") + "/blobs/uploads/").matcher(registry.log());
        assertEquals(1 + 3 * 2, uploads.results().count(), registry.log());
    }

    @Test
    void thePasswordIsSeenNowhereAndTheFolderIsGone() throws Exception {
        build("one");
        try (ProcessWatch watch = new ProcessWatch(RegistryFixture.PASSWORD, name("one"))) {
            push("registry", "1").run(host);
            assertEquals(Set.of(), watch.showing);
            assertEquals(1, watch.values("DOCKER_CONFIG").size(), "the watch saw docker push");
            assertFalse(Files.exists(Path.of(watch.values("DOCKER_CONFIG").iterator().next())));
            assertEquals(1, watch.modes.size());
            assertFalse(watch.modes.toString().contains("GROUP") || watch.modes.toString().contains("OTHERS"), watch.modes.toString());
        }
        assertFalse(engine.log().contains(RegistryFixture.PASSWORD), engine.log());
        assertFalse(engine.log().contains("Preparing"), engine.log());
        assertTrue(engine.log().lines().allMatch(line -> line.startsWith("[" + name("one") + "] ")), engine.log());
    }

    @Test
    void theUsersOwnConfigurationStillCounts() throws Exception {
        build("one");
        Path socket = engine.workspace.resolve("engine.sock");
        Files.createSymbolicLink(socket, Path.of("/var/run/docker.sock"));
        Path own = Files.createDirectory(engine.workspace.resolve("docker-config"));
        engine.docker("--config", own.toString(), "context", "create", "mine", "--docker", "host=unix://" + socket);
        String config = """
                {"credsStore": "empty", "currentContext": "mine", "auths": {"%s": {"auth": "d3Jvbmc6d3Jvbmc="}}}
                """.formatted(registry.address());
        Files.writeString(own.resolve("config.json"), config);
        engine.file("bin/docker-credential-empty", "#!/bin/sh\necho credentials not found in native keychain\nexit 1\n");
        assertTrue(engine.workspace.resolve("bin/docker-credential-empty").toFile().setExecutable(true));
        String path = engine.workspace.resolve("bin") + ":" + System.getenv("PATH");
        host = engine.host(registry.credentials(), Map.of("DOCKER_CONFIG", own.toString(), "PATH", path));
        try (ProcessWatch watch = new ProcessWatch(RegistryFixture.PASSWORD, name("one"))) {
            BuiltImage image = push("registry", "1").run(host).images().get(0);
            assertEquals(registry.digest("team/igny8/" + name("one"), "1"), image.digest());
            assertEquals(Set.of("unix://" + socket), watch.values("DOCKER_HOST"));
            assertEquals(Set.of(own + "/buildx"), watch.values("BUILDX_CONFIG"));
        }
        assertEquals(config, Files.readString(own.resolve("config.json")));
    }

    @Test
    void aWrongPasswordIsOneSentenceAboutTheFirstImage() throws Exception {
        build("one", "two");
        String failure = failure(push("wrong", "1"));
        assertTrue(failure.startsWith("The image " + name("one") + " was not pushed: The registry refused the login"), failure);
        assertEquals(1, failure.lines().count(), failure);
        assertFalse(failure.contains(name("two")), failure);
        assertTrue(failure(push(null, "1")).contains("The registry refused the login"));
    }

    @Test
    void unknownCredentialsAreNamed() throws Exception {
        build("one");
        String failure = failure(push("nobody", "1"));
        assertTrue(failure.contains("no credentials with the ID 'nobody'"), failure);
    }

    @Test
    void aFailingImageNamesItselfWhileTheOthersArePushed() throws Exception {
        List<BuiltImage> built = build("one");
        BuiltImage gone = new BuiltImage(name("gone") + ":latest", name("gone") + ":latest", null, null, null, null);
        String failure = failure(
                new PushImages(registry.address(), "team", "registry", List.of("1"), List.of(gone, built.get(0))));
        assertTrue(failure.startsWith("The image " + name("gone") + ":latest was not pushed"), failure);
        assertFalse(failure.contains(name("one")), failure);
        assertFalse(registry.digest("team/" + name("one"), "1").isEmpty());
    }

    @Test
    void aPullRequestDoesNotMoveLatest() throws Exception {
        build("one");
        host = engine.host(registry.credentials(), Map.of("CHANGE_ID", "7"));
        push("registry", "latest", "pr-7").run(host);
        assertEquals("", registry.digest("team/igny8/" + name("one"), "latest"));
        assertFalse(registry.digest("team/igny8/" + name("one"), "pr-7").isEmpty());
        assertTrue(engine.log().contains("the tag latest is not pushed"), engine.log());
    }

    @Test
    void theDefaultTagIsTheCommitElseBranchAndBuild() throws Exception {
        build("one");
        host = engine.host(registry.credentials(), Map.of("BRANCH_NAME", "feature/é", "BUILD_NUMBER", "12"));
        assertTrue(push("registry").run(host).images().get(0).reference().endsWith(":feature-12"), engine.log());
        git("init", "-q");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "--allow-empty", "-m", "one");
        String commit = git("log", "-1", "--format=%H");
        push("registry").run(host);
        assertFalse(registry.digest("team/igny8/" + name("one"), commit).isEmpty());
    }

    private String git(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        Process process = new ProcessBuilder(argv).directory(engine.workspace.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes()).trim();
        assertEquals(0, process.waitFor());
        return out;
    }

    @Test
    void anAbortedPushLeavesNeitherProcessNorLogin() throws Exception {
        build("one");
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ProcessWatch watch = new ProcessWatch(RegistryFixture.PASSWORD, name("one"))) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            AtomicReference<Throwable> ended = new AtomicReference<>();
            Thread step = new Thread(() -> {
                try {
                    new PushImages(address, "team", "registry", List.of("1"), List.of()).run(host);
                } catch (Throwable e) {
                    ended.set(e);
                }
            });
            step.start();
            while (watch.environments.isEmpty() && step.isAlive()) {
                Thread.sleep(20);
            }
            Path login = Path.of(watch.values("DOCKER_CONFIG").iterator().next());
            assertTrue(Files.exists(login));
            step.interrupt();
            step.join(20_000);
            assertInstanceOf(InterruptedException.class, ended.get());
            assertFalse(Files.exists(login));
            assertEquals(0, ProcessHandle.allProcesses().filter(p -> p.info().commandLine().orElse("").contains("push " + address)).count());
            engine.docker("rmi", address + "/team/" + name("one") + ":1");
        }
    }

    @Test
    void anAddressWhereNothingListensIsNamed() throws Exception {
        build("one");
        String failure = failure(new PushImages("127.0.0.1:1", "team", null, List.of("1"), List.of()));
        engine.docker("rmi", "127.0.0.1:1/team/" + name("one") + ":1");
        assertTrue(failure.contains("Nothing answers at 127.0.0.1:1"), failure);
    }

    @Test
    void severalRegistriesGetTheSameEachWithItsOwnLogin() throws Exception {
        List<BuiltImage> built = build("one", "two");
        Path logins = registry.credentialsFile();
        Files.writeString(logins, """
                {"registry": {"username": "%1$s", "password": "%3$s"}, "backup": {"username": "%2$s", "password": "%3$s"}}
                """.formatted(RegistryFixture.USER, BACKUP_USER, RegistryFixture.PASSWORD));
        Host both = engine.host(Credentials.read(logins), Map.of());
        PushImages.Pushed pushed = new PushImages(registry.address(), "team", "registry", List.of("1"), List.of(),
                        List.of(new Settings.Registry(backup.address(), "copies", "backup")))
                .run(both);
        try {
            for (int i = 0; i < 2; i++) {
                String name = name(i == 0 ? "one" : "two");
                assertEquals(registry.digest("team/" + name, "1"), pushed.images().get(i).digest());
                assertEquals(backup.digest("copies/" + name, "1"), pushed.also().get(i).digest());
                assertEquals(backup.address() + "/copies/" + name + ":1", pushed.also().get(i).reference());
                assertEquals(built.get(i).imageId(), pushed.also().get(i).imageId());
            }
            assertEquals(pushed.images(), ImagesOfBuild.of(both), "what follows takes them from the first registry");

            String failure = assertThrows(Failure.class, () -> new PushImages(registry.address(), "team", "registry", List.of("2"), List.of(),
                            List.of(new Settings.Registry(backup.address(), "copies", "registry")))
                    .run(both)).getMessage();
            assertTrue(failure.contains(backup.address()) && !failure.contains(registry.address()), failure);
            assertNotEquals("", registry.digest("team/" + name("two"), "2"), "one registry's trouble keeps nothing from the other");
            failure = assertThrows(Failure.class, () -> new PushImages(registry.address(), "team", "registry", List.of("2"), List.of(),
                            List.of(new Settings.Registry(registry.address(), "team", null)))
                    .run(both)).getMessage();
            assertEquals("'also' names " + registry.address() + "/team again, where the images go already: take it out.", failure);
        } finally {
            backup.removeFrom(engine);
        }
    }

    @Test
    void aRegistryThatIsBackWithinSecondsIsAskedAgain() throws Exception {
        build("one");
        registry.stop();
        Thread restart = new Thread(() -> {
            try {
                Thread.sleep(2000);
                registry.start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        restart.start();
        BuiltImage pushed = push("registry", "1").run(host).images().get(0);
        restart.join();
        assertEquals(registry.digest("team/igny8/" + name("one"), "1"), pushed.digest());
        assertTrue(engine.log().contains("[" + name("one") + "] trying again in 1 s"), engine.log());
    }

    @Test
    void whatIsRefusedIsNotAskedAgain() throws Exception {
        build("one");
        assertTrue(failure(push("wrong", "1")).contains("refused the login"), engine.log());
        assertFalse(engine.log().contains("trying again"), engine.log());
    }
}
