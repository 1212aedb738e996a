package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step's {@code engine}, among those that the command line names. */
@Tag("engine")
class EngineIT {

    /** Nothing listens on the lowest port. */
    private static final String NOWHERE = "tcp://127.0.0.1:1";

    @TempDir
    Path folder;

    private Trial logs(String engine, String surroundings) throws Exception {
        Process context = new ProcessBuilder("docker", "context", "inspect", "--format", "{{.Endpoints.docker.Host}}").start();
        String here = new String(context.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(0, context.waitFor());
        String step = "igny8Logs project: 'igny8-none', engine: '" + engine + "'";
        return Trial.run(folder, Trial.pipeline(surroundings + " { " + step + " }"), Map.of(), Map.of("here", here, "nowhere", NOWHERE));
    }

    @Test
    void theNamedEngineCountsWhateverTheEnvironmentSays() throws Exception {
        Trial trial = logs("here", "withEnv(['DOCKER_HOST=" + NOWHERE + "'])");
        assertEquals("SUCCESS", trial.outcome(), trial.log);
    }

    @Test
    void anotherEngineIsReallyAnother() throws Exception {
        Trial trial = logs("nowhere", "dir('.')");
        assertEquals("FAILURE", trial.outcome(), trial.log);
        assertTrue(trial.log.contains(NOWHERE), trial.log);
    }

    @Test
    void anUnknownOneIsRefusedWithTheOptionThatNamesIt() throws Exception {
        Trial trial = logs("her", "dir('.')");
        assertEquals("FAILURE", trial.outcome(), trial.log);
        assertTrue(trial.log.contains("there is no engine 'her' (named on the command line: "), trial.log);
        assertTrue(trial.log.contains("): add --engine her=URI."), trial.log);
    }
}
