package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static String refusal(String url, String... json) {
        return assertThrows(Failure.class, () -> new Probe(url, 200, null, List.of(json)).check()).getMessage();
    }

    @Test
    void onlyHttpWithAHostIsAUrlToProbe() {
        assertDoesNotThrow(() -> new Probe("https://example.org:8443/up", 200, null, List.of("/a/0=x=y")).check());
        for (String url : List.of("example.org", "ftp://example.org/", "http:///up", "http://a b/", "")) {
            assertTrue(refusal(url).contains("is not a URL to probe"), url);
        }
    }

    @Test
    void aJsonValueHasAPointerAndAValue() {
        for (String json : List.of("checks=ok", "/checks", "=ok")) {
            assertTrue(refusal("http://example.org/", json).contains("give /pointer=value"), json);
        }
    }
}
