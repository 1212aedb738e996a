package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class RenderStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SecretFile.add("env", "APP_PASSWORD='of the file'\n");
    }

    private Trial trial(String folder, String script) throws Exception {
        return new Trial(jenkins, script)
                .file(folder + "app/Dockerfile", "FROM " + DockerEngine.BASE + "\nWORKDIR /app\nCOPY page src/\nCMD [\"sleep\", \"600\"]\n")
                .file(folder + "app/page", engine.name())
                .file(folder + "compose.yml", """
                        services:
                          web:
                            image: %s-app
                            build: app
                            init: true
                            environment: {PASSWORD: '${APP_PASSWORD:-}'}
                            env_file: ${IGNY8_ENV_FILE:-none.env}
                            volumes: ['/data/app/none:/app/src', './app:/app', 'data:/data']
                        volumes: {data: {}}
                        """.formatted(engine.name()))
                .file(folder + "none.env", "");
    }

    private String build() {
        return "igny8Build(images: [igny8Image(name: '" + engine.name() + "-app:latest', context: 'app')])\n";
    }

    @Test
    void theResultIsReadInTheSandboxAndTheFileIsArchivedAndRuns() throws Exception {
        Trial trial = trial("", "node {\ndef built = " + build() + "def rendered = igny8Render(project: '" + engine.name() + "', files: ['compose.yml'])\n" + """
                  echo "wrote ${rendered.file} ${rendered.sha256} ${rendered.pinned.web} ${rendered.unpinned} ${rendered.removedBuilds} ${rendered.seconds >= 0}"
                  for (mount in rendered.removedMounts) { echo "without ${mount.service} ${mount.source} ${mount.target} ${mount.inImage == true}" }
                  echo "mounts ${rendered.removedMounts.size()}"
                  sh "sha256sum ${rendered.file}"
                  archiveArtifacts rendered.file
                """ + "igny8ComposeUp(project: '" + engine.name() + "', files: [rendered.file])\n}\n");
        String log = trial.succeeds();
        String id = DockerEngine.imageId(engine.name() + "-app:latest");
        String pin = engine.name() + "-app:igny8-" + id.substring(7, 19);
        String file = trial.workspace().child("docker-compose.rendered.yml").readToString();
        String sum = log.lines().filter(line -> line.endsWith("  docker-compose.rendered.yml")).findFirst().orElseThrow().split(" ")[0];
        assertEquals("docker-compose.rendered.yml " + sum + " " + pin + " [] [web] true", trial.said("wrote "));
        assertTrue(log.contains("without web /data/app/none /app/src true"), log);
        assertTrue(log.contains("without web " + trial.workspace().getRemote() + "/app /app true"), log);
        assertEquals("2", trial.said("mounts "));
        assertTrue(file.contains("    image: " + pin + "\n") && file.contains("PASSWORD: ${APP_PASSWORD:-}"), file);
        assertEquals(file, Files.readString(trial.build().getArtifactsDir().toPath().resolve("docker-compose.rendered.yml")));
        assertEquals(id + " /data", DockerEngine.inspect(engine.name() + "-web-1", "{{.Image}} {{range .Mounts}}{{.Destination}} {{end}}"));
    }

    @Test
    void declarativeInDirWithASecretFileThatIsNotInTheFile() throws Exception {
        Trial trial = trial("inner/", Trial.declarative("""
                 stages { stage('Render') { steps { dir('inner') {
                  %s
                  igny8Render project: '%s', files: ['compose.yml'], envFileCredentialsId: 'env', output: 'compose.release.yml'
                 } } } }
                """.formatted(build(), engine.name())));
        String log = trial.succeeds();
        String file = trial.workspace().child("inner/compose.release.yml").readToString();
        assertTrue(file.contains("path: ${IGNY8_ENV_FILE:-none.env}"), file);
        assertFalse((log + file).contains("of the file") || (log + file).contains("secret.env"), log + file);
    }

    @Test
    void aMistakeIsOneSentence() throws Exception {
        String log = trial("", "node { igny8Render project: '" + engine.name() + "', files: ['compose.yml'], output: 'none.env' }").fails();
        assertTrue(log.contains("that igny8Render did not make: give another name in 'output', or remove it."), log);
        assertFalse(log.contains("\tat "), log);
    }
}
