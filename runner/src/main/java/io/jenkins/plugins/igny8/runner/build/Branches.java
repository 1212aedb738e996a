package io.jenkins.plugins.igny8.runner.build;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/** Parts of a build that run beside each other, each on a thread of its own. */
public final class Branches {

    private record Ended(String name, Object value, Throwable error) {}

    private Branches() {}

    /**
     * Runs all branches to their end.
     *
     * @param failFast whether the others are aborted once one has failed
     * @return what each branch gave, in the order of the branches
     * @throws RuntimeException once all have ended: with {@code failFast} the first error, else the gravest, see {@link #gravity}
     */
    public static Map<String, Object> run(Build build, Map<String, Supplier<Object>> branches, boolean failFast) {
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        Context context = build.context();
        branches.forEach((name, branch) -> threads.add(new Thread(() -> ended.add(outcome(build, context.inBranch(name), name, branch)), "branch " + name)));
        threads.forEach(Thread::start);

        Map<String, Object> values = new LinkedHashMap<>();
        branches.keySet().forEach(name -> values.put(name, null));
        List<Throwable> errors = new ArrayList<>();
        Aborted aborted = null;
        for (int left = threads.size(); left > 0; ) {
            try {
                Ended one = ended.take();
                left--;
                values.put(one.name(), one.value());
                if (one.error() != null) {
                    errors.add(one.error());
                    if (failFast) {
                        threads.forEach(Thread::interrupt);
                    }
                }
            } catch (InterruptedException e) {
                // Their processes are ended by the branches themselves, so they are waited for.
                aborted = build.aborted();
                threads.forEach(Thread::interrupt);
            }
        }
        if (aborted != null) {
            throw aborted;
        }
        if (!errors.isEmpty()) {
            throw Sneaky.<RuntimeException>rethrow(failFast ? errors.get(0) : Collections.min(errors, Comparator.comparingInt(Branches::gravity)));
        }
        return values;
    }

    /** As in Jenkins an error of the script is graver than that of a step, and an abort is the least; among equals the first counts. */
    private static int gravity(Throwable error) {
        return error instanceof Aborted ? 2 : error instanceof StepFailed ? 1 : 0;
    }

    private static Ended outcome(Build build, Context context, String name, Supplier<Object> branch) {
        try {
            return new Ended(name, build.within(context, branch), null);
        } catch (Throwable e) {
            return new Ended(name, null, e);
        }
    }
}
