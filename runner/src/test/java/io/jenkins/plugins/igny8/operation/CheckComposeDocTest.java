package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.igny8.compose.check.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in docs/compose-checks.md lists the rules as they are; its last two columns were counted by hand. */
class CheckComposeDocTest {

    private static final String COUNTED = " \\| [^|]* \\| [^|]* \\|$";

    @Test
    void theTableListsEveryRule() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("../docs/compose-checks.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceFirst(COUNTED, ""))
                .toList();
        assertEquals(Rules.all().stream().map(CheckComposeDocTest::row).toList(), rows);
    }

    private static String row(Rules.Entry rule) {
        String when = switch (rule.when()) {
            case ALWAYS -> "always";
            case REFUSED -> "refused";
            case RELEASE -> "`release`";
            case ENGINE -> "`askEngine`";
        };
        long mutations = ComposeMutations.all().filter(one -> one.rule().equals(rule.id())).count();
        return "| `" + rule.id() + "` | " + rule.severity().word() + " | " + when + " | " + rule.says() + " | " + mutations;
    }
}
