package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import java.util.Comparator;
import java.util.List;

/**
 * The containers of a project at one moment.
 *
 * @param project Compose's project name
 * @param containers all of them, stopped ones too, sorted by service and name
 * @param seconds how long the operation took that returns this
 */
public record Deployed(String project, List<One> containers, double seconds) {

    /**
     * One container.
     *
     * @param id the engine's ID, 64 hexadecimal digits
     * @param image what the compose file called the image
     * @param imageId {@code sha256:…}: what really runs
     * @param state {@code created}, {@code running}, {@code restarting}, {@code exited}, …
     * @param health {@code healthy}, {@code unhealthy}, {@code starting}, or {@code none} without health check
     * @param exitCode of its last end; 0 while it has not ended
     */
    public record One(
            String service, String name, String id, String image, String imageId, String state, String health, int exitCode) {
        static One of(Container container) {
            return new One(
                    container.service(),
                    container.name(),
                    container.id(),
                    container.image(),
                    container.imageId(),
                    container.state(),
                    container.health(),
                    container.exitCode());
        }
    }

    static Deployed of(String project, List<Container> containers, long start) {
        return new Deployed(
                project, containers.stream().map(One::of).toList(), BuiltImage.secondsSince(start));
    }

    /** The project's containers now, without those of {@code compose run}. */
    static List<Container> containersOf(String project, Docker docker) throws InterruptedException {
        List<String> ids = docker.ask(Containers.labelled(Containers.ofProject(project)));
        return described(ids, docker).stream()
                .filter(container -> !container.oneOff())
                .sorted(Comparator.comparing(Container::service).thenComparing(Container::name))
                .toList();
    }

    /** One that vanishes between the two questions is left out; the engine may also list for ever what it no longer has. */
    static List<Container> described(List<String> ids, Docker docker) throws InterruptedException {
        return docker.findAll(ids, Containers::inspect, Containers::inspect);
    }
}
