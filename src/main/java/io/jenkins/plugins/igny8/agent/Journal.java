package io.jenkins.plugins.igny8.agent;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jenkinsci.plugins.durabletask.Controller;

/**
 * What must be known of a step after its controller or agent was killed: which changes are under way, and where its private
 * files lie. It is stored with the step; only plain values and durable-task's own handle are in it.
 */
public final class Journal implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String folder = "igny8-" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    private final LinkedHashMap<String, Task> tasks = new LinkedHashMap<>();
    private transient Runnable saver;

    /** A change under way. Touched only by the thread that carries it; what of it is stored may lag by one poll. */
    static final class Task implements Serializable {

        private static final long serialVersionUID = 1L;

        /** What is done, to tell whether a repeated operation asks for the same. */
        final String fingerprint;
        /** Name of the folder of its script, within that of the step. */
        final String folder;
        /** Milliseconds since the epoch; its time limit goes on over an interruption. */
        final long started = System.currentTimeMillis();
        /** Null until it is launched. */
        volatile Controller controller;
        /** What it wrote since its last line end. */
        byte[] rest = new byte[0];

        Task(String fingerprint, String folder) {
            this.fingerprint = fingerprint;
            this.folder = folder;
        }
    }

    /** @param saver stores the step, with this in it, before it returns; called from several threads */
    public void setSaver(Runnable saver) {
        this.saver = saver;
    }

    /** Name of the folder in which all private files of the step lie; the same for as long as the step lives. */
    String folder() {
        return folder;
    }

    /** The change that is under way on a target; null where there is none. */
    synchronized Task task(String target) {
        return tasks.get(target);
    }

    synchronized List<String> targets() {
        return new ArrayList<>(tasks.keySet());
    }

    void begin(String target, Task task) {
        synchronized (this) {
            tasks.put(target, task);
        }
        save();
    }

    void end(String target) {
        synchronized (this) {
            tasks.remove(target);
        }
        save();
    }

    /** Outside the lock: whoever stores this takes it from another thread. */
    void save() {
        if (saver != null) {
            saver.run();
        }
    }

    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
    }
}
