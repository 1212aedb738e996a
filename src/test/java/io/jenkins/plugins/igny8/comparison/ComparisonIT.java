package io.jenkins.plugins.igny8.comparison;

import io.jenkins.plugins.igny8.jenkins.DockerEngine;
import io.jenkins.plugins.igny8.jenkins.NeedsDocker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The same Jenkinsfiles run by {@code bin/run} and as sandboxed jobs of a real controller come to the same: stages and their
 * results, the arguments that each step received, what steps returned (the files echo it), what failed and the build's result.
 */
@WithJenkins
class ComparisonIT {

    private static JenkinsRule jenkins;

    @TempDir
    Path folder;

    @BeforeAll
    static void controller(JenkinsRule rule) throws Exception {
        jenkins = rule;
        // Only unit tests are strict by default: outside, an unknown parameter is a warning unless the step itself refuses it.
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
        Secrets.store();
    }

    static List<Case> plain() {
        return Case.all(false);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("plain")
    void withoutAnEngine(Case each) throws Exception {
        compare(each);
    }

    static List<Case> engine() {
        return Case.all(true);
    }

    @NeedsDocker
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("engine")
    void onTheEngine(Case each) throws Exception {
        compare(new Case(each.name(), each.jenkinsfile(), Map.of("BASE", DockerEngine.BASE), each.result()));
    }

    private void compare(Case each) throws Exception {
        Account inJenkins = JenkinsAccount.of(each, jenkins.createProject(WorkflowJob.class, each.name()));
        new Comparison(each, inJenkins, RunnerAccount.of(each, folder, Secrets.file(folder), Map.of())).assertSame();
    }
}
