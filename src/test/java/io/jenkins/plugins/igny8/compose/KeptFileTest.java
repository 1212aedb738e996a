package io.jenkins.plugins.igny8.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Compose has no part in; the rest is in KeptFileIT. */
class KeptFileTest {

    /** The aliases of a secret need its anchor. */
    @Test
    void anchorsStay() {
        assertEquals(
                "x-p: &p \"${IGNY8_LEFT_OUT_DB_DB_PASSWORD:?}\"\nservices: {db: {environment: {DB_PASSWORD: *p, A_TOKEN: !reset \"${IGNY8_LEFT_OUT_DB_A_TOKEN:?}\"}}}\n",
                KeptFile.of("x-p: &p hunter2\nservices: {db: {environment: {DB_PASSWORD: *p, A_TOKEN: !reset hunter2}}}\n").text());
    }

    /** Fifty are the parser's own bound, which is meant for texts of strangers. */
    @Test
    void manyAliases() {
        String services = IntStream.range(0, 60).mapToObj(one -> "  s" + one + ": {environment: *e}\n").collect(Collectors.joining());
        KeptFile kept = KeptFile.of("x-e: &e {DB_PASSWORD: hunter2}\nservices:\n" + services);
        assertFalse(kept.text().contains("hunter2"), kept.text());
    }

    @Test
    void longValues() {
        for (String value : List.of("k".repeat(19_000), "$$".repeat(9_000))) {
            String written = value.replace("$$", "$");
            assertEquals(
                    Map.of("IGNY8_LEFT_OUT_W_A_KEY", written),
                    KeptFile.of("services: {w: {environment: {A_KEY: '${A_KEY:-" + value + "}'}}}\n").values());
            assertEquals(Map.of("IGNY8_LEFT_OUT_W_TOKEN", written), KeptFile.of("services: {w: {command: run --token " + value + "}}\n").values());
        }
    }
}
