package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class LogsStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private void up() {
        DockerEngine.docker("run", "-d", "--init", "--name", engine.name() + "-web-1", "--label", "com.docker.compose.project=" + engine.name(),
                "--label", "com.docker.compose.service=web", "-e", "PASSWORD=canary-value", DockerEngine.BASE, "sh", "-c", "echo said; sleep 600");
    }

    private void assertCollected(FilePath folder) throws Exception {
        String inspect = folder.child("inspect.json").readToString();
        assertTrue(folder.child(engine.name() + "-web-1.log").readToString().contains("said"));
        assertTrue(inspect.contains(DockerEngine.inspect(engine.name() + "-web-1", "{{.Id}}")) && inspect.contains("PASSWORD=…"), inspect);
        assertFalse(inspect.contains("canary-value"), inspect);
    }

    @Test
    void theSandboxReadsWhichFilesThereAre() throws Exception {
        up();
        Trial trial = new Trial(jenkins, """
                node { dir('inner') {
                  def logs = igny8Logs(project: '%s', into: 'out', lines: 5)
                  echo "logs ${logs.project} ${logs.directory} ${logs.files.sort()}"
                } }
                """.formatted(engine.name()));
        trial.succeeds();
        assertEquals(engine.name() + " out [out/events.jsonl, out/" + engine.name() + "-web-1.log, out/inspect.json]", trial.said("logs "));
        assertCollected(trial.workspace().child("inner/out"));
    }

    @Test
    void declarativeCollectsInPost() throws Exception {
        up();
        Trial trial = new Trial(jenkins, Trial.declarative("""
                 stages { stage('Fails') { steps { error 'on purpose' } } }
                 post { failure { igny8Logs project: '%s'; archiveArtifacts 'igny8-logs/**' } }
                """.formatted(engine.name())));
        trial.fails();
        assertCollected(trial.workspace().child("igny8-logs"));
        assertEquals(3, trial.build().getArtifacts().size());
    }

    @Test
    void aPathOutsideTheWorkspaceIsRefused() throws Exception {
        Trial trial = new Trial(jenkins, "node { igny8Logs project: '" + engine.name() + "', into: '../out' }");
        assertTrue(trial.fails().contains("'../out' leaves the workspace"), trial.log());
        assertFalse(trial.workspace().getParent().child("out").exists());
    }
}
