package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.compose.OneService;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.time.Duration;
import java.util.List;

/**
 * The new release's service once beside the old one, under another name and without ports, until it is healthy: a release that cannot
 * start costs no request then.
 *
 * @param deadline the longest time it may take to get healthy
 * @param settle how long it must have run where it has no health check
 */
record Candidate(String project, String service, Duration deadline, Duration settle) {

    /** A project of its own: of the application's, all running containers would be orphans. */
    private static final String SUFFIX = "-candidate";

    /**
     * @param config the merged files as they are to run
     * @param image what it is to run
     * @throws Failure where it is not healthy; its last lines and health log are told and collected
     */
    void run(JsonNode config, String image, Docker docker, Host host, PrivateFolder folder) throws InterruptedException {
        String name = project + SUFFIX;
        OneService one = OneService.of(config, service);
        folder.write("candidate.json", one.candidate(Alone.surroundings(one, image, project, docker)));
        Compose compose = Compose.of(name, folder.path("candidate.json"));
        try {
            remove(name, docker, host);
            host.tell(Event.note(service, "a candidate of the new release starts beside the old one"));
            new ProjectUp(name, deadline, UpOptions.NONE).run(compose, List.of(), List.of(), docker.with(Alone.ENVIRONMENT), host);
            new WaitHealthy(name, List.of(), List.of(), deadline, settle).run(host, Readiness.ofCandidate(settle));
        } catch (Failure e) {
            throw new Failure("The candidate of " + service + " did not get healthy, so nothing was switched. " + e.getMessage());
        } finally {
            remove(name, docker, host);
        }
    }

    private static void remove(String project, Docker docker, Host host) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            for (Container container : Deployed.containersOf(project, docker)) {
                Leftovers.remove(container.name(), docker, host);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
