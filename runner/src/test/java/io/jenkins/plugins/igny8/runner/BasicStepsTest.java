package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps that the runner brings along. */
class BasicStepsTest {

    @TempDir
    Path folder;

    private Trial steps(String steps) throws Exception {
        return Trial.run(folder, Trial.pipeline(steps));
    }

    @Test
    void shReturnsWhatIsAskedFor() throws Exception {
        Trial trial = steps("""
                script {
                    echo "[${sh(script: "printf 'a\\n\\nb'", returnStdout: true)}]"
                    echo "${sh(script: 'exit 7', returnStatus: true, label: 'ends with seven')}"
                    echo "${sh('true')}"
                    echo sh(script: '#!/usr/bin/env bash\\nset -o pipefail; echo "$BASH_VERSION" | grep -c .', returnStdout: true).trim()
                }""");
        assertEquals(List.of("[a\n\nb]", "7", "null", "1"), trial.echoes(), trial.log);
        assertTrue(trial.log.contains("ends with seven"));
    }

    @Test
    void shStopsAtTheFirstFailureAndShowsBothOutputs() throws Exception {
        Trial trial = steps("sh '''\necho out\necho err >&2\nfalse\necho behind\n'''");
        assertEquals(1, trial.exitCode);
        assertTrue(trial.log.contains("\nout\n") && trial.log.contains("\nerr\n") && trial.log.contains("+ false"), trial.log);
        assertFalse(trial.log.contains("\nbehind"), trial.log);
    }

    @Test
    void userTextReachesTheShellOnlyThroughTheScript() throws Exception {
        Trial trial = steps("""
                withEnv(['HOSTILE=a b $HOME `id` " \\' ;']) { sh 'printf %s "$HOSTILE" > seen' }""");
        assertEquals("a b $HOME `id` \" ' ;", Files.readString(Trial.workspace(folder).resolve("seen")), trial.log);
    }

    @Test
    void junitCountsAndMarksUnstable() throws Exception {
        Path results = Files.createDirectories(Trial.workspace(folder).resolve("r/deep"));
        Files.writeString(results.resolve("a.xml"), """
                <testsuites tests="99"><testsuite>
                <testcase classname="c" name="good"/>
                <testcase classname="c" name="bad"><failure message="x">trace</failure></testcase>
                <testcase classname="c" name="worse"><error/></testcase>
                <testcase classname="c" name="off"><skipped/></testcase>
                </testsuite></testsuites>
                """);
        Trial trial = steps("junit 'r/**/*.xml'\nscript { echo \"${junit('r/**/*.xml').failCount}\" }");
        assertEquals(2, trial.exitCode, trial.log);
        assertEquals(
                "{\"totalCount\":4,\"failCount\":2,\"skipCount\":1,\"passCount\":1}",
                trial.steps("junit").get(0).path("result").toString());
        assertEquals("UNSTABLE", trial.stages().get("S"));
        assertEquals(List.of("2"), trial.echoes());
        assertTrue(trial.log.contains("failed: c.bad"), trial.log);
    }

    @Test
    void junitWithoutResultsFailsUnlessAllowed() throws Exception {
        assertTrue(steps("junit '*.xml'").log.contains("No test report files were found. Configuration error?"));
        assertEquals(0, steps("junit testResults: '*.xml', allowEmptyResults: true").exitCode);
    }

    @Test
    void resultsOfAnEarlierBuildDoNotCount() throws Exception {
        Path old = Files.writeString(Trial.workspace(folder).resolve("old.xml"), "<testsuite><testcase name='x'/></testsuite>");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(60)));
        assertTrue(steps("junit '*.xml'").log.contains("are older than this build"));
    }

    @Test
    void aReportThatReadsOtherFilesIsRefused() throws Exception {
        Files.writeString(
                Trial.workspace(folder).resolve("x.xml"),
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><testsuite><testcase name='&e;'/></testsuite>");
        Trial trial = steps("junit 'x.xml'");
        assertEquals(1, trial.exitCode);
        assertTrue(trial.log.contains("is no readable XML"), trial.log);
    }

    @Test
    void archiveArtifactsCopiesIntoTheBuildsFolder() throws Exception {
        Trial trial = steps("""
                sh 'mkdir -p out/deep && echo 1 > out/a.log && echo 2 > out/deep/b.log && echo 3 > out/c.txt'
                archiveArtifacts artifacts: 'out/**/*.log, nothing/*', excludes: '**/b.log'""");
        Path archive = Trial.state(folder).resolve("jobs/work/1/archive/out");
        assertTrue(Files.exists(archive.resolve("a.log")), trial.log);
        assertFalse(Files.exists(archive.resolve("deep/b.log")) || Files.exists(archive.resolve("c.txt")));
        assertTrue(steps("archiveArtifacts 'nothing/*'").log.contains("No artifacts found that match the file pattern \"nothing/*\""));
        assertEquals(0, steps("archiveArtifacts artifacts: 'nothing/*', allowEmptyArchive: true").exitCode);
    }

    @Test
    void credentialsComeFromTheFileAndNeverOut() throws Exception {
        Path secretFile = Files.writeString(folder.resolve("app.env"), "A=b");
        Trial.credentials(folder, """
                {"reg": {"username": "ci", "password": "pa$$ w0rd"}, "tok": {"text": "t0ken-text"}, "env": {"file": "%s"}}
                """.formatted(secretFile));
        Trial trial = Trial.run(folder, """
                pipeline {
                    agent any
                    environment {
                        REG = credentials('reg')
                        TOK = credentials('tok')
                    }
                    stages {
                        stage('S') {
                            steps {
                                sh 'test "$REG" = \\'ci:pa$$ w0rd\\' && test "$REG_USR" = ci && echo "token $TOK"'
                                withCredentials([
                                    usernamePassword(credentialsId: 'reg', usernameVariable: 'U', passwordVariable: 'P'),
                                    string(credentialsId: 'tok', variable: 'T'),
                                    file(credentialsId: 'env', variable: 'F')]) {
                                    sh 'test "$U" = ci && echo "$P" > password && test "$T" = t0ken-text && cat "$F"'
                                    echo "${env.T} and $P"
                                }
                                sh 'test -z "$P"'
                            }
                        }
                    }
                    post { always { error "leaks ${TOK}" } }
                }
                """);
        assertEquals("pa$$ w0rd\n", Files.readString(Trial.workspace(folder).resolve("password")), trial.log);
        assertEquals("SUCCESS", trial.stages().get("S"), trial.log);
        for (String text : List.of(trial.log, Files.readString(folder.resolve("report.json")))) {
            assertFalse(text.contains("t0ken-text") || text.contains("pa$$ w0rd"), text);
        }
        assertTrue(trial.log.contains("token ****") && trial.log.contains("**** and ****") && trial.log.contains("leaks ****"), trial.log);
    }

    @Test
    void unknownCredentialsAreNamed() throws Exception {
        Trial trial = steps("withCredentials([string(credentialsId: 'nope', variable: 'T')]) { echo 'x' }");
        assertTrue(trial.log.contains("Jenkinsfile:6: withCredentials: There are no credentials with the ID 'nope'"), trial.log);
        trial = Trial.run(folder, "pipeline {\nagent any\nenvironment {\nX = credentials('nope')\n}\nstages { stage('S') { steps { echo 'x' } } }\n}");
        assertTrue(trial.log.contains("Jenkinsfile:4: credentials: There are no credentials with the ID 'nope'"), trial.log);
        assertEquals(1, trial.exitCode);
    }
}
