package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Host;
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
            var name = TEMPORARY.matcher(leftover.name());
            if (leftover.replaces().isEmpty() || !name.matches()) {
                continue;
            }
            boolean predecessorLives = containers.stream().anyMatch(other -> other.id().equals(leftover.replaces()));
            if (predecessorLives) {
                docker.change(Containers.removeKeepingVolumes(leftover.id()), line -> {});
                host.tell(Event.warning(leftover.service(), "removed " + leftover.name() + ", left by an interrupted deployment"));
            } else {
                docker.change(Containers.rename(leftover.id(), name.group(1)), line -> {});
                renamed.add(leftover.service());
                host.tell(Event.warning(leftover.service(), "renamed " + leftover.name() + ", left by an interrupted deployment"));
            }
        }
        return renamed.stream().distinct().toList();
    }
}
