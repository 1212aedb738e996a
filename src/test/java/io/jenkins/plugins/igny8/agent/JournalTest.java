package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static Journal restarted(Journal journal) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(journal);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Journal) in.readObject();
        }
    }

    @Test
    void whatIsUnderWayIsKnownAfterARestart() throws Exception {
        Journal journal = new Journal();
        Journal.Task task = new Journal.Task("what", "change-1");
        journal.begin("image a", task);
        task.rest = new byte[] {'x'};
        Journal again = restarted(journal);
        assertEquals(journal.folder(), again.folder());
        assertEquals(List.of("image a"), again.targets());
        assertEquals("what", again.task("image a").fingerprint);
        assertEquals(task.started, again.task("image a").started);
        assertEquals(1, again.task("image a").rest.length);
        again.end("image a");
        assertNull(again.task("image a"));
    }

    @Test
    void everyStepHasItsOwnFolder() {
        assertNotEquals(new Journal().folder(), new Journal().folder());
    }

    @Test
    void beginningAndEndingAreStoredBeforeAnythingElseHappens() throws Exception {
        Journal journal = new Journal();
        AtomicInteger saved = new AtomicInteger();
        // Whoever stores it does so from another thread, and takes its lock there.
        journal.setSaver(() -> {
            Thread thread = new Thread(() -> {
                journal.targets();
                saved.incrementAndGet();
            });
            thread.start();
            try {
                thread.join(5000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        journal.begin("a", new Journal.Task("x", "y"));
        assertEquals(1, saved.get());
        journal.end("a");
        assertEquals(2, saved.get());
    }
}
