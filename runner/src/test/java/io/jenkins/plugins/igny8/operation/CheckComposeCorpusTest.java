package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real compose files of public repositories, with what {@code docker compose config --services} said of each. They are read where they
 * lie and are no part of this project: {@code -Dcompose.corpus=FOLDER} names the folder, with INDEX.tsv and EXPECTED.tsv; without it this
 * is left out. All findings are written to {@code target/compose-corpus.tsv}.
 */
class CheckComposeCorpusTest {

    private static final String HEAD = "file\tline\trule\tseverity\tsentence\n";

    private static Path corpus;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find() {
        String given = System.getProperty("compose.corpus", "");
        assumeTrue(!given.isEmpty(), "left out: no -Dcompose.corpus=FOLDER");
        corpus = Path.of(given);
    }

    private static List<Map<String, String>> rows(String name) throws IOException {
        List<String> lines = Files.readAllLines(corpus.resolve(name));
        List<String> head = Arrays.asList(lines.get(0).split("\t"));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < head.size(); i++) {
                row.put(head.get(i), i < cells.length ? cells[i] : "");
            }
            rows.add(row);
        }
        return rows;
    }

    /** As the expectations were made: the file alone, under its own name. */
    private CheckCompose.Checked check(String file, boolean withDocker, boolean release) throws Exception {
        Path workspace = Files.createTempDirectory(folder, "corpus");
        String path = rows("INDEX.tsv").stream().filter(row -> row.get("file").equals(file)).findFirst().orElseThrow().get("path");
        String name = Path.of(path).getFileName().toString();
        Files.copy(corpus.resolve(file), workspace.resolve(name));
        Map<String, String> environment = withDocker ? Map.of() : Map.of("PATH", "/nonexistent");
        LocalHost host = new LocalHost(workspace, environment, Credentials.none(), new ConcurrentHashMap<>(),
                event -> assertTrue(event.kind() != Event.Kind.LINE));
        ComposeProject project = new ComposeProject("corpus", List.of(name), List.of(), null, null, List.of());
        CheckOptions never = new CheckOptions(List.of("health-unknown=warning"), "never", null, release, List.of(), List.of(), 300, false, false);
        return new CheckCompose(project, never).run(host);
    }

    @Test
    void composeAndOurReadingAgreeWithWhatWasExpected() throws Exception {
        agreesWithExpected(true);
    }

    @Test
    void yamlAloneAgreesWithWhatWasExpected() throws Exception {
        agreesWithExpected(false);
    }

    /** What is not asked by default is listed too, to be counted by hand. */
    @Test
    void rulesForReleasesAreListed() throws Exception {
        StringBuilder all = new StringBuilder(HEAD);
        for (Map<String, String> row : rows("EXPECTED.tsv")) {
            check(row.get("file"), true, true).findings().forEach(one -> all.append(shown(row.get("file"), one)));
        }
        Files.writeString(Path.of("target", "compose-corpus-release.tsv"), all);
        assertTrue(all.length() > HEAD.length());
    }

    private static String shown(String file, CheckCompose.Found one) {
        return String.join("\t", file, String.valueOf(one.line()), one.rule(), one.severity(), one.sentence()) + "\n";
    }

    private void agreesWithExpected(boolean withDocker) throws Exception {
        List<String> differences = new ArrayList<>();
        Map<String, Integer> count = new TreeMap<>();
        StringBuilder all = new StringBuilder(HEAD);
        for (Map<String, String> row : rows("EXPECTED.tsv")) {
            String file = row.get("file");
            CheckCompose.Checked checked = check(file, withDocker, false);
            boolean accepted = row.get("exit").equals("0");
            if (checked.accepted() != accepted) {
                differences.add(file + ": accepted is " + checked.accepted() + ", expected: " + row.get("first_error"));
            }
            if (accepted && !String.join(",", checked.services()).equals(row.get("services"))) {
                differences.add(file + ": " + checked.services() + " instead of " + row.get("services"));
            }
            boolean saysWhy = checked.findings().stream().anyMatch(one -> one.severity().equals("error") && one.line() > 0
                    && !one.rule().equals("compose"));
            if (!accepted && !saysWhy) {
                differences.add(file + ": does not say why it is refused: " + row.get("first_error"));
            }
            checked.findings().forEach(one -> {
                count.merge(one.rule(), 1, Integer::sum);
                all.append(shown(file, one));
            });
        }
        Files.writeString(Path.of("target", withDocker ? "compose-corpus.tsv" : "compose-corpus-yaml.tsv"), all);
        System.out.println((withDocker ? "with docker compose: " : "by YAML alone: ") + count);
        assertEquals(List.of(), differences);
    }
}
