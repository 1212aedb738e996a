package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.config.Engine;
import io.jenkins.plugins.igny8.config.Igny8Configuration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A step's {@code engine}, among those that an administrator has named. */
@NeedsDocker
@WithJenkins
class EngineIT {

    /** Nothing listens on the lowest port. */
    private static final String NOWHERE = "tcp://127.0.0.1:1";

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        String here = DockerEngine.docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}");
        Igny8Configuration.get().setEngines(List.of(new Engine("here", here), new Engine("nowhere", NOWHERE)));
    }

    private String build(String more) {
        return "igny8Build(images: [igny8Image(name: '" + engine.name() + ":1', context: 'app')]" + more + ")";
    }

    @Test
    void theNamedEngineCountsWhateverTheEnvironmentSays() throws Exception {
        Trial trial = new Trial(jenkins, "node { withEnv(['DOCKER_HOST=" + NOWHERE + "']) { echo 'id ' + " + build(", engine: 'here'")
                + ".images[0].imageId } }");
        trial.image("app", engine.name()).succeeds();
        assertEquals(DockerEngine.imageId(engine.name() + ":1"), trial.said("id "));
    }

    @Test
    void anotherEngineIsReallyAnother() throws Exception {
        Trial trial = new Trial(jenkins, "node { " + build(", engine: 'nowhere'") + " }").image("app", engine.name());
        String log = trial.fails();
        assertTrue(log.contains(NOWHERE), log);
        assertEquals("", DockerEngine.docker("images", "-q", engine.name()));
    }

    @Test
    void anUnknownOneIsRefusedWithTheNamesThereAre() throws Exception {
        Trial trial = new Trial(jenkins, "node { " + build(", engine: 'her'") + " }").image("app", engine.name());
        String log = trial.fails();
        assertTrue(log.contains("There is no engine 'her': an administrator names engines under Manage Jenkins, System (there are: here, nowhere)."), log);
    }
}
