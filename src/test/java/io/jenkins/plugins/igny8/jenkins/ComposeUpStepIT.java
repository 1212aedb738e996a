package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class ComposeUpStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SecretFile.add("env", "APP_PASSWORD='of the file'\n");
    }

    private Trial trial(String script) throws Exception {
        return new Trial(jenkins, script)
                .file("app/Dockerfile", "FROM " + DockerEngine.BASE + "\nCOPY page /\nCMD [\"sleep\", \"600\"]\n")
                .file("app/page", engine.name())
                .file("compose.yml", "services:\n  web: {image: '" + engine.name() + "-app', init: true}\n");
    }

    private String build() {
        return "igny8Build(images: [igny8Image(name: '" + engine.name() + "-app:latest', context: 'app')])\n";
    }

    private String up(String more) {
        return "igny8ComposeUp(project: '" + engine.name() + "', files: ['compose.yml']" + more + ")\n";
    }

    private String web() {
        return engine.name() + "-web-1";
    }

    @Test
    void runsWhatTheBuildMadeThoughTheTagHasMovedOn() throws Exception {
        Trial trial = trial("node {\ndef built = " + build() + "sh 'docker tag " + DockerEngine.BASE + " " + engine.name() + "-app:latest'\ndef deployed = " + up("") + """
                  def web = deployed.containers[0]
                  echo "runs ${web.service} ${web.name} ${web.id} ${web.imageId} ${web.state} ${web.health}"
                  echo "built ${built.images[0].imageId}"
                }
                """);
        trial.succeeds();
        String runs = DockerEngine.inspect(web(), "{{.Id}} {{.Image}} {{.State.Status}}");
        assertEquals("web " + web() + " " + runs + " none", trial.said("runs "));
        assertEquals(trial.said("built "), DockerEngine.inspect(web(), "{{.Image}}"));
        assertNotEquals(trial.said("built "), DockerEngine.imageId(engine.name() + "-app:latest"));
    }

    @Test
    void declarativePassesImagesWithTheSecretFileInsideDir() throws Exception {
        Trial trial = trial(Trial.declarative("""
                 stages { stage('Up') { steps { dir('inner') {
                  script {
                   def built = %s
                   %s
                  }
                  sh 'find "$WORKSPACE" "$WORKSPACE@tmp"'
                 } } } }
                """.formatted(build(), up(", images: built.images, envFileCredentialsId: 'env', environment: ['MARK=of the step']"))));
        trial.file("inner/app/Dockerfile", "FROM " + DockerEngine.BASE + "\nCMD [\"sleep\", \"600\"]\n");
        trial.file("inner/compose.yml", """
                services:
                  web:
                    image: %s-app
                    init: true
                    environment: {PASSWORD: '${APP_PASSWORD}', MARK: '${MARK}'}
                    env_file: ${IGNY8_ENV_FILE:-.env}
                """.formatted(engine.name()));
        String log = trial.succeeds();
        String environment = DockerEngine.inspect(web(), "{{range .Config.Env}}{{println .}}{{end}}");
        assertTrue(environment.contains("PASSWORD=of the file\n") && environment.contains("APP_PASSWORD=of the file\n"), environment);
        assertTrue(environment.contains("MARK=of the step"), environment);
        assertFalse(log.contains("secret.env") || log.contains("@tmp/igny8-") || log.contains("of the file"), log);
    }

    @Test
    void anAbortEndsComposeAndSaysWhatIsLeft() throws Exception {
        Trial trial = trial("node {\n" + up("") + "}\n").file("compose.yml", """
                services:
                  web:
                    image: %1$s
                    init: true
                    command: [sleep, '600']
                    healthcheck: {test: [CMD, 'false'], interval: 60s, start_period: 600s}
                  front:
                    image: %1$s
                    command: ['true']
                    depends_on: {web: {condition: service_healthy}}
                """.formatted(DockerEngine.BASE));
        trial.start().says(web() + "  Started");
        assertFalse(Processes.running("-p " + engine.name()).isEmpty(), "compose waits for web");
        trial.build().getExecutor().interrupt();
        String log = trial.over(Result.ABORTED);
        assertEquals(Set.of(), Processes.running("-p " + engine.name()));
        assertTrue(log.contains("warning: interrupted while Compose changed " + engine.name() + "; what is left:"), log);
        assertTrue(log.contains("[web] " + web() + " is running, runs " + DockerEngine.BASE), log);
        assertTrue(log.contains("[front] " + engine.name() + "-front-1 is created"), log);
        assertEquals("created", DockerEngine.inspect(engine.name() + "-front-1", "{{.State.Status}}"));
    }

    @Test
    void aFailureNamesTheContainerAndItsLogIsCollected() throws Exception {
        Trial trial = trial("node {\n" + up(", deadline: 4") + "}\n").file("compose.yml", """
                services:
                  web:
                    image: %1$s
                    command: [sh, -c, 'echo no database; exit 4']
                  front:
                    image: %1$s
                    command: ['true']
                    depends_on: {web: {condition: service_completed_successfully}}
                """.formatted(DockerEngine.BASE));
        String log = trial.fails();
        assertTrue(log.contains("ERROR: The project " + engine.name() + " is not up: web (container " + web() + ")"), log);
        assertTrue(trial.workspace().child("igny8-logs/" + web() + ".log").readToString().contains("no database"), log);
        assertFalse(log.contains("\tat "), log);
    }
}
