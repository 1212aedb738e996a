package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    @TempDir
    Path folder;

    @Test
    void whatNobodyWillRemoveGoesAfterADay() throws Exception {
        for (String each : List.of("igny8-old", "igny8-busy", "igny8-new", "igny8-own", "other")) {
            Files.createDirectories(folder.resolve(each).resolve("question-1"));
            Files.createDirectories(folder.resolve(each).resolve("private-1"));
        }
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
        for (String each : List.of("igny8-old", "igny8-busy", "igny8-own", "other")) {
            Files.setLastModifiedTime(folder.resolve(each).resolve("private-1"), old);
            Files.setLastModifiedTime(folder.resolve(each).resolve("question-1"), old);
            Files.setLastModifiedTime(folder.resolve(each), old);
        }
        Files.writeString(folder.resolve("igny8-busy/private-1/log"), "");
        new FilePath(folder.toFile()).act(new Leftovers("igny8-own"));
        assertFalse(Files.exists(folder.resolve("igny8-old")));
        for (String each : List.of("igny8-busy", "igny8-new", "other", "igny8-own")) {
            assertTrue(Files.exists(folder.resolve(each).resolve("private-1")), each);
        }
        // Of the step itself, what a question left before an interruption.
        assertFalse(Files.exists(folder.resolve("igny8-own/question-1")));
    }
}
