package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class CheckComposeStepIT {

    private static final String FILE = """
            services:
              web:
                image: debian
                privileged: true
                depends_on: {db: {condition: service_healthy}}
              db:
                image: postgres:16
                environment: {POSTGRES_PASSWORD: hidden-word}
            """;

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private static String written(String file) {
        return "writeFile file: 'compose.yml', text: '''" + file + "'''\n";
    }

    @Test
    void theSandboxReadsWhatWasFound() throws Exception {
        Trial trial = new Trial(jenkins, "node {\n" + written(FILE) + """
                  def checked = igny8CheckCompose(files: ['compose.yml'], failOn: 'never', sarif: 'out/compose.sarif')
                  def worst = checked.findings.find { it.severity == 'error' }
                  echo "checked ${worst.rule} ${worst.file}:${worst.line}:${worst.column} ${checked.errors} ${checked.warnings} ${checked.services} ${checked.checkedBy} ${checked.accepted}"
                  echo "sarif ${readFile('out/compose.sarif').contains('\\"ruleId\\" : \\"health-missing\\"')}"
                }
                """);
        String log = trial.succeeds();
        assertEquals("health-missing compose.yml:5:23 1 2 [db, web] docker compose true", trial.said("checked "));
        assertEquals("true", trial.said("sarif "));
        assertFalse(log.contains("POSTGRES_PASSWORD: hidden-word"), log);
    }

    @Test
    void declarativeFailsOnAnErrorWithFileAndLine() throws Exception {
        String log = new Trial(jenkins, Trial.declarative(" stages { stage('Check') { steps {\n" + written(FILE) + """
                  igny8CheckCompose files: ['compose.yml'], rules: ['privileged=off']
                 } } }
                """)).fails();
        assertTrue(log.contains("ERROR: The compose files (compose.yml) are not as they should be:\ncompose.yml:5:23: error: The service web waits until db is healthy"), log);
        assertFalse(log.contains("is privileged"), log);
    }

    @Test
    void aRuleThatDoesNotExistIsOneSentence() throws Exception {
        String log = new Trial(jenkins, "node {\n" + written(FILE) + "igny8CheckCompose files: ['compose.yml'], rules: ['priviledged=off'] }")
                .fails();
        assertTrue(log.contains("'rules' names 'priviledged', which is no rule: did you mean 'privileged'?"), log);
    }
}
