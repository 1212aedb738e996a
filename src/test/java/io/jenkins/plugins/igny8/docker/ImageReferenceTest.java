package io.jenkins.plugins.igny8.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "igny8-backend,                    '',             igny8-backend,  ''",
        "igny8-backend:latest,             '',             igny8-backend,  latest",
        "team/app:1.0,                     '',             team/app,       1.0",
        "localhost/app,                    localhost,      app,            ''",
        "127.0.0.1:5000/team/app:v1,       127.0.0.1:5000, team/app,       v1",
        "r.example.com/a/b__c/d-e:x,       r.example.com,  a/b__c/d-e,     x",
        "Host/app,                         Host,           app,            ''"
    })
    void itsParts(String text, String registry, String path, String tag) {
        assertEquals(new ImageReference(registry, path, tag, ""), ImageReference.parse(text));
        assertEquals(text, ImageReference.parse(text).toString());
    }

    @Test
    void aDigestBesideATag() {
        ImageReference reference = ImageReference.parse("r.example.com/app:1@" + DIGEST);
        assertEquals(DIGEST, reference.digest());
        assertEquals("1", reference.tag());
    }

    @ParameterizedTest
    @CsvSource({
        "App,                  name 'App'",
        "a//b,                 name ''",
        "a/,                   name ''",
        "a___b,                name 'a___b'",
        "app:-1,               tag '-1'",
        "app:,                 tag ''",
        "app@sha256:12,        digest 'sha256:12'",
        "-x.example.com/app,   registry '-x.example.com'",
        "r:port/app,           registry 'r:port'",
        "https://r/app,        registry 'https:'"
    })
    void theWrongPartIsNamed(String text, String part) {
        String failure = assertThrows(Failure.class, () -> ImageReference.parse(text)).getMessage();
        assertTrue(failure.contains("its " + part), failure);
    }

    @Test
    void noNameAtAllIsSaid() {
        assertTrue(assertThrows(Failure.class, () -> ImageReference.parse("")).getMessage().startsWith("An image has no name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"r.example.com", "localhost", "localhost:5000", "10.0.0.1:5000", "r:5000"})
    void registries(String registry) {
        assertEquals(registry, ImageReference.checkedRegistry(registry));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://r.example.com", "r.example.com/team", "r.example.com:", "-r.example.com", "r example.com", "plain", ""})
    void whatIsNoRegistryIsNamed(String registry) {
        String failure = assertThrows(Failure.class, () -> ImageReference.checkedRegistry(registry)).getMessage();
        assertTrue(failure.contains("'" + registry + "'"), failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Team", "a//b", "/a", "a/", "a:b", "a b", "$(id)", "--help"})
    void whatIsNoNamespaceIsNamed(String namespace) {
        String failure = assertThrows(Failure.class, () -> ImageReference.checkedNamespace(namespace)).getMessage();
        assertTrue(failure.contains("'" + namespace + "' is not a valid namespace"), failure);
    }

    @Test
    void aTagHasAtMost128Characters() {
        assertEquals("x".repeat(128), ImageReference.checkedTag("x".repeat(128)));
        for (String wrong : List.of("x".repeat(129), "feature/x", ".x", "-x", "", "a b", "é")) {
            assertThrows(Failure.class, () -> ImageReference.checkedTag(wrong), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/debian:12,  debian",
        "debian:12,                    debian",
        "docker.io/team/app,           team/app",
        "r.example.com/library/app,    r.example.com/library/app"
    })
    void theEngineListsRepositoriesByFamiliarNames(String text, String familiar) {
        assertEquals(familiar, ImageReference.parse(text).familiarRepository());
        var image = new Images.Image("sha256:1", List.of(), List.of("other@" + "sha256:0", familiar + "@" + DIGEST), "", java.time.Instant.EPOCH);
        assertEquals(DIGEST, image.digestIn(ImageReference.parse(text)).orElseThrow());
    }
}
