package io.jenkins.plugins.igny8.runner.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.host.Stream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalHostTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path workspace;

    private LocalHost host() {
        return new LocalHost(workspace, Map.of("GREETING", "hello"), Credentials.none(), new ConcurrentHashMap<>(), event -> {});
    }

    private static Command shell(String script, Duration limit) {
        return new Command(List.of("/bin/sh", "-c", script), Map.of(), limit);
    }

    @Test
    void aQuestionKeepsBothOutputsApart() throws Exception {
        Answer answer = host().question(shell("echo out; echo err >&2; exit 3", null));
        assertEquals(new Answer(3, "out\n", "err\n"), answer);
    }

    @Test
    void commandsStartInTheFolderWithTheStepsEnvironment() throws Exception {
        Path sub = Files.createDirectory(workspace.resolve("sub"));
        Answer answer = host().in(sub).question(shell("pwd -P; echo $GREETING", null));
        assertEquals(sub.toRealPath() + "\nhello\n", answer.out());
    }

    @Test
    void wordsReachTheProgramAsTheyAre() throws Exception {
        String hostile = "a b $HOME `id` \\ \" ' \n * ü";
        Answer answer = host().question(new Command(List.of("printf", "%s", hostile), Map.of(), null));
        assertEquals(hostile + "\n", answer.out());
    }

    @Test
    void aMissingProgramIsAnAnswer() throws Exception {
        assertEquals(Answer.NO_SUCH_PROGRAM, host().question(new Command(List.of("no-such-program-here"), Map.of(), null)).exitCode());
    }

    @Test
    void aQuestionWithoutAnAnswerInTimeFails() {
        Failure failure = assertThrows(Failure.class, () -> host().question(shell("sleep 60", SECOND)));
        assertTrue(failure.getMessage().contains("gave no answer within 1 s"), failure.getMessage());
    }

    @Test
    void anOverdueChangeIsEndedWithItsGrandchildren() throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        int exitCode = host().change("x", shell("sleep 61 & echo $!; wait", SECOND), lines::add);
        assertEquals(Host.OVERDUE, exitCode);
        assertFalse(runs(Long.parseLong(lines.get(0))));
    }

    @Test
    void anInterruptedChangeIsEndedWithItsGrandchildren() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        Thread build = new Thread(() -> {
            try {
                host().change("x", shell("sleep 62 & echo $!; wait", null), lines::add);
            } catch (InterruptedException e) {
                thrown.add(e);
            }
        });
        build.start();
        long grandchild = Long.parseLong(lines.poll(10, TimeUnit.SECONDS));
        assertTrue(runs(grandchild));
        build.interrupt();
        build.join(10_000);
        assertTrue(thrown.poll() instanceof InterruptedException);
        assertFalse(runs(grandchild));
    }

    @Test
    void twoChangesOnOneTargetTakeTurns() throws Exception {
        LocalHost host = host();
        String script = "[ ! -e busy ] || echo both; touch busy; sleep 0.3; rm busy";
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                try {
                    host.change("image a", shell(script, null), lines::add);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), lines);
    }

    @Test
    void aStreamEndsWhenItIsClosed() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Stream stream = host().stream(shell("sleep 63 & echo $!; wait", null), lines::add);
        long grandchild = Long.parseLong(lines.poll(10, TimeUnit.SECONDS));
        assertTrue(stream.open());
        stream.close();
        assertFalse(stream.open());
        assertFalse(runs(grandchild));
    }

    @Test
    void pathsStayInTheWorkspace() throws Exception {
        Files.createSymbolicLink(workspace.resolve("etc"), Path.of("/etc"));
        for (String outside : List.of("../x", "/etc/passwd", "a/../../x", "etc/passwd")) {
            Failure failure = assertThrows(Failure.class, () -> host().workspace().read(outside), outside);
            assertTrue(failure.getMessage().contains("leaves the workspace"), failure.getMessage());
        }
        host().workspace().write("a/b.txt", "text");
        assertEquals("text", Files.readString(workspace.resolve("a/b.txt")));
        assertEquals(4, host().workspace().size("a/b.txt"));
        host().workspace().move("a/b.txt", "a/c.txt");
        assertEquals(List.of("a/c.txt"), host().workspace().files(""));
    }

    @Test
    void aPrivateFolderIsForItsOwnerOnlyAndGoesAway() throws Exception {
        Path folder;
        try (PrivateFolder own = host().privateFolder()) {
            folder = Path.of(own.path());
            own.write("config.json", "{}");
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("config.json"))));
        }
        assertFalse(Files.exists(folder));
    }

    /** A zombie whose parent has not asked for it yet runs no more. */
    private static boolean runs(long pid) throws Exception {
        Path stat = Path.of("/proc/" + pid + "/stat");
        for (int attempt = 0; attempt < 20; attempt++) {
            String text = Files.exists(stat) ? Files.readString(stat) : "";
            if (text.isEmpty() || text.substring(text.lastIndexOf(')') + 2).startsWith("Z")) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }
}
