package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.compose.OneService;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Networks;
import io.jenkins.plugins.igny8.docker.Volumes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one service of a project needs to run by itself, beside the project. */
final class Alone {

    /** For Compose's project of such a container: a user's environment may say otherwise, and all others would be orphans there. */
    static final Map<String, String> ENVIRONMENT = Map.of("COMPOSE_REMOVE_ORPHANS", "false", "COMPOSE_IGNORE_ORPHANS", "true");

    private Alone() {}

    /** @param image an image that the engine has */
    static OneService.Surroundings surroundings(OneService one, String image, String project, Docker docker) throws InterruptedException {
        return new OneService.Surroundings(image, networks(one, docker), volumes(one, project, docker));
    }

    private static Set<String> networks(OneService one, Docker docker) throws InterruptedException {
        Set<String> existing = new HashSet<>();
        for (String name : one.ownNetworks()) {
            docker.find(Networks.inspect(name)).ifPresent(network -> existing.add(name));
        }
        return existing;
    }

    /**
     * Those that a first deployment lacks are made here under the project's name, where that needs no options: the container's own
     * project would otherwise be written on them for good.
     */
    private static Set<String> volumes(OneService one, String project, Docker docker) throws InterruptedException {
        Set<String> existing = new HashSet<>();
        for (Map.Entry<String, String> volume : one.ownVolumes().entrySet()) {
            boolean there = docker.find(Volumes.driver(volume.getValue())).isPresent();
            if (!there && !one.isSpecial(volume.getKey())) {
                docker.change(Volumes.createForProject(volume.getValue(), project, volume.getKey()), line -> {});
                there = true;
            }
            if (there) {
                existing.add(volume.getValue());
            }
        }
        return existing;
    }
}
