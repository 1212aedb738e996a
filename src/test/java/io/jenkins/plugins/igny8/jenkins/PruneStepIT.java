package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class PruneStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private String repository() {
        return engine.name() + "-app";
    }

    private String there() {
        return String.join(" ", DockerEngine.docker("image", "ls", "--format", "{{.Tag}}", repository()).lines().sorted().toList());
    }

    @Test
    void theSandboxReadsWhatWent() throws Exception {
        Trial trial = new Trial(jenkins, """
                node {
                  for (tag in ['1', '2', '3']) {
                    writeFile file: 'app/page', text: tag
                    igny8Build images: [igny8Image(name: "%1$s:${tag}", context: 'app')]
                  }
                  def pruned = igny8Prune(repositories: ['%1$s'], keep: 2)
                  echo "pruned ${pruned.removed} ${pruned.kept} ${pruned.bytes >= 0} ${pruned.dryRun} ${pruned.seconds > 0}"
                }
                """.formatted(repository()));
        trial.image("app", engine.name()).succeeds();
        assertEquals("[" + repository() + ":1] 2 true false true", trial.said("pruned "));
        assertEquals("2 3", there());
    }

    @Test
    void declarativeTellsWhatWouldGo() throws Exception {
        Trial trial = new Trial(jenkins, Trial.declarative("""
                 stages { stage('Prune') { steps {
                  igny8Build images: [igny8Image(name: '%1$s:1', context: 'app')]
                  writeFile file: 'app/page', text: 'new'
                  igny8Build images: [igny8Image(name: '%1$s:2', context: 'app')]
                  igny8Prune repositories: ['%1$s'], keep: 1, dryRun: true
                 } } }
                """.formatted(repository())));
        String log = trial.image("app", engine.name()).succeeds();
        assertTrue(log.contains("[prune] would remove " + repository() + ":1"), log);
        assertEquals("1 2", there());
    }

    @Test
    void aMistakeIsOneSentence() throws Exception {
        String log = new Trial(jenkins, "node { igny8Prune keep: 0 }").fails();
        assertTrue(log.contains("ERROR: 'keep' is 0: give how many images of each repository stay, 1 or more."), log);
    }
}
