package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.tasks.junit.TestResultAction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class TestStepIT {

    private static final String JUNIT =
            "<testsuite><testcase classname=\"a\" name=\"good\"/><testcase classname=\"a\" name=\"bad\"><failure/></testcase></testsuite>";

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    /** An image with a page and a shell, built by the pipeline itself. */
    private Trial trial(String script) throws Exception {
        return new Trial(jenkins, script)
                .file("app/Dockerfile", "FROM " + DockerEngine.BASE + "\nCOPY . /app\n")
                .file("app/page", engine.name())
                .file("app/junit.xml", JUNIT);
    }

    private String build() {
        return "igny8Build images: [igny8Image(name: '" + engine.name() + "-app', context: 'app')]\n";
    }

    private String left() {
        return DockerEngine.docker("ps -aq --filter label=io.jenkins.plugins.igny8.test=" + engine.name() + "-app");
    }

    @Test
    void runsInTheImageOfTheBuildAndTheSandboxReadsTheResult() throws Exception {
        Trial trial = trial("node {\n" + build() + """
                  sh 'docker tag %s %s-app'
                  def tested = igny8Test(command: 'cat /app/page; mkdir -p /tmp/test-results; cp /app/junit.xml /tmp/test-results; exit 7', returnStatus: true)
                  echo "tested ${tested.image} ${tested.imageId} ${tested.exitCode} ${tested.files}"
                  junit 'test-results/*.xml'
                }
                """.formatted(DockerEngine.BASE, engine.name()));
        String log = trial.ends(Result.UNSTABLE);
        String built = log.replaceAll("(?s).*built: (sha256:[0-9a-f]{64}).*", "$1");
        assertEquals(engine.name() + "-app " + built + " 7 [test-results/junit.xml]", trial.said("tested "));
        assertTrue(log.contains("[" + engine.name() + "-app] " + engine.name()), log);
        assertEquals(1, trial.build().getAction(TestResultAction.class).getFailCount());
        assertEquals("", left());
    }

    @Test
    void declarativeFailsByTheExitCodeAndTheFilesAreOut() throws Exception {
        Trial trial = trial(Trial.declarative("""
                 stages { stage('Test') { steps {
                  dir('inner') {
                   %s
                   igny8Test command: 'mkdir -p /tmp/test-results; cp /app/junit.xml /tmp/test-results; exit 3', environment: ['A=it is $A'], into: 'out'
                  }
                 } } }
                 post { always { junit 'inner/out/*.xml' } }
                """.formatted(build())));
        trial.file("inner/app/Dockerfile", "FROM " + DockerEngine.BASE + "\nCOPY . /app\n").file("inner/app/junit.xml", JUNIT);
        String log = trial.fails();
        assertTrue(log.contains("ERROR: The test command in the image " + engine.name() + "-app ended with exit code 3; JUnit files in out (1)"), log);
        assertEquals(2, trial.build().getAction(TestResultAction.class).getTotalCount());
    }

    @Test
    void anAbortLeavesNoContainer() throws Exception {
        DockerEngine.docker("tag", DockerEngine.BASE, engine.name() + "-app");
        Trial trial = trial("node { igny8Test command: 'echo begun; sleep 600', image: '" + engine.name() + "-app' }");
        trial.start().says("begun");
        trial.build().getExecutor().interrupt();
        trial.over(Result.ABORTED);
        assertEquals("", left());
    }
}
