package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.jenkins.plugins.igny8.agent.trial.Hostile;
import io.jenkins.plugins.igny8.host.Command;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts themselves, under every shell that this machine has: what is called sh differs from image to image. */
class ScriptTest {

    @TempDir
    Path workspace;

    @TempDir
    Path folder;

    static Stream<String> shells() {
        return Stream.of("dash", "bash --posix", "busybox sh").filter(shell -> onPath(shell.split(" ")[0]));
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> new File(path, program).canExecute());
    }

    private Place place(Map<String, String> environment) {
        FilePath path = new FilePath(workspace.toFile());
        return new Place(path, path, null, new EnvVars(environment), System.getenv(), TaskListener.NULL);
    }

    private Process start(String shell, String script) throws IOException {
        Files.writeString(folder.resolve("run"), script);
        Files.writeString(folder.resolve("end"), Script.END);
        return started(shell, "run");
    }

    private Process started(String shell, String name) throws IOException {
        List<String> words = new ArrayList<>(List.of(shell.split(" ")));
        words.add(folder.resolve(name).toString());
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    private String question(String shell, Map<String, String> environment, Command command) throws Exception {
        Process process = start(shell, new Script(place(environment), command, folder.toString()).question(60));
        assertEquals("", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        process.waitFor();
        return Files.readString(folder.resolve("out"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void everyByteOfEveryWordArrives(String shell) throws Exception {
        for (String hostile : Hostile.TEXTS) {
            assertEquals(hostile, question(shell, Map.of(), new Command(List.of("printf", "%s", hostile), Map.of(), null)));
            Command variable = new Command(List.of("sh", "-c", "printf %s \"$H\""), Map.of("H", hostile), null);
            assertEquals(hostile, question(shell, Map.of(), variable));
            Command step = new Command(List.of("sh", "-c", "printf %s \"$S\""), Map.of(), null);
            assertEquals(hostile, question(shell, Map.of("S", hostile), step));
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void variablesThatNoShellCanSetDoNotStopTheCommand(String shell) throws Exception {
        Map<String, String> odd = Map.of("UID", "x", "PPID", "x", "OPTIND", "x", "IFS", "x", "PWD", "/", "a.b", "c", "", "d", "LAST", "y");
        assertEquals("y", question(shell, odd, new Command(List.of("sh", "-c", "printf %s \"$LAST\""), Map.of(), null)));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theCommandLeadsAGroupAndItsScriptIsGone(String shell) throws Exception {
        Command command = new Command(List.of("sh", "-c", "cut -d ' ' -f 5 /proc/$$/stat; ls " + folder), Map.of(), null);
        List<String> lines = question(shell, Map.of(), command).lines().toList();
        assertEquals(Files.readString(folder.resolve("group")).split(" ")[0], lines.get(0));
        assertFalse(lines.contains("run"), lines.toString());
        assertEquals("0\n", Files.readString(folder.resolve("code")));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theGroupIsEndedWithThoseWhoIgnoreIt(String shell) throws Exception {
        String script = "trap '' TERM; sleep 71 & echo $!; while :; do sleep 1; done";
        Command command = new Command(List.of("sh", "-c", script), Map.of(), null);
        Process process = start(shell, new Script(place(Map.of()), command, folder.toString()).change());
        String grandchild = process.inputReader().readLine();
        assertTrue(Processes.run(grandchild));
        Process end = started(shell, "end");
        assertTrue(end.waitFor(25, TimeUnit.SECONDS));
        assertEquals(0, end.exitValue());
        assertFalse(Processes.run(grandchild));
        assertEquals(128 + 9, process.waitFor());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whoeverGotTheNumberLaterIsLeftAlone(String shell) throws Exception {
        Process other = new ProcessBuilder("setsid", "sleep", "72").start();
        try {
            start(shell, "").waitFor();
            Files.writeString(folder.resolve("group"), other.pid() + " 1\n");
            assertEquals(0, started(shell, "end").waitFor());
            assertTrue(other.isAlive());
        } finally {
            other.destroy();
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aGroupThatIsNoneIsRefused(String shell) throws Exception {
        start(shell, "").waitFor();
        for (String none : List.of("1 1", "0 1", "-1 1", "x 1", "1;echo 1")) {
            Files.writeString(folder.resolve("group"), none + "\n");
            assertEquals(2, started(shell, "end").waitFor(), none);
        }
    }

    @Test
    void nobodyIsNeededToEndAQuestion() throws Exception {
        Command command = new Command(List.of("sh", "-c", "sleep 73 & echo $!; wait"), Map.of(), null);
        Process process = start("sh", new Script(place(Map.of()), command, folder.toString()).question(1));
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertFalse(Processes.run(Files.readString(folder.resolve("out")).strip()));
    }

    @Test
    void thePathOfTheStepCountsWhereTheAgentsWould() {
        Place place = new Place(
                new FilePath(workspace.toFile()),
                new FilePath(workspace.toFile()),
                null,
                new EnvVars("PATH", "/tool:/bin", "HOME", "/home/a"),
                Map.of("PATH", "/bin", "HOME", "/home/a"),
                TaskListener.NULL);
        String script = new Script(place, new Command(List.of("x"), Map.of(), null), "/f").change();
        assertTrue(script.contains("[ \"$PATH\" != '/bin' ] || export PATH='/tool:/bin'\n"), script);
        assertFalse(script.contains("HOME"), script);
    }
}
