package io.jenkins.plugins.igny8.runner;

import io.jenkins.plugins.igny8.runner.build.Build;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C and SIGTERM abort the build in order: processes are ended, post sections run, the table is printed. A second one
 * ends the runner at once. A shutdown hook would not do: the JVM no longer waits for its threads then.
 */
final class Signals implements AutoCloseable {

    private Signals() {}

    /** To be called by the thread that runs the build. */
    static Signals abort(Build build) {
        Thread running = Thread.currentThread();
        AtomicBoolean before = new AtomicBoolean();
        SignalHandler handler = signal -> {
            if (before.getAndSet(true)) {
                System.exit(1);
            }
            build.console().say("SIG" + signal.getName() + ": the build is being aborted; once more ends it at once.");
            build.abort("aborted by SIG" + signal.getName(), running);
        };
        for (String name : List.of("INT", "TERM")) {
            Signal.handle(new Signal(name), handler);
        }
        return new Signals();
    }

    @Override
    public void close() {
        for (String name : List.of("INT", "TERM")) {
            Signal.handle(new Signal(name), SignalHandler.SIG_DFL);
        }
    }
}
