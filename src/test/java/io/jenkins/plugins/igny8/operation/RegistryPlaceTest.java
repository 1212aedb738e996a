package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryPlaceTest {

    @Test
    void registryNamespaceAndName() {
        assertEquals("r.example.com:5000/team/igny8/app:1", new RegistryPlace("r.example.com:5000", "team/igny8").of("app:1").toString());
        assertEquals("r.example.com/app", new RegistryPlace("r.example.com", null).of("app").toString());
        assertEquals("team/app", new RegistryPlace(null, "team").of("app").toString());
        assertEquals("app", new RegistryPlace(null, null).of("app").toString());
    }

    @Test
    void allProblemsAreSaid() {
        assertEquals(2, new RegistryPlace("https://r", "Team").problems().size());
        assertEquals(List.of(), new RegistryPlace("r.example.com", "team").problems());
        assertEquals(List.of(), new RegistryPlace("", "team").problems());
    }

    @Test
    void aRegistryGivenAsNamespaceIsNotTakenForOne() {
        String problem = new RegistryPlace(null, "r.example.com/team").problems().get(0);
        assertTrue(problem.contains("'r.example.com/team' for a registry"), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "631af1b33387: Preparing", "631af1b33387: Waiting", "631af1b33387: Layer already exists", "631af1b33387: Pulling fs layer",
        "631af1b33387: Verifying Checksum", "631af1b33387: Download complete", "631af1b33387: Retrying in 4 seconds",
        "631af1b33387: Retrying in 1 second", "631af1b33387: Retrying in 12 seconds", "r:1/app@sha256:0: Pulling from app",
        "The push refers to repository [r:1/app]", "Digest: sha256:0", "r:1/app:1"
    })
    void passingStates(String line) {
        assertTrue(RegistryPlace.passing(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "631af1b33387: Pushed", "631af1b33387: Pull complete", "631af1b33387: Mounted from team/app", "631af1b33387: Retrying in 5 seconds",
        "631af1b33387: Retrying in 10 seconds", "denied", "1.0: digest: sha256:0 size: 527", "Waiting for something"
    })
    void whatALogNeeds(String line) {
        assertFalse(RegistryPlace.passing(line));
    }
}
