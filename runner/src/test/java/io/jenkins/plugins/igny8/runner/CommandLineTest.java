package io.jenkins.plugins.igny8.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner as a process of its own: exit codes and signals. */
class CommandLineTest {

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("log");
    }

    private Process start(String... arguments) throws Exception {
        ProcessBuilder builder = Jvm.of(Main.class, Trial.workspace(folder), log(), arguments);
        builder.environment().put("IGNY8_STATE", Trial.state(folder).toString());
        return builder.start();
    }

    private int run(String jenkinsfile, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(Trial.file(folder, jenkinsfile).toString()));
        arguments.addAll(List.of(more));
        Process process = start(arguments.toArray(String[]::new));
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still runs");
        return process.exitValue();
    }

    @Test
    void exitCodesAreThoseOfTheOutcome() throws Exception {
        assertEquals(0, run(Trial.pipeline("echo 'x'")));
        assertEquals(1, run(Trial.pipeline("error 'x'")));
        assertEquals(2, run(Trial.pipeline("unstable 'x'")));
        assertEquals(1, run(Trial.pipeline("ecko 'x'")));
        assertEquals(1, run(Trial.pipeline("echo 'x'"), "-p", "NOPE=1"));
        assertEquals(1, run(Trial.pipeline("echo 'x'"), "--no-such-option"));
        assertEquals(0, run(Trial.pipeline("error 'x'"), "--check"));
        assertEquals(1, start("no-such-file").waitFor());
        assertTrue(Files.readString(log()).startsWith("Cannot read the Jenkinsfile no-such-file"), Files.readString(log()));
    }

    @Test
    void theReportHoldsStagesStepsAndParameters() throws Exception {
        String file = """
                pipeline {
                    agent any
                    parameters { string(name: 'P', defaultValue: 'x') }
                    stages { stage('S') { steps { sh script: "echo ${params.P}" } } }
                }
                """;
        assertEquals(0, run(file, "-p", "P=given=x", "--json", "sub/report.json"));
        JsonNode report = new ObjectMapper().readTree(Trial.workspace(folder).resolve("sub/report.json").toFile());
        assertEquals("SUCCESS", report.path("outcome").asText());
        assertEquals("given=x", report.path("parameters").path("P").asText());
        assertEquals("{\"script\":\"echo given=x\"}", report.path("steps").get(0).path("arguments").toString());
        assertEquals("S", report.path("steps").get(0).path("stage").asText());
        assertTrue(report.path("stages").get(0).path("seconds").isNumber() && report.path("seconds").isNumber());
        assertTrue(Files.readString(log()).contains("\nS      SUCCESS"), Files.readString(log()));
    }

    private static final String LONG = """
            pipeline {
                agent any
                stages {
                    stage('Par') {
                        parallel {
                            stage('Long') { steps { sh 'sleep 68 & echo $! > child; wait' } }
                            stage('Other') { steps { sh 'sleep 69' } }
                        }
                    }
                    stage('Later') { steps { echo 'no' } }
                }
                post { aborted { sh 'echo post ran' } }
            }
            """;

    @Test
    void aSignalEndsGrandchildrenRunsPostAndIsAborted() throws Exception {
        for (String signal : List.of("TERM", "INT")) {
            Path child = Trial.workspace(folder).resolve("child");
            Files.deleteIfExists(child);
            Process process = start(Trial.file(folder, LONG).toString());
            for (int i = 0; i < 300 && (!Files.exists(child) || Files.size(child) == 0); i++) {
                Thread.sleep(100);
            }
            long grandchild = Long.parseLong(Files.readString(child).strip());
            assertTrue(runs(grandchild));
            new ProcessBuilder("kill", "-s", signal, String.valueOf(process.pid())).start().waitFor();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still runs");
            assertEquals(1, process.exitValue());
            assertFalse(runs(grandchild));
            String log = Files.readString(log());
            assertTrue(log.contains("\npost ran\n") && log.contains("ABORTED after") && log.contains("aborted by SIG" + signal), log);
            assertTrue(log.contains("Later                      NOT_BUILT"), log);
        }
    }

    /** A zombie whose parent has not asked for it yet runs no more. */
    private static boolean runs(long pid) throws Exception {
        Path stat = Path.of("/proc/" + pid + "/stat");
        String text = Files.exists(stat) ? Files.readString(stat) : "";
        return !text.isEmpty() && !text.substring(text.lastIndexOf(')') + 2).startsWith("Z");
    }
}
