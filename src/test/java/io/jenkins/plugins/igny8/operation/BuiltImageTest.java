package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.docker.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuiltImageTest {

    private static final String HASH = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final BuiltImage BUILT = new BuiltImage("igny8-backend:latest", "igny8-backend:latest", "sha256:" + HASH, null, 1.5, true);
    private static final BuiltImage PUSHED =
            new BuiltImage("igny8-backend:latest", "127.0.0.1:5000/igny8/igny8-backend:abc", "sha256:" + HASH, "sha256:" + HASH, 1.5, true);

    @Test
    void pinsByATagOfOurOwnUntilPushedThenByDigest() {
        assertEquals("igny8-backend:igny8-0123456789ab", BUILT.pin());
        assertEquals("127.0.0.1:5000/igny8/igny8-backend@sha256:" + HASH, PUSHED.pin());
    }

    @Test
    void aServiceMayLeaveOutTheTagLatest() {
        assertTrue(BUILT.isNamed("igny8-backend:latest"));
        assertTrue(BUILT.isNamed("igny8-backend"));
        assertFalse(BUILT.isNamed("igny8-backend:r1"));
        assertFalse(BUILT.isNamed("other/igny8-backend"));
    }

    @Test
    void everyServiceThatNamesTheImageGetsIt() {
        var config = Json.read("{\"services\": {\"backend\": {\"image\": \"igny8-backend:latest\"}, \"worker\": {\"image\": \"igny8-backend\"},"
                + " \"db\": {\"image\": \"postgres:15\"}, \"built\": {\"build\": {\"context\": \".\"}}}}");
        Pins pins = Pins.of(config, List.of(BUILT));
        assertEquals(List.of("backend", "worker"), new ArrayList<>(pins.images().keySet()));
        var override = Json.read(pins.overrideFile()).path("services");
        assertEquals("igny8-backend:igny8-0123456789ab", override.path("worker").path("image").asText());
        assertEquals("never", override.path("worker").path("pull_policy").asText());
    }

    @Test
    void resultsAreWhatASandboxAllows() {
        Object plain = Plain.of(new BuiltImage.Images(List.of(BUILT), 2.0));
        assertEquals(LinkedHashMap.class, plain.getClass());
        Object images = ((Map<?, ?>) plain).get("images");
        assertEquals(ArrayList.class, images.getClass());
        Map<?, ?> image = (Map<?, ?>) ((List<?>) images).get(0);
        assertEquals(List.of("name", "reference", "imageId", "seconds", "cached"), new ArrayList<>(image.keySet()));
        assertEquals(BUILT, Plain.as(BuiltImage.class, image));
    }
}
