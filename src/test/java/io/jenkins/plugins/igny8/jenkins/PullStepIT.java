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
class PullStepIT {

    @RegisterExtension
    static final Registry registry = new Registry("ci");

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry.addLogin("registry");
    }

    private String image() {
        return engine.name() + "-app:latest";
    }

    /** The engine forgets it in between, so that only the registry can have it. */
    private String pushedAndForgotten(String pull) {
        return """
                igny8Build images: [igny8Image(name: '%1$s', context: 'app')]
                def pushed = igny8Push(registry: '%2$s', namespace: 'team', credentialsId: 'registry', tags: ['1'])
                sh 'docker rmi %1$s %2$s/team/%3$s-app:1'
                %4$s
                echo "pushed ${pushed.images[0].imageId} ${pushed.images[0].digest}"
                echo "pulled ${pulled.images[0].imageId} ${pulled.images[0].digest}"
                """.formatted(image(), registry.address(), engine.name(), pull);
    }

    private void assertPulled(Trial trial) throws Exception {
        assertEquals(trial.said("pushed "), trial.said("pulled "));
        assertEquals(DockerEngine.imageId(image()) + " " + registry.digest("team/" + engine.name() + "-app", "1"), trial.said("pulled "));
    }

    @Test
    void whatTheBuildPushedComesBackWithoutBeingNamed() throws Exception {
        String pull = "def pulled = igny8Pull(registry: '" + registry.address() + "', credentialsId: 'registry')";
        Trial trial = new Trial(jenkins, "node {\n" + pushedAndForgotten(pull) + "}\n").image("app", engine.name());
        trial.succeeds();
        assertPulled(trial);
    }

    @Test
    void declarativePassesImagesAndReferences() throws Exception {
        String pull = "def pulled = igny8Pull(registry: '" + registry.address() + "', namespace: 'team', credentialsId: 'registry', images: pushed.images)";
        Trial trial = new Trial(jenkins, Trial.declarative("""
                 stages {
                  stage('Push') { steps { script { %s } } }
                  stage('Again') { steps {
                    sh 'docker rmi %s'
                    igny8Pull registry: '%s', namespace: 'team', credentialsId: 'registry', references: ['%s-app:1']
                  } }
                 }
                """.formatted(pushedAndForgotten(pull), image(), registry.address(), engine.name())));
        trial.image("app", engine.name()).succeeds();
        assertPulled(trial);
    }

    @Test
    void whatIsMissingOrRefusedIsOneSentence() throws Exception {
        Trial trial = new Trial(jenkins, "node { igny8Pull registry: '" + registry.address() + "', credentialsId: 'registry', references: ['"
                + engine.name() + ":1'] }");
        assertTrue(trial.fails().contains("ERROR: The image " + engine.name() + " was not pulled: The registry has no such image"), trial.log());
        trial.script("node { igny8Pull registry: '" + registry.address() + "', references: ['" + engine.name() + ":1'] }");
        assertTrue(trial.fails().contains("was not pulled: The registry refused the login"), trial.log());
    }
}
