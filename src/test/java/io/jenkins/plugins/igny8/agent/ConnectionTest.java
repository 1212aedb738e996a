package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.jenkins.plugins.igny8.host.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final Deque<Places> answers = new ArrayDeque<>();

    private Place place(String workspace) {
        FilePath path = new FilePath(folder.resolve(workspace).toFile());
        return new Place(path, path, new Launcher.LocalLauncher(TaskListener.NULL), new EnvVars(), Map.of(), TaskListener.NULL);
    }

    /** The last answer is given for ever. */
    private Connection connection(Places... places) {
        answers.addAll(List.of(places));
        Places next = () -> (answers.size() > 1 ? answers.poll() : answers.peek()).now();
        return new Connection(next, "igny8-test", event -> told.add(event.asLine()));
    }

    @Test
    void anAgentThatIsAwayIsWaitedForAndThatIsSaidOnce() throws Exception {
        Place place = place("ws");
        Connection connection = connection(
                () -> null,
                () -> {
                    throw new IOException("gone just now");
                },
                () -> place);
        assertSame(place, connection.fresh());
        assertEquals(List.of("the agent is away: waiting for it to come back", "the built-in node is back"), told);
        assertSame(place, connection.current());
        assertSame(place, connection.last());
    }

    @Test
    void afterAnAbortNobodyWaits() {
        Connection connection = connection(() -> null);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, connection::fresh);
        assertFalse(Thread.currentThread().isInterrupted());
        assertThrows(InterruptedException.class, connection::fresh);
    }

    @Test
    void whatFailsForAReasonOfItsOwnFailsWithIt() {
        Connection connection = connection(() -> place("ws"));
        Failure failure = assertThrows(Failure.class, () -> connection.repeat("look", place -> {
            // Not the end of a connection: there is none to the built-in node.
            throw new EOFException("short file");
        }));
        assertEquals("Cannot look on the built-in node: short file", failure.getMessage());
        Failure own = new Failure("own words");
        assertSame(own, assertThrows(Failure.class, () -> connection.repeat("look", place -> {
            throw own;
        })));
    }

    @Test
    void anAbortThatAFileReportsIsAnAbort() {
        Connection connection = connection(() -> place("ws"));
        assertThrows(InterruptedException.class, () -> connection.repeat("look", place -> {
            Thread.currentThread().interrupt();
            throw new Failure("cannot read", new ClosedByInterruptException());
        }));
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void aPathThatNoLauncherCarriesIsRefused() throws Exception {
        for (String name : List.of("it's", "a\"b", "a`b", "a\\b", "a\nb")) {
            Failure failure = assertThrows(Failure.class, () -> connection(() -> place(name)).fresh());
            assertTrue(failure.getMessage().contains(name), failure.getMessage());
            answers.clear();
        }
        connection(() -> place("a b $c ü (x) & y")).fresh();
    }

    @Test
    void aPlaceThatIsNoUnixIsRefused() {
        Place unix = place("ws");
        Launcher windows = new Launcher.DummyLauncher(TaskListener.NULL) {
            @Override
            public boolean isUnix() {
                return false;
            }
        };
        Place place = new Place(unix.directory(), unix.workspace(), windows, new EnvVars(), Map.of(), TaskListener.NULL);
        Failure failure = assertThrows(Failure.class, () -> connection(() -> place).fresh());
        assertTrue(failure.getMessage().contains("Unix agents only"), failure.getMessage());
    }
}
