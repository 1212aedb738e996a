package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Mends what an {@code up} left that was cut while it replaced a container. Compose makes the new one as
 * {@code <12 hex>_name}, stops and removes the old one, then renames; cut before the end, the next {@code up} fails on the name
 * or takes down the old container that still serves.
 */
final class CutUp {

    private static final Pattern TEMPORARY = Pattern.compile("[0-9a-f]{12}_(.+)");

    /** Compose needs milliseconds and the time for stopping the old container, by Docker's default 10 s at most. */
    private static final Duration UNDER_WAY = Duration.ofSeconds(15);

    /** The engine makes a container within tenths of a second, on a busy machine within seconds. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private CutUp() {}

    /**
     * Removes a leftover whose predecessor still exists, renames one whose predecessor is gone (removing it would lose its
     * anonymous volumes). Nothing is started.
     *
     * @return services whose container was renamed; they may never have been started and want to be made anew
     */
    static List<String> repair(String project, Docker docker, Host host) throws InterruptedException {
        List<Container> containers = Deployed.containersOf(project, docker);
        List<String> renamed = new ArrayList<>();
        for (Container leftover : containers) {
            if (!isLeftover(leftover)) {
                continue;
            }
            boolean predecessorLives = containers.stream().anyMatch(other -> other.id().equals(leftover.replaces()));
            if (predecessorLives) {
                docker.change(Containers.removeKeepingVolumes(leftover.id()), line -> {});
                host.tell(Event.warning(leftover.service(), "removed " + leftover.name() + ", left by an interrupted deployment"));
            } else {
                docker.change(Containers.rename(leftover.id(), TEMPORARY.matcher(leftover.name()).replaceFirst("$1")), line -> {});
                renamed.add(leftover.service());
                host.tell(Event.warning(leftover.service(), "renamed " + leftover.name() + ", left by an interrupted deployment"));
            }
        }
        return renamed.stream().distinct().toList();
    }

    /** The same, for one who has just cut it: the engine goes on with what it was asked for, and a container may come only now. */
    static void repairJustCut(String project, Docker docker, Host host) throws InterruptedException {
        long settled = System.nanoTime() + IN_FLIGHT.toNanos();
        repair(project, docker, host);
        while (System.nanoTime() < settled) {
            Thread.sleep(PAUSE.toMillis());
            repair(project, docker, host);
        }
    }

    /**
     * The same as {@link #repair}, for one who has cut nothing: what another deployment is replacing at this moment looks like a leftover, and
     * taking it away would take down both.
     */
    static List<String> repairAbandoned(String project, Docker docker, Host host) throws InterruptedException {
        long giveUp = System.nanoTime() + UNDER_WAY.toNanos();
        boolean told = false;
        while (System.nanoTime() < giveUp && Deployed.containersOf(project, docker).stream().anyMatch(CutUp::isLeftover)) {
            if (!told) {
                host.tell(Event.note("", project + " has containers that are not yet in their place: waiting up to " + UNDER_WAY.toSeconds()
                        + " s for another deployment that may be at it"));
                told = true;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return repair(project, docker, host);
    }

    private static boolean isLeftover(Container container) {
        return !container.replaces().isEmpty() && TEMPORARY.matcher(container.name()).matches();
    }
}
