package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs several tasks at once and waits for all of them, so that one that fails leaves no other half done. */
final class Parallel {

    /** An interrupted command has ten seconds before it is killed; twice that is generous. */
    private static final Duration ENDING = Duration.ofSeconds(20);

    private Parallel() {}

    /**
     * The results in the order of the tasks.
     *
     * @throws Failure with the sentences of all tasks that failed
     * @throws InterruptedException after all tasks were interrupted and have ended
     */
    static <T> List<T> all(List<Callable<T>> tasks) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, tasks.size()), task -> {
            Thread thread = new Thread(task, "igny8 parallel");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<T> results = new ArrayList<>();
            List<Failure> failures = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    failures.add(failureOf(e.getCause()));
                }
            }
            if (!failures.isEmpty()) {
                throw joined(failures);
            }
            return results;
        } finally {
            threads.shutdownNow();
            // Commands that were interrupted are still being ended: nothing may go on behind the step's back.
            threads.awaitTermination(ENDING.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static Failure failureOf(Throwable cause) {
        if (cause instanceof Failure failure) {
            return failure;
        }
        if (cause instanceof RuntimeException programError) {
            throw programError;
        }
        throw new IllegalStateException(cause);
    }

    private static Failure joined(List<Failure> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        return new Failure(failures.stream().map(Throwable::getMessage).distinct().collect(Collectors.joining("\n")));
    }
}
