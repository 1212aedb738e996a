package io.jenkins.plugins.igny8.agent;

import hudson.EnvVars;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.io.IOException;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.Controller;

/**
 * One change, carried as a durable task: it goes on while the agent or the controller is away. After an interruption the same
 * change is found in the journal and followed to its end; another one on the same target is ended first.
 */
final class DurableChange {

    /** As for {@code sh}: a line comes in half of this on average. */
    private static final long POLL_MILLIS = 250;

    /** Most changes take far less than one poll. */
    private static final long FIRST_POLL_MILLIS = 20;

    private final AgentHost host;
    private final Connection connection;
    private final Journal journal;
    private final String target;
    private final Command command;
    private final Consumer<String> lines;

    private Place place;
    private Journal.Task task;
    private Lines sink;

    DurableChange(AgentHost host, Connection connection, Journal journal, String target, Command command, Consumer<String> lines) {
        this.host = host;
        this.connection = connection;
        this.journal = journal;
        this.target = target;
        this.command = command;
        this.lines = lines;
    }

    int carryOut() throws InterruptedException {
        place = connection.fresh();
        task = journal.task(target);
        if (task != null && !goesOn()) {
            host.end(target, task, place, null);
            task = null;
        }
        try {
            if (task == null) {
                launch();
            }
            int code = follow();
            if (code == Host.OVERDUE) {
                end();
            } else {
                remove();
            }
            return code;
        } catch (InterruptedException e) {
            connection.abort();
            end();
            throw e;
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }

    /** Whether what is under way since before an interruption is what is asked for. */
    private boolean goesOn() throws InterruptedException {
        Controller controller = task.controller;
        if (controller == null || !task.fingerprint.equals(fingerprint())) {
            say("is run again: what the interruption left under way on the " + target + " is ended first");
            return false;
        }
        boolean over = connection.repeat("look for '" + command.asTyped() + "'",
                now -> controller.exitStatus(now.workspace(), now.launcher(), now.listener()) != null);
        say(over ? "ended during the interruption: this is how" : "goes on since before the interruption: followed again");
        return true;
    }

    private void say(String what) {
        host.tell(Event.note("", "'" + command.asTyped() + "' " + what));
    }

    private String fingerprint() {
        return place.directory().getRemote() + "\n" + new TreeMap<>(command.environment()) + "\n" + command.asTyped();
    }

    private void launch() throws InterruptedException {
        while (true) {
            // Known before it is started: whatever happens in between, it can be ended.
            task = new Journal.Task(fingerprint(), host.newName("change"));
            journal.begin(target, task);
            CommandFolder folder = host.folder(place, task.folder);
            try {
                folder.create(new Script(place, command, folder.path()).change());
                task.controller = new BourneShellScript("#!/bin/sh\nexec sh " + Script.quoted(folder.path() + "/run") + "\n")
                        .launch(new EnvVars(), place.workspace(), place.launcher(), place.listener());
                journal.save();
                return;
            } catch (IOException | RuntimeException e) {
                place = connection.regained("start '" + command.asTyped() + "'", place, e);
                host.end(target, task, place, null);
            }
        }
    }

    private int follow() throws InterruptedException {
        sink = new Lines(task.rest, lines);
        long pause = FIRST_POLL_MILLIS;
        while (true) {
            try {
                Integer code = task.controller.exitStatus(place.workspace(), place.launcher(), place.listener());
                read();
                if (code != null) {
                    sink.end();
                    return known(code);
                }
                if (overdue()) {
                    return Host.OVERDUE;
                }
            } catch (IOException | RuntimeException e) {
                place = connection.regained("follow '" + command.asTyped() + "'", place, e);
            }
            Thread.sleep(pause);
            pause = Math.min(POLL_MILLIS, pause * 2);
        }
    }

    /** What has been handed over is stored at once, so that after an interruption no line comes twice. */
    private void read() throws IOException, InterruptedException {
        if (task.controller.writeLog(place.workspace(), sink)) {
            task.rest = sink.rest();
            journal.save();
        }
    }

    private boolean overdue() {
        return command.limit() != null && System.currentTimeMillis() - task.started > command.limit().toMillis();
    }

    /** Negative ones are durable-task's own: the process that watched the command is gone, or never was. */
    private int known(int code) {
        if (code >= 0) {
            return code;
        }
        throw new Failure("How '" + command.asTyped() + "' ended on " + Connection.name(place) + " is not known: "
                + (code == -1 ? "what watched it there is gone, as after a restart of the machine or container" : "it was never seen running")
                + ". Look at the state of the " + target + ", and run this again.");
    }

    private void end() {
        if (task != null) {
            host.end(target, task, place, sink);
        }
    }

    private void remove() throws InterruptedException {
        Controller controller = task.controller;
        connection.repeat("remove the files of '" + command.asTyped() + "'", now -> {
            controller.cleanup(now.workspace());
            host.folder(now, task.folder).delete();
            return null;
        });
        journal.end(target);
    }
}
