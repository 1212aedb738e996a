package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;

/** Takes away what an operation made for itself, in its {@code finally}: after an abort too, and without hiding why it ended. */
final class Leftovers {

    private Leftovers() {}

    /** Removes a container by its name, running or not; nothing happens where there is none. */
    static void remove(String container, Docker docker, Host host) {
        // An abort may have left the thread's interrupt flag set; the command would end at once.
        boolean interrupted = Thread.interrupted();
        try {
            if (!docker.ask(Containers.named(container)).isEmpty()) {
                docker.change(Containers.remove(container), line -> {});
            }
        } catch (Failure e) {
            host.tell(Event.warning("", "the container " + container + " is left on the engine: " + e.getMessage()));
        } catch (InterruptedException e) {
            interrupted = true;
            host.tell(Event.warning("", "the container " + container + " may be left on the engine: docker rm -f " + container));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Removes a folder of the workspace with all in it; nothing happens where there is none. */
    static void delete(String folder, Folder workspace, Host host) {
        boolean interrupted = Thread.interrupted();
        try {
            workspace.delete(folder);
        } catch (RuntimeException e) {
            host.tell(Event.warning("", "the folder " + folder + " is left in the workspace: " + e.getMessage()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
