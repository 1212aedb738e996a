package io.jenkins.plugins.igny8.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.igny8.compose.read.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedirectedTest {

    @Test
    void onlyThePathsAreOthers() {
        String text = """
                # \ud83d\ude80 of all
                include:
                  - a.yml  # one
                  - path: ['b.yml', "c.yml"]
                services:
                  web: {extends: {file: d.yml, service: x}, image: a.yml}
                ---
                include:
                  - path: e.yml
                """;
        assertEquals(
                """
                # \ud83d\ude80 of all
                include:
                  - "/w/.a.yml"  # one
                  - path: ['b.yml', "/w/.c.yml"]
                services:
                  web: {extends: {file: "/w/a\\"$$b\\\\d.yml", service: x}, image: a.yml}
                ---
                include:
                  - path: "/w/.e.yml"
                """,
                Redirected.of("f", text, Map.of(
                        new Place("f", 3, 5), "/w/.a.yml",
                        new Place("f", 4, 21), "/w/.c.yml",
                        new Place("f", 6, 19), "/w/a\"$b\\d.yml",
                        new Place("f", 9, 5), "/w/.e.yml",
                        new Place("other", 4, 12), "/w/never.yml")));
    }

    /** Another service may extend by an alias. */
    @Test
    void anchorsStay() {
        assertEquals(
                "x-f: &f \"/w/.a.yml\"\nservices: {a: {extends: {file: *f, service: x}}}\n",
                Redirected.of("f", "x-f: &f a.yml\nservices: {a: {extends: {file: *f, service: x}}}\n", Map.of(new Place("f", 2, 26), "/w/.a.yml")));
    }
}
