package io.jenkins.plugins.igny8.release;

import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Engines;
import io.jenkins.plugins.igny8.docker.Volumes;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right to change a project on an engine: one holder at a time, wherever it runs. It lies on the engine itself, as a chain of
 * {@link Generation}s of which the highest counts. Whoever makes the next one has changed the state, and nobody else has; nobody ever
 * removes the highest, so that a number is never used again, not even by somebody who was asleep for a day in between.
 *
 * <p>The clock of the engine counts for all leases: it is the one that all who meet here have in common.
 *
 * <p>Held by a step, which the host names: the same step finds its lock again after an interruption. Steps inside {@code igny8Lock} are
 * told the name of the holder by {@link #VARIABLE} and hold what it holds.
 */
public final class Lock {

    /** How long somebody waits for it, if nothing else is said: long enough for a deployment with its migration. */
    public static final Duration WAIT = Duration.ofMinutes(15);

    /** After this time without a renewal another one may take it, wherever the holder is. */
    public static final Duration LEASE = Duration.ofMinutes(30);

    /** Names those who hold locks around a step, the outermost first. */
    public static final String VARIABLE = "IGNY8_LOCK";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** An engine makes a volume within milliseconds. */
    private static final Duration ADDING = Duration.ofSeconds(60);

    /**
     * How somebody wants it.
     *
     * @param patience the longest time to wait for another holder; zero: not at all
     * @param takeOver take it from whoever holds it now, without waiting
     * @param lease see {@link #LEASE}
     */
    public record Terms(Duration patience, boolean takeOver, Duration lease) {
        public Terms(Duration patience, boolean takeOver) {
            this(patience, takeOver, LEASE);
        }
    }

    private final Docker docker;
    private final Host host;
    private final String project;
    private final Duration lease;
    private final String own;
    private final List<String> around;
    /** By this machine's steady clock; null: not known. */
    private Long renewedAt;

    private Lock(Docker docker, Host host, String project, Duration lease) {
        this.docker = docker;
        this.host = host;
        this.project = project;
        this.lease = lease;
        own = host.caller().step();
        around = Arrays.stream(host.environment().getOrDefault(VARIABLE, "").split(" ")).filter(token -> !token.isEmpty()).toList();
    }

    /**
     * Takes it, and waits for it where another one holds it. What this step, or a block around it, holds already it holds.
     *
     * @param project a valid compose project's name
     * @throws Failure that names the holder, when the time to wait has passed
     * @throws InterruptedException when the build was aborted; nothing is held then
     */
    public static Lock take(Docker docker, Host host, String project, Terms terms) throws InterruptedException {
        Lock lock = new Lock(docker, host, project, terms.lease());
        try {
            lock.take(terms);
            return lock;
        } catch (InterruptedException | RuntimeException e) {
            lock.free();
            throw e;
        }
    }

    /** What this step took before; whether it still has it, only the engine knows. */
    public static Lock of(Docker docker, Host host, String project) {
        return new Lock(docker, host, project, LEASE);
    }

    /**
     * To be asked before each change.
     *
     * @throws Failure where another one holds it, or it is gone
     */
    public void confirm() throws InterruptedException {
        confirm(highest());
    }

    /**
     * To be said before what takes long: confirms, and prolongs the lease where less than half of it or of what is needed is left.
     *
     * @param ahead the longest time until it is renewed or freed
     */
    public void renew(Duration ahead) throws InterruptedException {
        Generation highest = highest();
        confirm(highest);
        Duration left = renewedAt == null ? Duration.ZERO : lease.minusNanos(System.nanoTime() - renewedAt);
        if (left.compareTo(ahead) > 0 && left.compareTo(lease.dividedBy(2)) > 0) {
            return;
        }
        Duration longer = ahead.compareTo(lease.dividedBy(2)) > 0 ? ahead.plus(lease) : lease;
        add(highest.renewed(docker.ask(Engines.time()).plus(longer)));
        // Of two who renew for the same holder at once one has made it, which is all the same.
        List<Generation> all = all();
        confirm(highest(all));
        renewedAt = System.nanoTime() + longer.minus(lease).toNanos();
        removeLower(all);
    }

    /** Gives it up, if this step took it. Where that cannot be done, a warning says how long it counts; it is no failure. */
    public void free() throws InterruptedException {
        try {
            List<Generation> all = all();
            Generation highest = highest(all);
            if (highest.isHeldBy(own)) {
                add(highest.freed());
                remove(all);
            }
        } catch (Failure e) {
            tellNotFreed(e.getMessage());
        } catch (InterruptedException e) {
            tellNotFreed("interrupted");
            throw e;
        }
    }

    private void tellNotFreed(String why) {
        host.tell(Event.warning("", "the lock of " + project + " could not be freed, and counts until this build is over, or its lease is: " + why));
    }

    /** What {@link #VARIABLE} is to be for steps inside. */
    public String variable() {
        List<String> all = new ArrayList<>(around);
        all.add(own);
        return String.join(" ", all);
    }

    private void take(Terms terms) throws InterruptedException {
        long giveUp = System.nanoTime() + terms.patience().toNanos();
        Watch watch = null;
        while (true) {
            Generation highest = highest();
            if (isOurs(highest)) {
                host.tell(Event.note("", "the lock of " + project + " is held by this build already"));
                return;
            }
            if (watch == null || !watch.holder().equals(highest.token())) {
                watch = new Watch(highest.token(), terms.takeOver() && watch == null);
            }
            String reason = highest.isFree() ? "" : watch.reason(highest);
            if (reason != null) {
                if (claim(highest, reason)) {
                    return;
                }
                continue;
            }
            if (System.nanoTime() >= giveUp) {
                throw new Failure("The lock of " + project + " is held by " + highest.holder() + ": wait for that build to end"
                        + (terms.patience().isZero() ? "" : ", longer than 'wait', which was " + terms.patience().toSeconds() + " s")
                        + ". If it is dead, 'takeOver: true' takes the lock from it.");
            }
            watch.tell(highest, terms.patience());
            Thread.sleep(LOOK_EVERY.toMillis());
        }
    }

    /** Waiting for one holder. */
    private final class Watch {
        private final String holder;
        private final boolean takeOver;
        private boolean told;
        private Generation seen;
        private Instant engineTime;
        private long asked;

        Watch(String holder, boolean takeOver) {
            this.holder = holder;
            this.takeOver = takeOver;
        }

        String holder() {
            return holder;
        }

        /** Why it may be taken from this holder; null: it may not. */
        String reason(Generation highest) throws InterruptedException {
            if (takeOver) {
                return "'takeOver' is given";
            }
            if (host.isOver(highest.run())) {
                return "that build is over";
            }
            if (seen == null || seen.number() != highest.number()) {
                // The engine's time is asked for once; from then on a steady clock tells how much has passed.
                asked = System.nanoTime();
                engineTime = docker.ask(Engines.time());
                seen = highest;
            }
            return engineTime.plusNanos(System.nanoTime() - asked).isAfter(highest.until()) ? "its lease ended at " + highest.until() : null;
        }

        void tell(Generation highest, Duration wait) {
            if (!told) {
                told = true;
                host.tell(Event.note("", "waiting for the lock of " + project + ", for " + wait.toSeconds() + " s at most: it is held by " + highest.holder()));
            }
        }
    }

    /** @return whether it is this step's now; else another one was faster */
    private boolean claim(Generation highest, String reason) throws InterruptedException {
        Instant now = docker.ask(Engines.time());
        Generation next = highest.taken(host.caller(), now, now.plus(lease));
        long asked = System.nanoTime();
        add(next);
        List<Generation> all = all();
        boolean won = highest(all).isHeldBy(own);
        if (won) {
            renewedAt = asked;
            removeLower(all);
            if (!reason.isEmpty()) {
                host.tell(Event.warning("", "the lock of " + project + " is taken over from " + highest.holder() + ": " + reason));
            }
            host.tell(Event.note("", "the lock of " + project + " is taken (volume " + next.name() + ")"));
        }
        return won;
    }

    private void confirm(Generation highest) {
        if (isOurs(highest)) {
            return;
        }
        String sentence = "The lock of " + project + " is lost, and nothing more is changed: ";
        if (highest.number() == 0) {
            throw new Failure(sentence + "its volume is gone from the engine, by hand or by docker volume prune. See what else changed the project, and run this again.");
        }
        throw new Failure(sentence + (highest.isFree() ? "another one took and freed it; last it was held by " : "it was taken over by ") + highest.holder()
                + ". See what that build did, and run this again.");
    }

    private boolean isOurs(Generation generation) {
        return generation.isHeldBy(own) || around.stream().anyMatch(generation::isHeldBy);
    }

    private Generation highest() throws InterruptedException {
        return highest(all());
    }

    private Generation highest(List<Generation> all) {
        return all.isEmpty() ? Generation.none(project) : all.get(all.size() - 1);
    }

    private List<Generation> all() throws InterruptedException {
        return Generation.all(project, docker.ask(Volumes.labelled(Generation.LABEL, project, Generation.KEYS)));
    }

    private void add(Generation next) throws InterruptedException {
        docker.change(Volumes.create(next.name(), next.labels()).within(ADDING), line -> {});
    }

    /** Lower ones say nothing any more, whosever they are. */
    private void removeLower(List<Generation> all) throws InterruptedException {
        remove(all.subList(0, Math.max(0, all.size() - 1)));
    }

    private void remove(List<Generation> lower) throws InterruptedException {
        if (!lower.isEmpty()) {
            // What cannot be removed now is so by the next one.
            docker.attempt(Volumes.remove(lower.stream().map(Generation::name).toList()), line -> {});
        }
    }
}
