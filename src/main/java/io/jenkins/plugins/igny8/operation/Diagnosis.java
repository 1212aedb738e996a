package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with a container, for a person: one sentence, and the lines from which to see why. */
final class Diagnosis {

    /** Enough for a Python traceback with what led to it. */
    private static final int LAST_LINES = 25;

    /** Docker keeps five; the last two show whether it is always the same. */
    private static final int LAST_CHECKS = 2;

    /** How the kernel refuses a program. */
    private static final String OTHER_PLATFORM = "exec format error";

    private static final String NO_PROGRAM_FOR_IT =
            " The engine's machine cannot run its program: the image is one of another platform, or a script in it does not begin with #!.";

    private Diagnosis() {}

    /** Whether a container by itself needs no further waiting to be called a failure's cause. */
    static boolean isTrouble(Container container) {
        // The verdict of one that has ended speaks of another day.
        return (container.running() && container.health().equals("unhealthy"))
                || container.state().equals("restarting")
                || container.state().equals("dead")
                || (container.state().equals("exited") && container.exitCode() != 0)
                || !container.error().isEmpty();
    }

    /** In a few words what state a container is in. */
    static String stateOf(Container container) {
        if (!container.error().isEmpty()) {
            return "could not be started: " + container.whyNotStarted();
        }
        switch (container.state()) {
            case "created":
                return "was not started";
            case "restarting":
                return restarts(container);
            case "exited":
                return container.exitCode() == 0 ? "has stopped" : "has ended with exit code " + container.exitCode();
            case "running":
                if (container.restartCount() > 0 && !container.health().equals("healthy")) {
                    return restarts(container);
                }
                if (container.health().equals("starting")) {
                    return "is not healthy yet" + lastCheck(container);
                }
                return container.health().equals("unhealthy") ? "is unhealthy" + lastCheck(container) : "runs";
            default:
                return "is " + container.state();
        }
    }

    private static String restarts(Container container) {
        return "restarts again and again (" + container.restartCount() + " times"
                // While it runs once more, the engine says 0.
                + (container.running() ? "" : ", last exit code " + container.exitCode()) + ")";
    }

    private static String lastCheck(Container container) {
        if (container.healthLog().isEmpty()) {
            return " (its health check has not run yet)";
        }
        var check = container.healthLog().get(container.healthLog().size() - 1);
        String output = check.output().lines().reduce((first, second) -> second).orElse("it wrote nothing");
        return " (last health check: exit code " + check.exitCode() + ", " + output + ")";
    }

    /** The services that do not start before this one is as they want it. */
    static List<String> waitingFor(Container blocking, List<Container> containers) {
        return containers.stream()
                .filter(other -> other.dependsOn().containsKey(blocking.service()) && !other.running())
                .map(Container::title)
                .distinct()
                .toList();
    }

    /** The sentence, after telling the host what a person will want to see: health log and last lines. */
    static String tell(Container container, List<Container> all, Docker docker, Host host) throws InterruptedException {
        String title = container.title();
        List<String> waiting = waitingFor(container, all);
        String sentence = title + " (container " + container.name() + ") " + stateOf(container) + portHolders(container, docker)
                + (waiting.isEmpty() ? "" : "; waiting for it: " + String.join(", ", waiting));
        host.tell(Event.warning(title, sentence));
        int checks = container.healthLog().size();
        container.healthLog().subList(Math.max(0, checks - LAST_CHECKS), checks).forEach(check -> host.tell(Event.line(
                title, "health check of " + check.start() + ": exit code " + check.exitCode() + ": " + check.output())));
        Answer logs = docker.answer(Containers.logs(container.id(), LAST_LINES));
        String lines = Stream.concat(logs.out().lines(), logs.err().lines()).sorted().collect(Collectors.joining("\n"));
        lines.lines().forEach(line -> host.tell(Event.line(title, line)));
        return sentence + "." + (lines.isBlank() ? "" : " See its last lines above.") + (lines.contains(OTHER_PLATFORM) ? NO_PROGRAM_FOR_IT : "");
    }

    /** Who has the port, where it is a container: what else listens there, the engine does not know. */
    private static String portHolders(Container container, Docker docker) throws InterruptedException {
        List<String> names = new ArrayList<>();
        if (container.takenPort().isPresent()) {
            for (String id : docker.ask(Containers.publishing(container.takenPort().get()))) {
                docker.find(Containers.inspect(id)).map(Container::name).ifPresent(names::add);
            }
        }
        return names.isEmpty() ? "" : "; it is published by " + String.join(", ", names);
    }
}
