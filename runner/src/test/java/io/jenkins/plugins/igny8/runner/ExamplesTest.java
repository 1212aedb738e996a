package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Jenkinsfiles that this project ships are right as far as that can be known without running them. */
class ExamplesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "examples/igny8/Jenkinsfile", "examples/igny8/Jenkinsfile.deploy", "examples/igny8/Jenkinsfile.rollback", "examples/igny8/Jenkinsfile.tests",
        "examples/notes/Jenkinsfile", "bin/lib/bench.Jenkinsfile"
    })
    void areRight(String file) {
        State state = new State(folder);
        assertEquals(0, new Run(Path.of("..").resolve(file), folder, Map.of(), Map.of(), state.credentials(), null, state, System.out).execute(true));
    }

    /** README's first Jenkinsfile is there to be copied. */
    @Test
    void readmesIsRightToo() throws Exception {
        String readme = Files.readString(Path.of("../README.md"));
        int begin = readme.indexOf("```groovy\n") + "```groovy\n".length();
        Path file = Files.writeString(folder.resolve("Jenkinsfile"), readme.substring(begin, readme.indexOf("```", begin)));
        State state = new State(folder);
        assertEquals(0, new Run(file, folder, Map.of(), Map.of(), state.credentials(), null, state, System.out).execute(true));
    }
}
