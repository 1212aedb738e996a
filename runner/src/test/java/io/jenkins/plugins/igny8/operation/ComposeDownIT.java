package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("engine")
class ComposeDownIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private ComposeDown down(boolean volumes, Duration grace, int seconds) {
        return new ComposeDown(engine.project, volumes, grace, Duration.ofSeconds(seconds));
    }

    private void up(String more) throws Exception {
        String sleeper = "{image: '" + RealEngine.BASE + "', init: true, command: [sleep, '600'], stop_grace_period: 1s";
        engine.file("compose.yml", "services:\n  web: " + sleeper + ", depends_on: [db]" + more + "}\n  db: " + sleeper
                + ", volumes: ['data:/data']}\nvolumes: {data: {}}\n");
        new ComposeUp(engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK).run(engine.host);
    }

    private String there(String kind) {
        return engine.docker(kind + " --quiet --filter label=com.docker.compose.project=" + engine.project);
    }

    @Test
    void containersAndNetworksGoAndDataStaysUnlessToldOtherwise() throws Exception {
        up("");
        // The file is not needed, and one that wants a variable is not even read.
        engine.file("compose.yml", "services: {web: {image: '${MUST_BE_GIVEN:?}'}}\n");
        ComposeDown.Removed removed = down(false, null, 60).run(engine.host);
        assertEquals(List.of(engine.project + "-db-1", engine.project + "-web-1"), removed.containers());
        assertEquals(List.of(), removed.volumes());
        assertEquals("", there("ps --all"));
        assertEquals("", there("network ls"));
        assertEquals(engine.project + "_data", there("volume ls"));
        String log = engine.log();
        assertTrue(log.indexOf("web-1  Removed") < log.indexOf("db-1  Stopping") && log.contains("web-1  Removed"), log);

        assertEquals(List.of(engine.project + "_data"), down(true, null, 60).run(engine.host).volumes());
        assertEquals("", there("volume ls"));
        assertTrue(engine.log().contains("warning: the data of " + engine.project + " goes with its volumes: " + engine.project + "_data"));

        assertEquals(List.of(), down(true, null, 60).run(engine.host).containers());
        assertTrue(engine.log().contains("the project " + engine.project + " has no containers on this engine"));
    }

    @Test
    void aContainerThatDoesNotListenIsKilledAfterItsGrace() throws Exception {
        up(", entrypoint: [sh, -c, 'trap : TERM; while true; do sleep 1; done']");
        long start = System.nanoTime();
        down(true, Duration.ofSeconds(1), 60).run(engine.host);
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 10);
        assertEquals("", there("ps --all"));
    }

    @Test
    void whatIsLeftWhenTimeIsUpIsNamed() throws Exception {
        up(", entrypoint: [sh, -c, 'trap : TERM; while true; do sleep 1; done']");
        String failure = assertThrows(Failure.class, () -> down(true, Duration.ofSeconds(50), 3).run(engine.host)).getMessage();
        assertTrue(failure.contains("was ended after 3 s, its time limit"), failure);
        assertTrue(engine.log().contains("warning: " + engine.project + " is not all gone; left are: "), engine.log());
        assertTrue(engine.log().contains(engine.project + "-web-1 (running)"), engine.log());
        down(true, Duration.ZERO, 60).run(engine.host);
        assertEquals("", there("ps --all"));
    }

    @Test
    void likelyMistakesGiveOneSentence() {
        assertTrue(failure(new ComposeDown("Shop!", false, null, Duration.ofSeconds(9))).contains("'Shop!' is not a valid project name"));
        assertTrue(failure(new ComposeDown("", false, null, Duration.ofSeconds(9))).contains("'' is not a valid project name"));
        assertTrue(failure(down(false, Duration.ofSeconds(-1), 9)).contains("'grace' is -1 s"));
        assertTrue(failure(down(false, null, 0)).contains("'deadline' is 0 s"));
    }

    private String failure(ComposeDown down) {
        String message = assertThrows(Failure.class, () -> down.run(engine.host)).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
