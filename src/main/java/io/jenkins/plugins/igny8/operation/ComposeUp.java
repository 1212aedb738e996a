package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code docker compose up -d} that ends: within a time limit, with the very images of this build, and with a diagnosis when
 * it fails. What an interrupted one left is mended first.
 *
 * @param project which project
 * @param services only these and what they depend on; empty: all
 * @param images the images of this build to run; empty: what earlier steps made
 * @param deadline the longest time {@code up} may take; Compose itself waits for health checks without limit
 * @param options how {@code up} works
 * @param code what holds where a folder of the engine's machine covers an image's code
 */
public record ComposeUp(
        ComposeProject project, List<String> services, List<BuiltImage> images, Duration deadline, UpOptions options, CodeTruth code)
        implements Operation<ComposeUp.Started> {

    /** Enough for a backend that waits for its database; igny8WaitHealthy has the same. */
    public static final Duration DEADLINE = Duration.ofSeconds(300);

    private static final Pattern PULL_FAILED = Pattern.compile("\\s*(\\S+) (?:Error|Warning) (?!response from daemon).+");

    public ComposeUp {
        services = List.copyOf(services);
        images = List.copyOf(images);
    }

    /**
     * What is up.
     *
     * @param containers all of the project, stopped ones too, sorted by service and name
     * @param code folders of the engine's machine that cover an image's code
     * @param restarted names of the containers that were started anew because such a folder changed
     */
    public record Started(String project, List<Deployed.One> containers, List<HeldCode> code, List<String> restarted, double seconds) {}

    @Override
    public Started run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        WaitHealthy.refuseNoTime(deadline);
        try (PrivateFolder folder = host.privateFolder()) {
            Compose compose = project.compose(host, folder);
            Docker docker = project.docker(host, folder);
            JsonNode config = docker.ask(compose.config());
            refuseUnknownServices(config);
            options.check(config.path("services"));
            Pins pins = Pins.of(config, ImagesOfBuild.orGiven(images, host));
            Map<String, String> expected = pins.establish(docker);
            MountedCode mounted = MountedCode.of(code, config, started(config), expected, docker, host);
            JsonNode decided = mounted.decided(config);
            UnseenFiles.refuse(decided, started(config), project.files(), docker, host, folder);
            mounted.compare();
            InfraOfBuild.askAgain(config, docker, host);
            pins.images().forEach((service, image) -> host.tell(Event.note(service, "runs " + image.pin())));
            List<Container> before = code == CodeTruth.HOST ? Deployed.containersOf(project.name(), docker) : List.of();
            up(overridden(compose, pins, mounted.overrideFile(decided), folder), docker, host);
            List<Container> containers = Deployed.containersOf(project.name(), docker);
            List<String> restarted = mounted.restartOutdated(before, containers);
            if (!restarted.isEmpty()) {
                containers = Deployed.containersOf(project.name(), docker);
            }
            refuseOtherImages(containers, expected);
            return new Started(
                    project.name(), containers.stream().map(Deployed.One::of).toList(), mounted.result(), restarted, BuiltImage.secondsSince(start));
        }
    }

    private static Compose overridden(Compose compose, Pins pins, Optional<String> unmounted, PrivateFolder folder) {
        Compose overridden = compose;
        if (!pins.none()) {
            folder.write("pins.json", pins.overrideFile());
            overridden = overridden.and(folder.path("pins.json"));
        }
        if (unmounted.isPresent()) {
            folder.write("code.yml", unmounted.get());
            overridden = overridden.and(folder.path("code.yml"));
        }
        return overridden;
    }

    private Set<String> started(JsonNode config) {
        if (!services.isEmpty()) {
            return options.noDeps() ? Set.copyOf(services) : UnseenFiles.withDependencies(services, config);
        }
        return all(config);
    }

    private static Set<String> all(JsonNode config) {
        Set<String> all = new TreeSet<>();
        config.path("services").fieldNames().forEachRemaining(all::add);
        return all;
    }

    private void up(Compose compose, Docker docker, Host host) throws InterruptedException {
        List<String> toMakeAnew = CutUp.repairAbandoned(project.name(), docker, host);
        try {
            if (!toMakeAnew.isEmpty()) {
                change(compose, options.repair(toMakeAnew), docker, host);
            }
            change(compose, options.up(services), docker, host);
        } catch (CommandFailed e) {
            if (!e.nameTaken()) {
                // Else somebody deploys at this moment, and what looks left is what he is making.
                CutUp.repair(project.name(), docker, host);
            }
            throw diagnosed(e, docker, host);
        } catch (InterruptedException e) {
            host.tell(Event.warning("", "interrupted while Compose changed " + project.name() + "; what is left:"));
            CutUp.repair(project.name(), docker, host);
            for (Container container : Deployed.containersOf(project.name(), docker)) {
                host.tell(Event.note(container.title(), container.name() + " is " + container.state() + ", runs " + container.image()));
            }
            throw e;
        }
    }

    private void change(Compose compose, Compose.Up up, Docker docker, Host host) throws InterruptedException {
        docker.change(compose.up(up).within(deadline), line -> host.tell(Event.line("compose", line)));
    }

    /** Compose says that a dependency failed, or nothing at all; a person wants to know which container blocks, and why. */
    private Failure diagnosed(CommandFailed failed, Docker docker, Host host) throws InterruptedException {
        List<Container> containers = Deployed.containersOf(project.name(), docker);
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
        CollectLogs.afterFailure(project.name(), docker, host);
        return new Failure("The project " + project.name() + " is not up" + (overdue ? " after " + deadline.toSeconds() + " s" : "") + ": "
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

    private void refuseUnknownServices(JsonNode config) {
        Set<String> known = all(config);
        for (String service : services) {
            if (!known.contains(service)) {
                throw new Failure("The compose file has no service '" + service + "' (known: " + String.join(", ", known)
                        + "): check 'services' and 'profiles'.");
            }
        }
    }

    /** The proof that what was asked for is what runs: the engine's own word for each container. */
    private void refuseOtherImages(List<Container> containers, Map<String, String> expected) {
        for (Container container : containers) {
            String wanted = expected.get(container.service());
            boolean selected = services.isEmpty() || services.contains(container.service());
            if (wanted != null && selected && !wanted.equals(container.imageId())) {
                throw new Failure("The container " + container.name() + " runs the image " + container.imageId() + " instead of " + wanted
                        + ", which this build made: run igny8ComposeUp again, and look who else changes " + project.name() + ".");
            }
        }
    }
}
