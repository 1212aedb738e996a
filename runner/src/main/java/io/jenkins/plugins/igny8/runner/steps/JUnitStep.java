package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import io.jenkins.plugins.igny8.runner.report.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code junit}: reads JUnit XML; a failed test makes stage and build unstable. */
@Symbol("junit")
public final class JUnitStep extends LocalStep implements LocalStep.OnAgent {

    /** As in Jenkins: clocks and file systems are not exact. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

    private static final int SHOWN_TESTS = 20;

    private final String testResults;
    private boolean allowEmptyResults;

    @DataBoundConstructor
    public JUnitStep(String testResults) {
        this.testResults = testResults;
    }

    @DataBoundSetter
    public void setAllowEmptyResults(boolean allowEmptyResults) {
        this.allowEmptyResults = allowEmptyResults;
    }

    @Override
    public Object run(Build build) throws Exception {
        Path folder = build.context().directory();
        List<String> files = Patterns.files(folder, testResults, null);
        JUnitResults results = new JUnitResults();
        int old = 0;
        for (String file : files) {
            // Left by an earlier build: counting it again would hide that no test ran.
            if (Files.getLastModifiedTime(folder.resolve(file)).toInstant().isBefore(build.start().minus(CLOCK_TOLERANCE))) {
                old++;
            } else {
                results.read(folder.resolve(file));
            }
        }
        if (results.files() == 0 && !allowEmptyResults) {
            throw new Failure(old > 0
                    ? "all " + old + " test reports that match '" + testResults + "' are older than this build: no test has run."
                    : "No test report files were found. Configuration error?");
        }
        build.console().say(results.total() + " tests, " + results.failures().size() + " failed, " + results.skipped() + " skipped");
        results.failures().stream().limit(SHOWN_TESTS).forEach(test -> build.console().say("   failed: " + test));
        if (!results.failures().isEmpty()) {
            UnstableStep.mark(build, Result.UNSTABLE, Result.UNSTABLE);
        }
        return results.summary();
    }
}
