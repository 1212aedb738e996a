package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.docker.UpPlan;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code up} of a project that ends: what an interrupted one left is mended first, and a failure comes with its diagnosis.
 *
 * @param project Compose's project name
 * @param deadline the longest time it may take
 */
record ProjectUp(String project, Duration deadline, UpOptions options) {

    private static final Pattern PULL_FAILED = Pattern.compile("\\s*(\\S+) (?:Error|Warning) (?!response from daemon).+");

    /**
     * @param services only these and what they depend on; empty: all
     * @param first those that are replaced by themselves before the rest, see {@link ReplacedFirst}; mostly none
     * @throws Failure with the containers that block
     * @throws InterruptedException after what was cut is mended and what is left is said
     */
    void run(Compose compose, List<String> services, List<String> first, Docker docker, Host host) throws InterruptedException {
        List<String> toMakeAnew = CutUp.repairAbandoned(project, docker, host);
        try {
            if (!toMakeAnew.isEmpty()) {
                change(compose, options.repair(toMakeAnew), docker, host);
            }
            if (!first.isEmpty()) {
                change(compose, options.alone(first), docker, host);
            }
            change(compose, options.up(services), docker, host);
        } catch (CommandFailed e) {
            if (e.exitCode() == Host.OVERDUE) {
                CutUp.repairJustCut(project, docker, host);
            } else if (!e.nameTaken()) {
                // Else somebody deploys at this moment, and what looks left is what he is making.
                CutUp.repair(project, docker, host);
            }
            throw diagnosed(e, docker, host);
        } catch (InterruptedException e) {
            host.tell(Event.warning("", "interrupted while Compose changed " + project + "; what is left:"));
            CutUp.repairJustCut(project, docker, host);
            for (Container container : Deployed.containersOf(project, docker)) {
                host.tell(Event.note(container.title(), container.name() + " is " + container.state() + ", runs " + container.image()));
            }
            throw e;
        }
    }

    /**
     * What {@link #run} would do now.
     *
     * @param all the services and what they depend on
     */
    UpPlan plan(Compose compose, List<String> services, List<String> first, Collection<String> all, JsonNode config, Docker docker)
            throws InterruptedException {
        List<String> stopped = Deployed.containersOf(project, docker).stream()
                .filter(one -> !one.running() && config.path("services").has(one.service()) && !hasDoneItsWork(one, config))
                .map(Container::name)
                .toList();
        if (first.isEmpty()) {
            return UpPlan.of(docker.answer(compose.plan(options.up(services))), stopped);
        }
        List<String> rest = all.stream().filter(service -> !first.contains(service)).toList();
        UpPlan before = UpPlan.of(docker.answer(compose.plan(options.alone(first))), stopped);
        return before.and(UpPlan.of(docker.answer(compose.plan(options.alone(rest))), stopped));
    }

    /** Of what others wait to end, that is the state in which it belongs. */
    private static boolean hasDoneItsWork(Container container, JsonNode config) {
        return container.state().equals("exited")
                && container.exitCode() == 0
                && Json.elements(config.path("services"))
                        .map(service -> service.path("depends_on").path(container.service()).path("condition").asText())
                        .anyMatch("service_completed_successfully"::equals);
    }

    private void change(Compose compose, Compose.Up up, Docker docker, Host host) throws InterruptedException {
        docker.change(compose.up(up).within(deadline), line -> host.tell(Event.line("compose", line)));
    }

    /** Compose says that a dependency failed, or nothing at all; a person wants to know which container blocks, and why. */
    private Failure diagnosed(CommandFailed failed, Docker docker, Host host) throws InterruptedException {
        List<Container> containers = Deployed.containersOf(project, docker);
        List<Container> blocking = containers.stream().filter(Diagnosis::isTrouble).toList();
        boolean overdue = failed.exitCode() == Host.OVERDUE;
        if (blocking.isEmpty() && overdue) {
            blocking = containers.stream().filter(one -> !Diagnosis.waitingFor(one, containers).isEmpty()).toList();
        }
        List<String> problems = new ArrayList<>();
        for (Container container : blocking) {
            problems.add(Diagnosis.tell(container, containers, docker, host));
        }
        if (problems.isEmpty() || (failed.saidByEngine() && blocking.stream().allMatch(one -> one.error().isEmpty()))) {
            // What ended on another day did not keep the engine from doing what it refused now.
            problems.add(0, imageMissing(failed) + failed.getMessage());
        }
        CollectLogs.afterFailure(project, docker, host);
        return new Failure("The project " + project + " is not up" + (overdue ? " after " + deadline.toSeconds() + " s" : "") + ": "
                + String.join("\n", problems));
    }

    /** Compose looks for what the engine lacks in a registry, and tells of that one alone; where it could build, as a warning. */
    private static String imageMissing(CommandFailed failed) {
        return failed.lines().stream()
                .map(PULL_FAILED::matcher)
                .filter(Matcher::matches)
                .map(line -> "the image of the service " + line.group(1) + " is not on this engine and could not be pulled, so build it or pull it"
                        + " first (igny8Build, igny8Pull): ")
                .findFirst()
                .orElse("");
    }
}
