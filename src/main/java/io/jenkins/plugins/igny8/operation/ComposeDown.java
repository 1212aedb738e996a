package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Volumes;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code docker compose down}: stops and removes a project's containers and networks, dependents first. It goes by what the
 * engine has of the project and needs no compose file, so that a stack can be taken away whatever became of its file.
 *
 * @param project Compose's project name
 * @param volumes remove its named volumes too, and with them its data
 * @param grace how long each container gets to end by itself; null: what its compose file said, else ten seconds
 * @param deadline the longest time that all of it may take
 */
public record ComposeDown(String project, boolean volumes, Duration grace, Duration deadline) implements Operation<ComposeDown.Removed> {

    /** Stopping takes ten seconds at most for a container that does not listen, one after another where they depend on each other. */
    public static final Duration DEADLINE = Duration.ofSeconds(300);

    /** Else Compose would read a file that happens to lie in the workspace, and want its variables. */
    private static final Map<String, String> NO_FILE = Map.of("COMPOSE_FILE", "");

    /**
     * What was taken away.
     *
     * @param containers names of the project's containers, sorted
     * @param volumes names of its volumes; empty unless they were to go
     */
    public record Removed(String project, List<String> containers, List<String> volumes, double seconds) {}

    @Override
    public Removed run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        ComposeProject.checkedName(project);
        WaitHealthy.refuseNoTime(deadline);
        refuseNegativeGrace(grace);
        Docker docker = new Docker(host).with(NO_FILE);
        List<String> containers = names(docker);
        List<String> doomed = volumes ? docker.ask(Volumes.ofProject(project)) : List.of();
        if (containers.isEmpty()) {
            // No failure: what is to be gone is gone. Networks and volumes may still be there.
            host.tell(Event.note("", "the project " + project + " has no containers on this engine"));
        }
        if (!doomed.isEmpty()) {
            host.tell(Event.warning("", "the data of " + project + " goes with its volumes: " + String.join(", ", doomed)));
        }
        try {
            docker.change(Compose.of(project).down(grace, volumes).within(deadline), line -> host.tell(Event.line("compose", line)));
        } catch (InterruptedException | Failure e) {
            host.tell(Event.warning("", project + " is not all gone; left are: " + left(docker)));
            throw e;
        }
        List<String> left = names(docker);
        if (!left.isEmpty()) {
            throw new Failure("The project " + project + " still has containers on this engine (" + left(docker) + "): look who starts them, and run"
                    + " this again.");
        }
        return new Removed(project, containers, doomed, BuiltImage.secondsSince(start));
    }

    static void refuseNegativeGrace(Duration grace) {
        if (grace != null && grace.isNegative()) {
            throw new Failure("'grace' is " + grace.toSeconds() + " s: give the seconds that containers have to end by themselves, 0 or more.");
        }
    }

    private List<String> names(Docker docker) throws InterruptedException {
        return Deployed.containersOf(project, docker).stream().map(Container::name).sorted().toList();
    }

    private String left(Docker docker) throws InterruptedException {
        List<Container> containers = Deployed.containersOf(project, docker);
        return containers.isEmpty()
                ? "no containers, perhaps networks or volumes"
                : containers.stream().map(one -> one.name() + " (" + one.state() + ")").collect(Collectors.joining(", "));
    }
}
