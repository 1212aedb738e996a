package io.jenkins.plugins.igny8.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {
        "environment: {DATABASE_URL: 'postgres://app:hunter2@${DB_HOST:-db}/app'}",
        "environment: {DATABASE_URL: 'postgres://${DB_USER:-app}:hunter2@${DB_HOST:-db}/app'}",
        "environment: {DATABASE_URL: '${DATABASE_URL:-postgres://app:hunter2@db/app}'}",
        "environment: {DB_PASSWORD: '${DB_PASSWORD:-it''s hunter2}'}",
        "environment: {DB_PASSWORD2: hunter2, TOKENS: hunter2b}",
        "labels: {app.api-key: hunter2}",
        "logging: {driver: splunk, options: {splunk-token: hunter2}}",
        "driver_opts: {type: cifs, o: 'username=u,password=hunter2,vers=3'}",
        "command: run --database postgres://app:hunter2@db/app",
        "command: sh -c 'run --password hunter2'",
        "command: sh -c 'export DB_PASSWORD=hunter2; run'",
        "command: run --password 'hunter2$$x'",
        "command: [run, \"--password=a'hunter2, b\"]",
        "test: [CMD-SHELL, 'PGPASSWORD=hunter2 psql -U app']",
    })
    void noSecretByTheseForms(String line) {
        KeptFile kept = KeptFile.of("services: {w: {" + line + "}}\n");
        assertFalse(kept.text().contains("hunter2"), kept.text());
        assertTrue(kept.values().values().stream().allMatch(value -> value.contains("hunter2")), kept.toString());
    }

    /** Between double quotes these are to be written by their numbers. */
    @Test
    void controlCharactersStay() {
        assertEquals(
                "services: {w: {command: \"run --token ${IGNY8_LEFT_OUT_W_TOKEN:?}\\u000d\\u0007\\u0085\\u2028\"}}\n",
                KeptFile.of("services: {w: {command: \"run --token hunter2\\r\\a\\N\\L\"}}\n").text());
    }

    /** Compose reads a tab after a colon. */
    @Test
    void nothingIsKeptOfWhatCannotBeRead() {
        assertEquals(new KeptFile("", Map.of()), KeptFile.of("services: {w: {environment: {DB_PASSWORD:\thunter2}}}\n"));
    }
}
