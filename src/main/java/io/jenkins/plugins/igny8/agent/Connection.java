package io.jenkins.plugins.igny8.agent;

import hudson.remoting.Channel;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The way to the agent. While the agent is away everybody waits here, without limit: the build's own limits and a person decide. */
final class Connection {

    private static final Logger LOGGER = Logger.getLogger(Connection.class.getName());

    /** An agent that starts again takes seconds; looking costs nothing. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Paths that a launcher would paste or expand wrongly, durable-task's own control folder included. */
    private static final String CANNOT_BE_LAUNCHED = "'\"`\\\n\r";

    private final Places places;
    private final String folder;
    private final Consumer<Event> listener;
    private volatile Place last;
    private boolean swept;
    private volatile boolean aborted;

    /** @param folder name of the step's own folder beside the workspace */
    Connection(Places places, String folder, Consumer<Event> listener) {
        this.places = places;
        this.folder = folder;
        this.listener = listener;
    }

    /** Something that may be done again from its beginning when the agent was lost in the middle of it. */
    @FunctionalInterface
    interface Work<T> {
        T at(Place place) throws IOException, InterruptedException;
    }

    /**
     * Does it, again where the agent was lost meanwhile.
     *
     * @param what names it in the {@link Failure}, as in "Cannot <what>"
     */
    <T> T repeat(String what, Work<T> work) throws InterruptedException {
        Place place = current();
        while (true) {
            try {
                return work.at(place);
            } catch (IOException | RuntimeException e) {
                place = regained(what, place, e);
            } catch (InterruptedException e) {
                aborted = true;
                throw e;
            }
        }
    }

    /** The place after the way to it broke; whatever else was the reason is thrown. */
    Place regained(String what, Place place, Exception e) throws InterruptedException {
        if (isInterruption(e)) {
            // Clears the flag, which some of these exceptions leave.
            Thread.interrupted();
            aborted = true;
            throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
        }
        if (isLost(place, e)) {
            pause();
            return fresh();
        }
        if (e instanceof IOException) {
            throw new Failure("Cannot " + what + " on " + name(place) + ": " + e.getMessage(), e);
        }
        throw (RuntimeException) e;
    }

    /** Files of the built-in node are read by this very thread, whose interruption they report in a way of their own. */
    static boolean isInterruption(Exception e) {
        return Thread.currentThread().isInterrupted() || has(e, InterruptedException.class) || has(e, ClosedByInterruptException.class);
    }

    private static boolean isLost(Place place, Exception e) {
        return place.workspace().getChannel() instanceof Channel
                && (closed(place)
                        || has(e, ChannelClosedException.class)
                        || has(e, RequestAbortedException.class)
                        || has(e, ClosedChannelException.class)
                        || has(e, EOFException.class));
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private void pause() throws InterruptedException {
        try {
            Thread.sleep(LOOK_EVERY.toMillis());
        } catch (InterruptedException e) {
            aborted = true;
            throw e;
        }
    }

    static String name(Place place) {
        var computer = place.workspace().toComputer();
        return computer == null || computer.getName().isEmpty() ? "the built-in node" : "the agent " + computer.getName();
    }

    /** From now on nobody waits for an agent that is away. */
    void abort() {
        aborted = true;
    }

    /** The place as last seen; null before the first look. */
    Place last() {
        return last;
    }

    /** The place as last seen, where its agent is still connected. */
    Place current() throws InterruptedException {
        Place place = last;
        return place != null && !closed(place) ? place : fresh();
    }

    /** Asked anew; waits while the agent is away. */
    Place fresh() throws InterruptedException {
        boolean told = false;
        Place place = look();
        while (place == null) {
            if (aborted) {
                throw new InterruptedException("aborted while the agent is away");
            }
            if (!told) {
                listener.accept(Event.note("", "the agent is away: waiting for it to come back"));
                told = true;
            }
            pause();
            place = look();
        }
        if (told) {
            listener.accept(Event.note("", name(place) + " is back"));
        }
        check(place);
        last = place;
        sweep(place);
        return place;
    }

    /** Waits so long at most, even for a step that is aborted; {@link #last} stays null where the agent stays away. */
    void fresh(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        Place place = look();
        while (place == null && System.nanoTime() < until) {
            pause();
            place = look();
        }
        if (place != null) {
            check(place);
            last = place;
        }
    }

    private Place look() throws InterruptedException {
        try {
            Place place = places.now();
            return place == null || closed(place) ? null : place;
        } catch (IOException e) {
            if (isInterruption(e)) {
                aborted = true;
                throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
            }
            // Between being seen and being asked it went away.
            return null;
        } catch (InterruptedException e) {
            aborted = true;
            throw e;
        }
    }

    private synchronized void sweep(Place place) throws InterruptedException {
        if (swept) {
            return;
        }
        swept = true;
        try {
            CommandFolder.parent(place).act(new Leftovers(folder));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "removing leftovers", e);
        }
    }

    private static void check(Place place) {
        if (!place.launcher().isUnix()) {
            throw new Failure("The IGNY8 steps run on Unix agents only, and " + name(place) + " is none: choose another agent.");
        }
        String path = place.workspace().getRemote();
        if (path.chars().anyMatch(c -> CANNOT_BE_LAUNCHED.indexOf(c) >= 0)) {
            throw new Failure("No command can be launched for the workspace " + path
                    + ": its path has a quote, backtick, backslash or line end, which Jenkins' launchers do not carry. Use another"
                    + " folder, for example with ws('…').");
        }
    }

    private static boolean closed(Place place) {
        VirtualChannel channel = place.workspace().getChannel();
        return channel instanceof Channel remote && remote.isClosingOrClosed();
    }
}
