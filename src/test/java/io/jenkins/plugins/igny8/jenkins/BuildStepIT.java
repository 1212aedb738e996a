package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class BuildStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private String image(String name) {
        return engine.name() + "-" + name + ":latest";
    }

    @Test
    void theSandboxReadsWhatTheEngineHas() throws Exception {
        Trial trial = new Trial(jenkins, """
                node {
                  def built = igny8Build(images: [igny8Image(name: '%s', context: 'app')])
                  def one = built.images[0]
                  echo "said ${one.imageId} ${one.name} ${one.reference} ${one.digest} ${one.cached} ${built.seconds > 0}"
                }
                """.formatted(image("app")));
        trial.image("app", engine.name()).succeeds();
        String name = image("app");
        assertEquals(DockerEngine.imageId(name) + " " + name + " " + name + " null false true", trial.said("said "));
        trial.succeeds();
        assertEquals(DockerEngine.imageId(name) + " " + name + " " + name + " null true true", trial.said("said "));
    }

    @Test
    void declarativeBuildsSeveralAndLaterStepsKnowTheNames() throws Exception {
        Trial trial = new Trial(jenkins, Trial.declarative("""
                 stages {
                  stage('Build') {
                   steps {
                    igny8Build images: [igny8Image(name: '%1$s', context: 'one'), igny8Image(name: '%2$s', context: 'two', buildArgs: ['PAGE=other'])]
                    sh 'echo "shell $IGNY8_IMAGE_%3$s_ONE"'
                   }
                  }
                 }
                 post { success { echo "post ${env.IGNY8_IMAGE_%3$s_TWO}" } }
                """.formatted(image("one"), image("two"), variable())));
        trial.image("one", engine.name());
        trial.file("two/Dockerfile", "FROM scratch\nARG PAGE=page\nCOPY $PAGE /\n").file("two/other", engine.name());
        String log = trial.succeeds();
        assertEquals(image("one"), trial.said("shell "));
        assertEquals(image("two"), trial.said("post "));
        for (String each : new String[] {"one", "two"}) {
            assertTrue(log.contains("[" + engine.name() + "-" + each + "] built: " + DockerEngine.imageId(image(each))), log);
            assertTrue(log.lines().anyMatch(line -> line.startsWith("[" + engine.name() + "-" + each + "] #")), "the builder's own lines: " + log);
        }
    }

    private String variable() {
        return engine.name().toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    }

    @Test
    void aFailureIsOneSentenceWithThePlaceAndTheOthersAreBuilt() throws Exception {
        Trial trial = new Trial(jenkins, """
                node {
                  try {
                    igny8Build images: [igny8Image(name: '%s', context: 'bad'), igny8Image(name: '%s', context: 'good')]
                  } finally {
                    echo "failure ${env.IGNY8_FAILURE}"
                  }
                }
                """.formatted(image("bad"), image("good")));
        trial.image("good", engine.name()).file("bad/Dockerfile", "FROM scratch\nCOPY gone /\n");
        String log = trial.fails();
        assertTrue(log.contains("ERROR: The image " + image("bad") + " was not built (bad/Dockerfile, line 2): "), log);
        assertTrue(trial.said("failure ").startsWith("igny8Build: The image " + image("bad") + " was not built"), log);
        assertFalse(log.contains("\tat "), "no stack trace: " + log);
        assertTrue(DockerEngine.imageId(image("good")).startsWith("sha256:"));
    }

    @Test
    void insideDirPathsAreThoseOfThatFolder() throws Exception {
        Trial trial = new Trial(jenkins, """
                node { dir('app') {
                  igny8Build images: [igny8Image(name: '%s', context: 'backend')]
                  sh 'find "$WORKSPACE" "$WORKSPACE@tmp" | sort'
                } }
                """.formatted(image("app")));
        String log = trial.image("app/backend", engine.name()).succeeds();
        assertTrue(DockerEngine.imageId(image("app")).startsWith("sha256:"));
        // The folder of sh itself is there; of the step's own nothing may be left, and never inside what is sent to the builder.
        assertFalse(log.lines().anyMatch(line -> line.contains("@tmp/igny8-") || line.contains("/app/igny8-")), log);
        String missing = trial.script("""
                node { dir('app') { igny8Build images: [igny8Image(name: '%s', context: '../outside')] } }
                """.formatted(image("app"))).fails();
        assertTrue(missing.contains("'../outside' leaves the workspace"), missing);
    }

    @Test
    void aSecretFileReachesTheBuildAndNeitherLogNorImageNorWorkspace() throws Exception {
        SecretFile.add("build-secret", "canary-of-the-build\n");
        Trial trial = new Trial(jenkins, """
                node {
                  def built = igny8Build(images: [igny8Image(name: '%s', context: 'app', secrets: ['conf=build-secret'], labels: ['team=a b'])])
                  echo "id ${built.images[0].imageId}"
                  sh 'find "$WORKSPACE" "$WORKSPACE@tmp" -type f'
                }
                """.formatted(image("app")));
        trial.file("app/Dockerfile", "FROM " + DockerEngine.BASE + "\nARG RUN=" + engine.name()
                + "\nRUN --mount=type=secret,id=conf cat /run/secrets/conf && wc -c < /run/secrets/conf > /length\n");
        String log = trial.succeeds();
        assertFalse(log.contains("canary-of-the-build"), log);
        assertTrue(log.lines().anyMatch(line -> line.endsWith(" ****")), "the build printed it: " + log);
        assertFalse(log.lines().anyMatch(line -> line.contains("/secret-")), log);
        assertEquals("20", DockerEngine.docker("run", "--rm", trial.said("id "), "cat", "/length"));
        assertEquals("a b", DockerEngine.docker("image", "inspect", "--format", "{{index .Config.Labels \"team\"}}", image("app")));
    }
}
