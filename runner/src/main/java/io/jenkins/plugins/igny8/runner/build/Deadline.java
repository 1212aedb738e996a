package io.jenkins.plugins.igny8.runner.build;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it when its time is up; nothing more once it is closed. */
public final class Deadline implements AutoCloseable {

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final Duration limit;
    private final Deadline outer;
    private final Thread thread = Thread.currentThread();
    private final Future<?> task;
    private boolean passed;
    private boolean closed;

    /** @param outer the one around it; null where there is none */
    public Deadline(Duration limit, Deadline outer) {
        this.limit = limit;
        this.outer = outer;
        task = TIMER.schedule(this::pass, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void pass() {
        if (!closed) {
            passed = true;
            thread.interrupt();
        }
    }

    /** The outermost deadline that has passed; null where there is time left. */
    synchronized Deadline overdue() {
        Deadline around = outer == null ? null : outer.overdue();
        return around != null ? around : passed ? this : null;
    }

    public boolean hasPassed() {
        return overdue() != null;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    String reason() {
        return "the time limit of " + BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString() + " s has passed";
    }

    @Override
    public synchronized void close() {
        closed = true;
        task.cancel(false);
        if (passed) {
            // The interruption was for what is inside; whoever goes on after a caught timeout must not meet it.
            Thread.interrupted();
        }
    }
}
