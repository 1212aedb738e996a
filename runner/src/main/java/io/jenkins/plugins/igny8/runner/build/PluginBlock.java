package io.jenkins.plugins.igny8.runner.build;

import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.operation.Around;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Plain;
import io.jenkins.plugins.igny8.operation.Results;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.util.concurrent.atomic.AtomicReference;

/** A block step of the plugin's: enters, runs the steps inside, stays in between, and leaves however they ended. */
final class PluginBlock {

    private final String name;
    private final Around around;
    private final LocalHost host;
    private final Build build;

    /** @param host one for all parts, so that they are the same step's */
    PluginBlock(String name, Around around, LocalHost host, Build build) {
        this.name = name;
        this.around = around;
        this.host = host;
        this.build = build;
    }

    Object run(LocalStep.Body body) throws InterruptedException {
        Around.Inside inside = Plain.as(Around.Inside.class, Results.of(name, around.enter(), host));
        Object value;
        Thread staying = new Thread(this::stay, name + " stays");
        staying.setDaemon(true);
        staying.start();
        try {
            value = body.run(build.context().with(inside.variables()));
        } catch (Throwable e) {
            end(staying);
            try {
                leave();
            } catch (RuntimeException leaving) {
                // The build fails for what happened inside.
                host.tell(Event.warning("", leaving.getMessage()));
            }
            throw e;
        }
        end(staying);
        leave();
        return value;
    }

    private void stay() {
        Operation<?> stay = around.stay();
        try {
            while (true) {
                Thread.sleep(around.pause().toMillis());
                try {
                    stay.run(host);
                } catch (Failure e) {
                    host.tell(Event.warning("", e.getMessage()));
                }
            }
        } catch (InterruptedException e) {
            // The steps inside are over.
        }
    }

    private static void end(Thread staying) {
        staying.interrupt();
        join(staying);
    }

    /** By another thread: what has been entered is left also when the build is aborted meanwhile. */
    private void leave() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Thread leaving = new Thread(
                () -> {
                    try {
                        Results.of(name, around.leave(), host);
                    } catch (RuntimeException e) {
                        failure.set(e);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("nobody interrupts it", e);
                    }
                },
                name + " leaves");
        leaving.start();
        join(leaving);
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** An interruption that comes meanwhile is kept for afterwards. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
