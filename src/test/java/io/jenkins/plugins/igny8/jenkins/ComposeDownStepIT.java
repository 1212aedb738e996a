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
class ComposeDownStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private Trial trial(String script) throws Exception {
        return new Trial(jenkins, script).file("compose.yml", "services:\n  web: {image: '" + DockerEngine.BASE
                + "', init: true, command: [sleep, '600'], volumes: ['data:/data']}\nvolumes: {data: {}}\n");
    }

    private String up() {
        return "igny8ComposeUp project: '" + engine.name() + "', files: ['compose.yml']\n";
    }

    private String there() {
        return DockerEngine.docker("ps", "-aq", "--filter", "label=com.docker.compose.project=" + engine.name())
                + DockerEngine.docker("volume", "ls", "-q", "--filter", "label=com.docker.compose.project=" + engine.name());
    }

    @Test
    void theSandboxReadsWhatWasRemoved() throws Exception {
        Trial trial = trial("node {\n" + up() + """
                  def removed = igny8ComposeDown(project: '%s', volumes: true, grace: 1)
                  echo "removed ${removed.project} ${removed.containers} ${removed.volumes} ${removed.seconds > 0}"
                }
                """.formatted(engine.name()));
        trial.succeeds();
        String name = engine.name();
        assertEquals(name + " [" + name + "-web-1] [" + name + "_data] true", trial.said("removed "));
        assertEquals("", there());
    }

    @Test
    void declarativeCleansUpInPost() throws Exception {
        Trial trial = trial(Trial.declarative("""
                 stages { stage('Review') { steps { %s; error 'on purpose' } } }
                 post { cleanup { igny8ComposeDown project: '%s', volumes: true } }
                """.formatted(up().strip(), engine.name())));
        trial.fails();
        assertEquals("", there());
    }

    @Test
    void whichProjectHasNoDefault() throws Exception {
        String log = trial("node { igny8ComposeDown() }").fails();
        assertTrue(log.lines().anyMatch(line -> line.startsWith("ERROR: ") && line.contains("'' is not a valid project name")), log);
    }
}
