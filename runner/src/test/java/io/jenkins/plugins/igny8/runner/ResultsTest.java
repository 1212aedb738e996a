package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of stages and builds, and what runs in spite of a failure, as in Jenkins. */
class ResultsTest {

    @TempDir
    Path folder;

    private static final String POST = """
            post {
                always { echo 'always' }
                success { echo 'success' }
                failure { echo 'failure' }
                unstable { echo 'unstable' }
                aborted { echo 'aborted' }
                unsuccessful { echo 'unsuccessful' }
                cleanup { echo 'cleanup' }
            }
            """;

    private Trial stages(String stages, String post) throws Exception {
        return Trial.run(folder, "pipeline {\nagent any\nstages {\n" + stages + "\n}\n" + post + "}\n");
    }

    @Test
    void success() throws Exception {
        Trial trial = stages("stage('S') { steps { sh 'true' } }", POST);
        assertEquals(0, trial.exitCode);
        assertEquals("SUCCESS", trial.outcome());
        assertEquals(List.of("always", "success", "cleanup"), trial.echoes());
        assertEquals(Map.of("S", "SUCCESS", "Declarative: Post Actions", "SUCCESS"), trial.stages());
    }

    @Test
    void aFailureSkipsWhatFollows() throws Exception {
        Trial trial = stages("""
                stage('Bad') { steps { sh 'exit 3' } }
                stage('Later') { stages { stage('Inner') { steps { echo 'no' } } } }
                """, POST);
        assertEquals(1, trial.exitCode);
        assertEquals("FAILURE", trial.outcome());
        assertEquals(List.of("always", "unsuccessful", "failure", "cleanup"), trial.echoes());
        assertEquals("NOT_BUILT", trial.stages().get("Later"));
        assertEquals("NOT_BUILT", trial.stages().get("Inner"));
        assertTrue(trial.log.contains("Later skipped due to earlier failure(s)"), trial.log);
        assertTrue(trial.json.path("error").asText().endsWith("Jenkinsfile:4: sh: script returned exit code 3"), trial.log);
        assertFalse(trial.log.contains("\tat "), "a stack trace");
    }

    @Test
    void unstableGoesOn() throws Exception {
        Trial trial = stages("""
                stage('Outer') { stages { stage('Shaky') { steps { unstable 'hm' } } } }
                stage('Later') { steps { echo "later ${currentBuild.currentResult}" } }
                """, POST);
        assertEquals(2, trial.exitCode);
        assertEquals(List.of("later UNSTABLE", "always", "unsuccessful", "unstable", "cleanup"), trial.echoes());
        assertEquals("UNSTABLE", trial.stages().get("Shaky"));
        assertEquals("UNSTABLE", trial.stages().get("Outer"));
        assertEquals("SUCCESS", trial.stages().get("Later"));
    }

    @Test
    void aStagesPostSeesItsOwnFailure() throws Exception {
        Trial trial = stages("stage('S') {\nsteps { error 'x' }\n" + POST + "}", "");
        assertEquals(List.of("always", "unsuccessful", "failure", "cleanup"), trial.echoes());
    }

    @Test
    void anErrorInPostFailsTheStageButNotTheRestOfPost() throws Exception {
        Trial trial = stages("""
                stage('S') {
                    steps { echo 'fine' }
                    post {
                        always { error 'in post' }
                        cleanup { echo 'cleanup' }
                    }
                }
                """, "");
        assertEquals(1, trial.exitCode);
        assertEquals(List.of("fine", "cleanup"), trial.echoes());
        assertEquals("FAILURE", trial.stages().get("S"));
        assertTrue(trial.log.contains("Error when executing always post condition"), trial.log);
    }

    @Test
    void catchErrorMarksAndGoesOn() throws Exception {
        Trial trial = stages("""
                stage('Caught') {
                    steps {
                        catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE', message: 'not so bad') { sh 'exit 1' }
                        echo 'behind'
                    }
                }
                stage('Own') {
                    steps { catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { error 'x' } }
                    post {
                        failure { echo 'post failure' }
                        unstable { echo 'post unstable' }
                    }
                }
                stage('Warned') { steps { warnError('careful') { error 'x' } } }
                """, "");
        assertEquals(2, trial.exitCode);
        assertEquals(Map.of("Caught", "FAILURE", "Own", "FAILURE", "Warned", "UNSTABLE"), trial.stages());
        assertEquals(List.of("behind", "post failure"), trial.echoes());
        assertTrue(trial.log.contains("not so bad: "), trial.log);
    }

    @Test
    void whatAStageIsOnlyMarkedAsDoesNotMakePostRun() throws Exception {
        Trial trial = stages("""
                stage('S') {
                    steps { catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { error 'x' } }
                    post { failure { echo 'failure' } }
                }
                """, "");
        assertEquals(Map.of("S", "FAILURE"), trial.stages());
        assertEquals(List.of(), trial.echoes());
        assertEquals(0, trial.exitCode);
    }

    @Test
    void postSeesWhatTheBuildHasComeToAndLeavesItOpen() throws Exception {
        Trial trial = stages("""
                stage('S') {
                    steps { echo "${currentBuild.result}" }
                    post { always { echo "${currentBuild.result}" } }
                }
                stage('T') {
                    steps { echo "${currentBuild.result}" }
                    post { always { unstable 'x' }
                           unstable { echo "${currentBuild.result}" } }
                }
                """, "");
        assertEquals(List.of("null", "SUCCESS", "null", "UNSTABLE"), trial.echoes());
    }

    @Test
    void whatWasAbortedIsCaughtAsAborted() throws Exception {
        Trial trial = stages("""
                stage('S') { steps { catchError(buildResult: 'UNSTABLE', catchInterruptions: false) { timeout(time: 1, unit: 'SECONDS') { sh 'sleep 63' } } } }
                """, "");
        assertEquals(Map.of("S", "ABORTED"), trial.stages());
        assertEquals("ABORTED", trial.outcome());
    }

    @Test
    void anEnvironmentThatCannotBeMadeLeavesOutThePostOfItsStage() throws Exception {
        Trial trial = stages("""
                stage('S') {
                    environment { X = credentials('no-such-id') }
                    steps { echo 'never' }
                    post { always { echo 'post of stage' } }
                }
                """, "post { always { echo 'post' } }");
        assertEquals(List.of("post"), trial.echoes());
        assertEquals(Map.of("S", "FAILURE", "Declarative: Post Actions", "SUCCESS"), trial.stages());
    }

    @Test
    void parallelStagesAllRunAndOneFailureFailsTheirParent() throws Exception {
        Trial trial = stages("""
                stage('Par') {
                    parallel {
                        stage('Good') { steps { sh 'sleep 0.5; echo done > good' } }
                        stage('Bad') { steps { error 'x' } }
                    }
                    post { failure { echo 'par failed' } }
                }
                stage('Later') { steps { echo 'no' } }
                """, "");
        assertEquals(Map.of("Par", "FAILURE", "Good", "SUCCESS", "Bad", "FAILURE", "Later", "NOT_BUILT"), trial.stages(), trial.log);
        assertEquals(List.of("par failed"), trial.echoes());
        assertEquals("Par", trial.json.path("stages").get(1).path("parent").asText());
        assertTrue(trial.log.contains("[Good] + sleep 0.5"), trial.log);
    }

    @Test
    void failFastAbortsTheOthers() throws Exception {
        long start = System.nanoTime();
        Trial trial = stages("""
                stage('Par') {
                    failFast true
                    parallel {
                        stage('Slow') { steps { sh 'sleep 64' } }
                        stage('Bad') { steps { sh 'sleep 0.3; exit 1' } }
                    }
                }
                """, "");
        assertEquals(Map.of("Par", "FAILURE", "Slow", "ABORTED", "Bad", "FAILURE"), trial.stages(), trial.log);
        assertEquals(1, trial.exitCode);
        assertTrue(System.nanoTime() - start < 30e9);
    }

    @Test
    void aTimeoutAborts() throws Exception {
        Trial trial = stages("stage('S') {\nsteps { timeout(time: 1, unit: 'SECONDS') { sh 'sleep 65' } }\n" + POST + "}", POST);
        assertEquals(1, trial.exitCode);
        assertEquals("ABORTED", trial.outcome());
        List<String> after = List.of("always", "aborted", "unsuccessful", "cleanup");
        assertEquals(java.util.stream.Stream.concat(after.stream(), after.stream()).toList(), trial.echoes());
        assertTrue(trial.log.contains("the time limit of 1 s has passed"), trial.log);
    }

    @Test
    void aTimeoutOfThePipelineLetsPostRun() throws Exception {
        Trial trial = Trial.run(folder, """
                pipeline {
                    agent any
                    options { timeout(time: 1, unit: 'SECONDS') }
                    stages {
                        stage('S') { steps { sh 'sleep 66' } }
                        stage('Later') { steps { echo 'no' } }
                    }
                    post { aborted { sh 'echo ran > post-ran' } }
                }
                """);
        assertEquals("ABORTED", trial.outcome(), trial.log);
        assertEquals("NOT_BUILT", trial.stages().get("Later"));
        assertTrue(java.nio.file.Files.exists(Trial.workspace(folder).resolve("post-ran")));
    }

    @Test
    void aTimeoutThatIsCaughtIsOver() throws Exception {
        Trial trial = Trial.run(folder, Trial.pipeline("""
                script {
                    try { timeout(time: 1, unit: 'SECONDS') { sh 'sleep 67' } } catch (e) { echo "caught" }
                    sh 'sleep 0.2'
                    echo 'went on'
                }"""));
        assertEquals(List.of("caught", "went on"), trial.echoes());
        assertEquals(0, trial.exitCode, trial.log);
    }

    @Test
    void withoutAgentThereIsNoWorkspace() throws Exception {
        Trial trial = Trial.run(folder, """
                pipeline {
                    agent none
                    stages {
                        stage('Own') {
                            agent any
                            steps { sh 'true' }
                        }
                        stage('None') { steps { sh 'true' } }
                    }
                }
                """);
        assertEquals(Map.of("Own", "SUCCESS", "None", "FAILURE"), trial.stages());
        assertTrue(trial.log.contains("Jenkinsfile:8: error: Attempted to execute a step that requires a node context"), trial.log);
    }

    @Test
    void errorsOfScriptsAreOneLineWithTheirPlace() throws Exception {
        Trial trial = Trial.run(folder, Trial.pipeline("script {\n def x = null\n x.foo()\n}"));
        assertTrue(trial.log.contains("Jenkinsfile:8: NullPointerException: Cannot invoke method foo() on null object"), trial.log);
        trial = Trial.run(folder, Trial.pipeline("script {\n echo nope\n}"));
        assertTrue(trial.log.contains("Jenkinsfile:7: No such property: nope"), trial.log);
        trial = Trial.run(folder, Trial.pipeline("tryStep text: 'x', failure: 'The engine is away: start it.'"));
        assertTrue(trial.log.contains("Jenkinsfile:6: tryStep: The engine is away: start it."), trial.log);
        assertFalse(trial.log.contains("\tat "), trial.log);
    }
}
