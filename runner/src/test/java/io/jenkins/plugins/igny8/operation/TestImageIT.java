package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("engine")
class TestImageIT {

    private static final String RESULTS = "mkdir -p /tmp/test-results/deep; echo '<testsuite/>' > /tmp/test-results/deep/a.xml; ";

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private TestImage test(String command, List<String> environment, String envFile, boolean returnStatus) {
        return new TestImage(
                command, RealEngine.BASE, null, false, environment, envFile, TestImage.DEFAULT_RESULTS, "out/junit", CodeTruth.IMAGE, "igny8-app", "backend", returnStatus);
    }

    /** What an earlier run, killed in the middle, left on this engine is not this test's doing. */
    private List<String> before;

    @BeforeEach
    void look() {
        before = containers();
    }

    private List<String> containers() {
        return engine.docker("ps -aq --no-trunc --filter label=io.jenkins.plugins.igny8.test=" + RealEngine.BASE)
                .lines()
                .toList();
    }

    private List<String> leftContainers() {
        return containers().stream().filter(container -> !before.contains(container)).toList();
    }

    @Test
    void theFilesComeOutThoughTheCommandFails() throws Exception {
        String failure = assertThrows(Failure.class, () -> test(RESULTS + "exit 5", List.of(), null, false).run(engine.host)).getMessage();
        assertTrue(failure.contains(RealEngine.BASE + " ended with exit code 5; JUnit files in out/junit (1)"), failure);
        assertEquals("<testsuite/>\n", Files.readString(engine.workspace.resolve("out/junit/deep/a.xml")));

        TestImage.Tested tested = test(RESULTS + "exit 5", List.of(), null, true).run(engine.host);
        assertEquals(5, tested.exitCode());
        assertEquals(List.of("out/junit/deep/a.xml"), tested.files());
        assertEquals(engine.docker("image inspect --format {{.Id}} " + RealEngine.BASE), tested.imageId());
        assertEquals(List.of(), leftContainers());
    }

    @Test
    void textAndValuesArriveAsTheyAre() throws Exception {
        engine.file("app.env", "FROM_FILE=\"quoted\"\nBOTH=file\n");
        TestImage.Tested tested = test(
                        "printf '%s|' \"$A\" \"$BOTH\" \"$FROM_FILE\" '$A' \"it's `echo ok`\" >&2", List.of("A=x 'y' \"z\" $HOME `w` \\", "BOTH=word"), "app.env", false)
                .run(engine.host);
        assertTrue(engine.log().contains("x 'y' \"z\" $HOME `w` \\|word|\"quoted\"|$A|it's ok|"), engine.log());
        assertEquals(List.of(), tested.files());
        assertTrue(engine.log().contains("warning: no files came out of /tmp/test-results: "), engine.log());
    }

    @Test
    void theBuildsImageIsTestedThoughTheTagHasMovedOn() throws Exception {
        String name = engine.project + "-app:latest";
        engine.file("app/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY page /\nENTRYPOINT [\"/none\"]\n");
        engine.file("app/page", "built by this build");
        BuildImages.of(new ImageToBuild(name, "app/Dockerfile", "app")).run(engine.host);
        engine.docker("tag " + RealEngine.BASE + " " + name);
        var test = new TestImage("cat /page", null, null, false, List.of(), null, "/tmp/test-results", "out", CodeTruth.IMAGE, "igny8-app", "backend", false);
        assertEquals(ImagesOfBuild.of(engine.host).get(0).imageId(), test.run(engine.host).imageId());
        assertTrue(engine.log().contains("[" + name + "] built by this build"), engine.log());
    }

    @Test
    void anAbortLeavesNoContainer() throws Exception {
        Thread aborted = new Thread(() -> assertThrows(
                InterruptedException.class, () -> test("echo begun; sleep 600", List.of(), null, false).run(engine.host)));
        aborted.start();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!engine.log().contains("begun")) {
            assertTrue(System.nanoTime() < giveUp, "the command does not run: " + engine.log());
            TimeUnit.MILLISECONDS.sleep(50);
        }
        aborted.interrupt();
        aborted.join(30_000);
        assertFalse(aborted.isAlive());
        assertEquals(List.of(), leftContainers());
    }

    @Test
    void likelyMistakesGiveOneSentence() {
        String image = failure(new TestImage("true", engine.project + ":1", null, false, List.of(), null, "/r", "out", CodeTruth.IMAGE, "igny8-app", "backend", false));
        assertTrue(image.startsWith("There is no image " + engine.project + ":1 on this engine"), image);
        assertTrue(failure(test(" ", List.of(), null, false)).contains("no command"));
        assertTrue(failure(test("true", List.of(), "gone.env", false)).contains("no env file gone.env in " + engine.workspace));
        String leaves = failure(new TestImage("true", RealEngine.BASE, null, false, List.of(), null, "/r", "../out", CodeTruth.IMAGE, "igny8-app", "backend", false));
        assertTrue(leaves.contains("'../out' leaves the workspace"), leaves);
        String lines = failure(test("true", List.of("SECRET=canary\nvalue"), null, false));
        assertTrue(lines.contains("The value of SECRET") && !lines.contains("canary"), lines);
        String network = failure(new TestImage("true", RealEngine.BASE, engine.project, false, List.of(), null, "/r", "out", CodeTruth.IMAGE, "igny8-app", "backend", false));
        assertTrue(network.contains(engine.project), network);
        assertEquals(List.of(), leftContainers());
    }

    private String failure(TestImage test) {
        String message = assertThrows(Failure.class, () -> test.run(engine.host)).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
