package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
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
        return run(tasks, false);
    }

    /** As {@link #all}, but the first that fails stops those that still run: a {@link Stopped} tells which they were. */
    static <T> List<T> allOrStop(List<Callable<T>> tasks) throws InterruptedException {
        return run(tasks, true);
    }

    /** Some tasks failed, and others were stopped because of it. */
    static final class Stopped extends Failure {

        private static final long serialVersionUID = 1L;

        private final ArrayList<Integer> tasks;

        private Stopped(String message, List<Integer> tasks) {
            super(message);
            this.tasks = new ArrayList<>(tasks);
        }

        /** The numbers of those that were stopped, from 0. */
        List<Integer> stopped() {
            return tasks;
        }
    }

    private static <T> List<T> run(List<Callable<T>> tasks, boolean failFast) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, tasks.size()), task -> {
            Thread thread = new Thread(task, "igny8 parallel");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<T> ended = new ExecutorCompletionService<>(threads);
            List<Future<T>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(ended.submit(task)));
            for (int left = futures.size(); left > 0; left--) {
                if (failed(ended.take()) && failFast) {
                    futures.forEach(future -> future.cancel(true));
                }
            }
            return results(futures);
        } finally {
            threads.shutdownNow();
            // Commands that were interrupted are still being ended: nothing may go on behind the step's back.
            threads.awaitTermination(ENDING.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static boolean failed(Future<?> ended) throws InterruptedException {
        try {
            ended.get();
            return false;
        } catch (ExecutionException | CancellationException e) {
            return true;
        }
    }

    private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        List<Integer> stopped = new ArrayList<>();
        for (Future<T> future : futures) {
            try {
                results.add(future.get());
            } catch (CancellationException e) {
                stopped.add(futures.indexOf(future));
            } catch (ExecutionException e) {
                failures.add(failureOf(e.getCause()));
            }
        }
        if (!failures.isEmpty()) {
            throw stopped.isEmpty() ? joined(failures) : new Stopped(joined(failures).getMessage(), stopped);
        }
        return results;
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
