package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is said with its line and the nearest name, before anything runs. */
class RefusalTest {

    @TempDir
    Path folder;

    /** Steps, which start in line 6, and what is said about them. */
    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of("ecko 'x'", "Jenkinsfile:6: there is no step 'ecko': did you mean 'echo'?"),
                Arguments.of("echo 'x'\nigny8Buld()", "Jenkinsfile:7: there is no step 'igny8Buld': did you mean 'igny8Build'?"),
                Arguments.of("igny8Build buldArgs: ['a=b']", "Jenkinsfile:6: igny8Build has no parameter 'buldArgs': did you mean 'buildArgs'?"),
                Arguments.of("igny8WaitHealthy deadline: 'soon'", "Jenkinsfile:6: igny8WaitHealthy: 'deadline' wants a number, but was given the text 'soon'."),
                Arguments.of("igny8Build buildArgs: 'a=b'", "Jenkinsfile:6: igny8Build: 'buildArgs' wants a list, but was given the text 'a=b'."),
                Arguments.of("igny8CheckInfra network: 5", "Jenkinsfile:6: igny8CheckInfra: 'network' wants a text, but was given the number 5."),
                Arguments.of("timeout(time: 1, unit: 'minutes') { echo 'x' }", "Jenkinsfile:6: timeout: 'unit' wants one of NANOSECONDS, MICROSECONDS"),
                Arguments.of("igny8Test()", "Jenkinsfile:6: igny8Test needs the parameter 'command'."),
                Arguments.of("igny8Test infra: true", "Jenkinsfile:6: igny8Test needs the parameter 'command'."),
                Arguments.of("sh 5", "Jenkinsfile:6: sh: 'script' wants a text, but was given the number 5."),
                Arguments.of("sh 'a', 'b'", "Jenkinsfile:6: sh takes one value or named parameters: script, "),
                Arguments.of("igny8Build 'x'", "Jenkinsfile:6: igny8Build takes its parameters by name: "),
                Arguments.of("igny8WaitHealthy probes: [igny8Probe(url: 'x', stauts: 200)]", "Jenkinsfile:6: igny8Probe has no parameter 'stauts': did you mean 'status'?"),
                Arguments.of("if (true) { echo 'x' }", "Jenkinsfile:6: only steps stand in steps, each on a line of its own: put other code into script { ... }."),
                Arguments.of("def x = 5", "Jenkinsfile:6: only steps stand in steps"),
                Arguments.of("'x'.trim()", "Jenkinsfile:6: only steps stand in steps"),
                Arguments.of("stage('x') { echo 'x' }", "Jenkinsfile:6: 'stage' is not allowed in steps: put it into script { ... }."),
                Arguments.of("dir('x') {\necko 'x'\n}", "Jenkinsfile:7: there is no step 'ecko'"),
                Arguments.of("dir('x') {\ndef y = 1\n}", "Jenkinsfile:7: only steps stand in dir"),
                Arguments.of("dir 'x'", "Jenkinsfile:6: dir needs a block: dir(...) { ... }"),
                Arguments.of("echo('x') { sh 'y' }", "Jenkinsfile:6: echo takes no block."),
                Arguments.of("script {\nif (params.x) {\necko 'x'\n}\n}", "Jenkinsfile:8: there is no step 'ecko'"),
                Arguments.of("script {\nsh scirpt: 'x'\n}", "Jenkinsfile:7: sh has no parameter 'scirpt': did you mean 'script'?"),
                Arguments.of("echo \"${sh(scirpt: 'x')}\"", "Jenkinsfile:6: sh has no parameter 'scirpt'"),
                Arguments.of("", "Jenkinsfile:5: steps has no steps."),
                Arguments.of("echo 'x", "Jenkinsfile:6: "),
                Arguments.of("script { new Nope() }", "Jenkinsfile:6: unable to resolve class Nope"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void ofSteps(String steps, String expected) throws Exception {
        String refusal = Trial.refusal(folder, Trial.pipeline(steps), Map.of());
        assertTrue(refusal.startsWith(expected), refusal);
    }

    /** What stands in the block pipeline from line 2 on, and what is said about it. */
    static Stream<Arguments> sections() {
        String stages = "stages { stage('S') { steps { echo 'x' } } }";
        return Stream.of(
                Arguments.of(stages, "Jenkinsfile:1: pipeline needs the section 'agent'."),
                Arguments.of("agent any", "Jenkinsfile:1: pipeline needs the section 'stages'."),
                Arguments.of("agent any\nstags { }\n" + stages, "Jenkinsfile:3: there is no 'stags' in pipeline: did you mean 'stages'?"),
                Arguments.of("agent any\nagent any\n" + stages, "Jenkinsfile:3: pipeline has 'agent' more than once."),
                Arguments.of("agent any\ntools { maven 'x' }\n" + stages, "Jenkinsfile:3: 'tools' in pipeline works in Jenkins, but this runner does not know it"),
                Arguments.of("agent { label 'x' }\n" + stages, "Jenkinsfile:2: this runner knows 'agent any' and 'agent none'"),
                Arguments.of("agent any\noptions { timestamps() }\n" + stages, "Jenkinsfile:3: there is no 'timestamps' in options: "),
                Arguments.of("agent any\noptions { timeout(tim: 5) }\n" + stages, "Jenkinsfile:3: timeout needs the parameter 'time'."),
                Arguments.of("agent any\nparameters { strin(name: 'x') }\n" + stages, "Jenkinsfile:3: there is no kind of parameter 'strin': did you mean 'string'?"),
                Arguments.of("agent any\nparameters { string(nam: 'x') }\n" + stages, "Jenkinsfile:3: "),
                Arguments.of("agent any\nenvironment { A = params.X }\n" + stages, "Jenkinsfile:3: the value of a variable in environment is a text or a call"),
                Arguments.of("agent any\nenvironment { echo 'x' }\n" + stages, "Jenkinsfile:3: only variables stand in environment"),
                Arguments.of("agent any\npost { sucess { echo 'x' } }\n" + stages, "Jenkinsfile:3: there is no 'sucess' in post of pipeline: did you mean 'success'?"),
                Arguments.of("agent any\npost { changed { echo 'x' } }\n" + stages, "Jenkinsfile:3: 'changed' in post of pipeline works in Jenkins"),
                Arguments.of("agent any\nstages { }", "Jenkinsfile:3: stages has no stage."),
                Arguments.of("agent any\nstages {\nstep { }\n}", "Jenkinsfile:3: stages has no stage."),
                Arguments.of("agent any\nstages {\nstage('S') { }\n}", "Jenkinsfile:4: stage 'S' needs exactly one of steps, stages and parallel."),
                Arguments.of("agent any\nstages {\nstage(\"S$x\") { steps { echo 'x' } }\n}", "Jenkinsfile:3: stages has no stage."),
                Arguments.of("agent any\nstages {\nstage('S') { steps { echo 'x' } }\nstage('S') { steps { echo 'x' } }\n}", "Jenkinsfile:5: there is another stage 'S' in this pipeline."),
                Arguments.of("agent any\nstages {\nstage('S') {\nwhen { brunch 'x' }\nsteps { echo 'x' }\n}\n}", "Jenkinsfile:5: there is no 'brunch' in when: did you mean 'branch'?"),
                Arguments.of("agent any\nstages {\nstage('S') {\nwhen { environment name: 'x' }\nsteps { echo 'x' }\n}\n}", "Jenkinsfile:5: environment needs the parameter 'value'."),
                Arguments.of("agent any\nstages {\nstage('S') {\nwhen { tag 'x' }\nsteps { echo 'x' }\n}\n}", "Jenkinsfile:5: 'tag' in when works in Jenkins"),
                Arguments.of("agent any\nstages {\nstage('S') {\nparallel { stage('A') { parallel { stage('B') { steps { echo 'x' } } } } }\n}\n}", "Jenkinsfile:5: parallel stages do not stand in parallel stages."));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void ofSections(String sections, String expected) throws Exception {
        String refusal = Trial.refusal(folder, "pipeline {\n" + sections + "\n}\n", Map.of());
        assertTrue(refusal.startsWith(expected), refusal);
    }

    @Test
    void everythingIsSaidAtOnceInTheOrderOfTheFile() throws Exception {
        String refusal = Trial.refusal(folder, Trial.pipeline("ecko 'x'\nigny8Test()\nsh 5"), Map.of());
        assertEquals(List.of("Jenkinsfile:6", "Jenkinsfile:7", "Jenkinsfile:8"), refusal.lines().map(line -> line.substring(0, 13)).toList());
    }

    @Test
    void nothingRunsAndTheReportSaysWhy() throws Exception {
        assertThrows(Failure.class, () -> Trial.run(folder, Trial.pipeline("sh 'touch ran'\necko 'x'")));
        assertFalse(Files.exists(Trial.workspace(folder).resolve("ran")));
        assertFalse(Files.exists(Trial.state(folder).resolve("jobs")), "a build was made");
        String report = Files.readString(folder.resolve("report.json"));
        assertTrue(report.contains("\"FAILURE\"") && report.contains("there is no step 'ecko'"), report);
    }

    @Test
    void anEmptyFile() throws Exception {
        assertEquals("Jenkinsfile:1: there is nothing to run in this file.", Trial.refusal(folder, "// nothing\n", Map.of()));
    }

    @Test
    void ofScriptedPipelines() throws Exception {
        String refusal = Trial.refusal(folder, "node {\n  stage('x') {\n    shh 'x'\n  }\n}", Map.of());
        assertEquals("Jenkinsfile:3: there is no step 'shh': did you mean 'sh'?", refusal);
        refusal = Trial.refusal(folder, "node {\n  pipeline { agent any }\n}", Map.of());
        assertTrue(refusal.startsWith("Jenkinsfile:2: the block pipeline stands at the top"), refusal);
    }

    @Test
    void ofParametersOfTheBuild() throws Exception {
        String file = "pipeline {\nagent any\nparameters {\nstring(name: 'REGISTRY')\nbooleanParam(name: 'B')\nchoice(name: 'C', choices: 'a\\nb')\n}\n"
                + "stages { stage('S') { steps { echo 'x' } } }\n}";
        assertEquals("The Jenkinsfile declares no parameter 'REGSTRY': did you mean 'REGISTRY'?", Trial.refusal(folder, file, Map.of("REGSTRY", "x")));
        assertEquals("The parameter B is true or false, not 'yes'.", Trial.refusal(folder, file, Map.of("B", "yes")));
        assertEquals("The parameter C is one of a, b, not 'c'.", Trial.refusal(folder, file, Map.of("C", "c")));
    }

    @Test
    void whatTheFileItselfDefinesMayBeCalled() throws Exception {
        Trial trial = Trial.run(folder, "def twice = { it * 2 }\ndef three() { 3 }\n" + Trial.pipeline("echo \"${twice(three())}\"\nscript { def f = { x -> x + 1 }\n println f(1)\n println 'ab'.with { size() } }"));
        assertEquals(0, trial.exitCode, trial.log);
        assertEquals(List.of("6"), trial.echoes());
    }
}
