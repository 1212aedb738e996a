package io.jenkins.plugins.igny8.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The settings as a file: all of them go in and come out, and the file in the documentation is one that works. */
@WithJenkins
class ConfigurationAsCodeTest {

    @BeforeAll
    static void start(JenkinsRule jenkins) {
        // One for all tests.
    }

    @Test
    void whatComesOutIsWhatWentIn(@TempDir Path folder) throws Exception {
        String documented = documented();
        configure(folder, documented);
        assertEquals(2, Igny8Configuration.get().getRegistries().size());
        assertEquals("registry.example.com:5000", Igny8Configuration.get().getRegistries().get(0).getUrl());
        assertEquals(3, Igny8Configuration.get().getEngines().size());
        assertEquals(900, Igny8Configuration.get().settings().migrateDeadline());
        assertEquals(10, Igny8Configuration.get().settings().keepImages());
        String exported = exported();
        assertEquals(block(documented), block(exported));
        // And what was exported makes the same again.
        configure(folder, "unclassified:\n  igny8:\n    registries: []\n    engines: []\n    project: ''\n");
        assertTrue(Igny8Configuration.get().getRegistries().isEmpty() && Igny8Configuration.get().getEngines().isEmpty());
        configure(folder, "unclassified:\n" + block(exported));
        assertEquals(block(documented), block(exported()));
    }

    @Test
    void partOfAFileLeavesTheRest(@TempDir Path folder) throws Exception {
        configure(folder, documented());
        configure(folder, "unclassified:\n  igny8:\n    project: \"other\"\n");
        assertEquals(block(documented()).replaceFirst("project: \"[^\"]*\"", "project: \"other\""), block(exported()));
    }

    private static void configure(Path folder, String yaml) throws Exception {
        Path file = folder.resolve("jenkins.yaml");
        Files.writeString(file, yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    private static String exported() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The first YAML of the page for administrators. */
    private static String documented() throws Exception {
        Matcher matcher = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("docs/administrators.md")));
        assertTrue(matcher.find(), "docs/administrators.md shows a file");
        return matcher.group(1);
    }

    /** The lines under {@code igny8:}, as they are. */
    private static String block(String yaml) {
        Matcher matcher = Pattern.compile("^  igny8:\n(?:   .*\n)*", Pattern.MULTILINE).matcher(yaml);
        assertTrue(matcher.find(), yaml);
        return matcher.group();
    }
}
