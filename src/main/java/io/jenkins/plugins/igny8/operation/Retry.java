package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.DockerCommand;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.List;

/** Pushes and pulls again where the registry did not serve; what a registry refuses, it refuses again. */
record Retry(Docker docker, Host host) {

    /** Before the second and the third attempt: a registry that restarts is mostly back by then. */
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    /** @param title of the image, for the log */
    void change(DockerCommand.Change change, String title) throws InterruptedException {
        for (Duration pause : PAUSES) {
            try {
                attempt(change, title);
                return;
            } catch (CommandFailed e) {
                if (!e.mayPass()) {
                    throw e;
                }
                host.tell(Event.warning(title, e.getMessage()));
                host.tell(Event.note(title, "trying again in " + pause.toSeconds() + " s"));
                Thread.sleep(pause.toMillis());
            }
        }
        attempt(change, title);
    }

    private void attempt(DockerCommand.Change change, String title) throws InterruptedException {
        docker.change(change, line -> {
            if (!RegistryPlace.passing(line)) {
                host.tell(Event.line(title, line));
            }
        });
    }
}
