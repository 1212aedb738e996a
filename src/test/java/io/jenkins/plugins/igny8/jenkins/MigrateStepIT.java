package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Migrations of a stand-in for Django: shell scripts, applied to a "database" in a named volume. */
@NeedsDocker
@WithJenkins
class MigrateStepIT {

    private static final String COMPOSE = """
            services:
              backend:
                image: %1$s-backend
                environment: {PASSWORD: '${APP_PASSWORD:?it is in the env file}'}
                volumes: ['data:/data']
            volumes: {data: {}}
            """;

    private static final String PLAN = """
            if grep -qx 0001_initial /data/applied 2>/dev/null; then echo "[X]  app.0001_initial"; else echo "[ ]  app.0001_initial"; fi
            """;

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SecretFile.add("env", "APP_PASSWORD=of-the-file-$&'\n");
    }

    private Trial trial(String script, String migration) throws Exception {
        return new Trial(jenkins, script)
                .file("compose.yml", COMPOSE.formatted(engine.name()))
                .file("app/Dockerfile", "FROM " + DockerEngine.BASE + "\nCOPY . /app\n")
                .file("app/plan", PLAN + "# " + engine.name() + "\n")
                .file("app/migrate", migration);
    }

    private String migrate(String images) {
        return "igny8Migrate(project: '" + engine.name() + "', files: ['compose.yml'], envFileCredentialsId: 'env',"
                + " pendingCommand: 'sh /app/plan', applyCommand: 'sh /app/migrate'" + images + ")";
    }

    private String build() {
        return "igny8Build(images: [igny8Image(name: '" + engine.name() + "-backend', context: 'app')])\n";
    }

    private String data(String file) {
        return DockerEngine.docker("run --rm -v " + engine.name() + "_data:/data " + DockerEngine.BASE + " cat /data/" + file);
    }

    @Test
    void appliesOnceAndTheSandboxReadsWhatWasDone() throws Exception {
        String echo = "echo \"done ${done.pending} ${done.applied} ${done.ran} ${done.exitCode} ${done.imageId}\"\n";
        Trial trial = trial("node {\n" + build() + "def done = " + migrate("") + "\n" + echo + "done = " + migrate("") + "\n"
                        + echo.replace("\"done", "\"again") + "sh 'ls -R \"$WORKSPACE@tmp\"' }\n",
                "printf %s \"$PASSWORD\" > /data/password; echo row >> /data/rows; echo 0001_initial >> /data/applied\n");
        String log = trial.succeeds();
        String image = DockerEngine.imageId(engine.name() + "-backend");
        assertEquals("[app.0001_initial] [app.0001_initial] true 0 " + image, trial.said("done "));
        assertEquals("[] [] false null " + image, trial.said("again "));
        assertEquals("row", data("rows"));
        assertEquals("of-the-file-$&'", data("password"));
        assertFalse(log.contains("secret.env") || log.contains("of-the-file"), log);
        assertEquals("", engine.containers());
    }

    @Test
    void declarativePassesTheBuildsImagesAndAFailureIsTold() throws Exception {
        Trial trial = trial(Trial.declarative("""
                 stages { stage('Migrate') { steps { script {
                   def built = %s
                   %s
                 } } } }
                 post { failure { echo "failure ${env.IGNY8_FAILURE}" } }
                """.formatted(build(), migrate(", images: built.images"))), "echo \"the password is $PASSWORD\"; echo no such column >&2; exit 3\n");
        String log = trial.fails();
        assertTrue(log.contains("ERROR: The migration app.0001_initial failed with exit code 3: no such column"), log);
        assertTrue(trial.said("failure ").startsWith("igny8Migrate: The migration app.0001_initial failed"), log);
        assertTrue(log.contains("the password is ****") && !log.contains("of-the-file"), log);
    }

    @Test
    void anAbortDoesNotCutAMigrationAndTheNextBuildFindsIt() throws Exception {
        Trial trial = trial("node {\n" + build() + migrate("") + "\n}\n",
                "echo begun; echo row >> /data/rows; sleep 15; echo 0001_initial >> /data/applied\n");
        trial.start().says("[migrate] begun");
        trial.build().getExecutor().interrupt();
        assertTrue(trial.over(Result.ABORTED).contains("a migration that has begun is not cut"), trial.log());
        assertEquals(engine.name() + "-migrate running", engine.containers());
        assertTrue(trial.succeeds().contains("applies the same already: waiting for it"), trial.log());
        assertEquals("row", data("rows"));
    }
}
