package io.jenkins.plugins.igny8.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What two runs of one Jenkinsfile came to, and whether that is the same. */
record Comparison(Case of, Account inJenkins, Account byRunner) {

    /** Both accounts and logs of the last run, for whoever looks for a difference. */
    private static final Path KEPT = Path.of("target/comparison");

    void assertSame() throws IOException {
        keep("jenkins", inJenkins);
        keep("runner", byRunner);
        assertEquals(of.result(), inJenkins.run.result, inJenkins.log);
        assertEquals(inJenkins.toString(), byRunner.toString(), "see " + KEPT.resolve(of.name()) + ".*");
    }

    private void keep(String where, Account account) throws IOException {
        Files.createDirectories(KEPT);
        Files.writeString(KEPT.resolve(of.name() + "." + where), account + "\n" + account.log);
    }
}
