package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Jenkinsfile may say, and what comes of it. */
class LanguageTest {

    @TempDir
    Path folder;

    @Test
    void parametersEnvironmentAndFunctionsMeet() throws Exception {
        Trial trial = Trial.run(folder, """
                #!/usr/bin/env groovy
                def greeting = 'hello'
                @NonCPS
                String greet(String who) { "${who}!" }
                pipeline {
                    agent any
                    parameters {
                        string(name: 'WHO', defaultValue: 'world', description: 'whom to greet')
                        booleanParam(name: 'LOUD', defaultValue: true)
                        choice(name: 'COLOUR', choices: ['red', 'green'])
                    }
                    environment {
                        A = "a-${params.WHO}"
                        B = "${A}/b" + '/c'
                        C = greet('env')
                    }
                    stages {
                        stage('S') {
                            environment { D = "${B}/d" }
                            steps {
                                echo "$greeting ${greet(params.WHO)} $params.LOUD $params.COLOUR"
                                echo "${env.D} $C ${WHO} ${env.NOPE} ${params.NOPE}"
                                sh 'test "$D" = a-you/b/c/d && test "$COLOUR" = green'
                            }
                        }
                    }
                }
                """, Map.of("WHO", "you", "COLOUR", "green"));
        assertEquals(0, trial.exitCode, trial.log);
        assertEquals(List.of("hello you! true green", "a-you/b/c/d env! you null null"), trial.echoes());
    }

    @Test
    void variablesOfASectionReferToEachOtherInAnyOrder() throws Exception {
        Trial trial = Trial.run(folder, """
                pipeline {
                    agent any
                    environment {
                        EARLY = "${LATE} ${env.LATE} ${NOBODY}"
                        LATE = 'late'
                        OF_FUNCTION = "${seen()}"
                        JOB_NAME = "my ${JOB_NAME}"
                    }
                    stages {
                        stage('S') { steps { echo "${EARLY}, ${OF_FUNCTION}, ${JOB_NAME}" } }
                    }
                }
                def seen() { "function sees ${env.LATE}" }
                """);
        assertEquals(List.of("late late null, function sees null, my work"), trial.echoes(), trial.log);
    }

    @Test
    void variablesInACircleAreOneSentence() throws Exception {
        Trial trial = Trial.run(folder, """
                pipeline {
                    agent any
                    environment {
                        ONE = "${TWO}"
                        TWO = "${ONE}"
                    }
                    stages { stage('S') { steps { echo 'never' } } }
                }
                """);
        assertTrue(trial.log.contains("Jenkinsfile:4: environment: ONE refers to itself by way of other variables."), trial.log);
    }

    @Test
    void variablesLiveOnBetweenStagesAndEnvCanBeSet() throws Exception {
        Trial trial = Trial.run(folder, """
                def kept
                pipeline {
                    agent any
                    stages {
                        stage('One') {
                            steps {
                                script {
                                    kept = sh(script: 'printf one', returnStdout: true)
                                    env.SET = "by-$kept"
                                    for (int i = 0; i < 2; i++) { echo "i$i" }
                                }
                            }
                        }
                        stage('Two') {
                            steps {
                                echo "$kept $SET ${env['SET']}"
                                withEnv(['SET=inner', 'PATH+X=/x']) { sh(script: 'echo "$SET ${PATH%%:*}" > seen') }
                                sh 'test "$(cat seen)" = "inner /x" && test "$SET" = by-one'
                            }
                        }
                    }
                }
                """);
        assertEquals(0, trial.exitCode, trial.log);
        assertEquals(List.of("i0", "i1", "one by-one by-one"), trial.echoes());
    }

    @Test
    void whenDecides() throws Exception {
        StringBuilder stages = new StringBuilder();
        Map<String, Boolean> conditions = Map.of(
                "expression { params.P == 'x' }", true,
                "expression { false }", false,
                "environment name: 'E', value: 'e'", true,
                "environment name: 'E', value: 'f'", false,
                "equals expected: 1, actual: currentBuild.number", true,
                "not { equals expected: 1, actual: 1 }", false,
                "allOf {\n expression { true }\n expression { false }\n }", false,
                "anyOf {\n expression { false }\n not { expression { false } }\n }", true,
                "branch 'main'", false,
                "expression { true }\n expression { true }", true);
        int number = 0;
        Map<String, String> expected = new java.util.TreeMap<>();
        for (Map.Entry<String, Boolean> condition : conditions.entrySet()) {
            String name = "S" + number++;
            stages.append("stage('" + name + "') {\nwhen {\n" + condition.getKey() + "\n}\nsteps { echo '" + name + "' }\n}\n");
            expected.put(name, condition.getValue() ? "SUCCESS" : "NOT_BUILT");
        }
        Trial trial = Trial.run(folder, "pipeline {\nagent any\nparameters { string(name: 'P', defaultValue: 'x') }\nenvironment { E = 'e' }\nstages {\n" + stages + "}\n}\n");
        assertEquals(expected, trial.stages());
        assertEquals(expected.entrySet().stream().filter(stage -> stage.getValue().equals("SUCCESS")).map(Map.Entry::getKey).toList(), trial.echoes().stream().sorted().toList());
        assertTrue(trial.log.contains("skipped due to when conditional"));
    }

    @Test
    void branchIsThatOfTheCheckout() throws Exception {
        Path workspace = Trial.workspace(folder);
        for (String command : List.of("git init -q -b feature/x", "git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x")) {
            assertEquals(0, new ProcessBuilder(command.split(" ")).directory(workspace.toFile()).inheritIO().start().waitFor());
        }
        Trial trial = Trial.run(folder, """
                pipeline {
                    agent any
                    stages {
                        stage('Feature') {
                            when { branch 'feature/*' }
                            steps { sh 'test "$(git rev-parse HEAD)" = "$GIT_COMMIT" && test $BRANCH_NAME = feature/x' }
                        }
                        stage('Main') {
                            when { branch pattern: 'main' }
                            steps { echo 'no' }
                        }
                    }
                }
                """);
        assertEquals(Map.of("Feature", "SUCCESS", "Main", "NOT_BUILT"), trial.stages(), trial.log);
    }

    @Test
    void buildsAreNumberedByJob() throws Exception {
        String file = Trial.pipeline("echo \"${env.BUILD_NUMBER} $BUILD_TAG $JOB_NAME ${currentBuild.number} ${currentBuild.currentResult} ${currentBuild.result}\"");
        assertEquals(List.of("1 jenkins-work-1 work 1 SUCCESS null"), Trial.run(folder, file).echoes());
        assertEquals(List.of("2 jenkins-work-2 work 2 SUCCESS null"), Trial.run(folder, file).echoes());
    }

    @Test
    void pluginStepsAreBoundRunAndReturnPlainValues() throws Exception {
        Trial trial = Trial.run(folder, """
                pipeline {
                    agent any
                    environment { TRY = "${tryStep('in environment').text}" }
                    stages {
                        stage('S') {
                            when { expression { tryStep('in when').deadline == 300 } }
                            steps {
                                dir('sub') { tryStep text: 'x', words: ['a', "b${1 + 1}"], parts: [tryPart('p'), tryPart(name: 'q', size: 2), [name: 'r']] }
                                script {
                                    def seen = tryStep(text: 'y', deadline: env.NOPE)
                                    seen.extra = seen.parts.size()
                                    echo "${seen.deadline} ${seen.variable} ${seen.extra} ${seen.getClass().simpleName}"
                                }
                            }
                        }
                    }
                }
                """);
        assertEquals(0, trial.exitCode, trial.log);
        var step = trial.steps("tryStep").get(2);
        assertEquals(Trial.workspace(folder).resolve("sub").toString(), step.path("result").path("folder").asText());
        assertEquals("[\"p=1\",\"q=2\",\"r=1\"]", step.path("result").path("parts").toString());
        assertEquals("[\"a\",\"b2\"]", step.path("arguments").path("words").toString());
        assertEquals("in environment", step.path("result").path("variable").asText());
        assertEquals(List.of("300 in environment 0 LinkedHashMap"), trial.echoes());
    }

    @Test
    void scriptedPipelinesRunToo() throws Exception {
        Trial trial = Trial.run(folder, """
                def built = [:]
                node {
                    stage('Build') { built.x = sh(script: 'echo hi', returnStdout: true).trim() }
                    stage('Both') {
                        parallel(
                            a: { stage('A') { echo "a ${built.x}" } },
                            b: { stage('B') { echo "b ${built.x}" } })
                    }
                    try {
                        stage('Bad') { error 'broken' }
                    } catch (e) {
                        echo "caught ${e.message}"
                        currentBuild.result = 'UNSTABLE'
                    }
                }
                """);
        assertEquals(2, trial.exitCode, trial.log);
        assertEquals(Map.of("Build", "SUCCESS", "Both", "SUCCESS", "A", "SUCCESS", "B", "SUCCESS", "Bad", "FAILURE"), trial.stages());
        assertEquals(List.of("a hi", "b hi", "caught broken"), trial.echoes().stream().sorted().toList());
    }

    @Test
    void optionsWithoutMeaningAreSaidOnce() throws Exception {
        Trial trial = Trial.run(folder, """
                pipeline {
                    agent any
                    options {
                        timeout(time: 1, unit: 'HOURS')
                        disableConcurrentBuilds()
                        buildDiscarder(logRotator(numToKeepStr: '5'))
                    }
                    stages { stage('S') { steps { echo 'x' } } }
                }
                """);
        assertEquals(0, trial.exitCode);
        assertTrue(trial.log.contains("Jenkinsfile:5: the option disableConcurrentBuilds means nothing here."), trial.log);
        assertTrue(trial.log.contains("Jenkinsfile:6: the option buildDiscarder means nothing here."), trial.log);
    }
}
