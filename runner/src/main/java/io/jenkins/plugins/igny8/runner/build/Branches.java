package io.jenkins.plugins.igny8.runner.build;

import java.util.ArrayList;
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
     * @throws RuntimeException the first failure as it is, once all have ended; an abort counts only where nothing has failed
     */
    public static Map<String, Object> run(Build build, Map<String, Supplier<Object>> branches, boolean failFast) {
        BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
        List<Thread> threads = new ArrayList<>();
        Context context = build.context();
        branches.forEach((name, branch) -> threads.add(new Thread(() -> ended.add(outcome(build, context.inBranch(name), name, branch)), "branch " + name)));
        threads.forEach(Thread::start);

        Map<String, Object> values = new LinkedHashMap<>();
        branches.keySet().forEach(name -> values.put(name, null));
        Throwable first = null;
        Aborted aborted = null;
        for (int left = threads.size(); left > 0; ) {
            try {
                Ended one = ended.take();
                left--;
                values.put(one.name(), one.value());
                if (one.error() != null) {
                    first = first == null || first instanceof Aborted && !(one.error() instanceof Aborted) ? one.error() : first;
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
        if (first != null) {
            throw Sneaky.<RuntimeException>rethrow(first);
        }
        return values;
    }

    private static Ended outcome(Build build, Context context, String name, Supplier<Object> branch) {
        try {
            return new Ended(name, build.within(context, branch), null);
        } catch (Throwable e) {
            return new Ended(name, null, e);
        }
    }
}
