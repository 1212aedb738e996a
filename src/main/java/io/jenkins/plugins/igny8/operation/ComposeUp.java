package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.UpPlan;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
        try (PrivateFolder folder = host.privateFolder()) {
            return prepared(host, folder).up(start, List.of());
        }
    }

    /** Everything that can be seen to be wrong is refused, and nothing is changed yet. */
    Prepared prepared(Host host, PrivateFolder folder) throws InterruptedException {
        WaitHealthy.refuseNoTime(deadline);
        Compose compose = project.compose(host, folder);
        Docker docker = project.docker(host, folder);
        JsonNode config = docker.ask(compose.config());
        refuseUnknownServices(config);
        options.check(config.path("services"));
        Pins pins = Pins.of(config, ImagesOfBuild.orGiven(images, host));
        Map<String, String> expected = pins.establish(docker);
        MountedCode mounted = MountedCode.of(code, config, started(config), expected, docker, host);
        JsonNode decided = mounted.decided(config);
        UnseenFiles.refuse(decided, started(config), project, docker, host, folder);
        mounted.compare();
        InfraOfBuild.askAgain(config, docker, host);
        return new Prepared(
                docker, host, compose, overridden(compose, pins, mounted.overrideFile(decided), folder), decided, pins, expected, mounted);
    }

    /** What was read and found to be right, ready for the change. */
    final class Prepared {
        final Docker docker;
        final Compose written;
        final JsonNode config;
        final Pins pins;
        private final Host host;
        private final Compose pinned;
        private final Map<String, String> expected;
        private final MountedCode mounted;

        private Prepared(
                Docker docker, Host host, Compose written, Compose pinned, JsonNode config, Pins pins, Map<String, String> expected, MountedCode mounted) {
            this.docker = docker;
            this.host = host;
            this.written = written;
            this.pinned = pinned;
            this.config = config;
            this.pins = pins;
            this.expected = expected;
            this.mounted = mounted;
        }

        /** The ID of the image that each service is to run of which this build decides. */
        Map<String, String> expected() {
            return expected;
        }

        /** Images that are not here yet, and of which this build does not decide. */
        AbsentImages absent() throws InterruptedException {
            return AbsentImages.of(config, started(config), pins, docker);
        }

        /** What {@link #up} would do now. */
        UpPlan plan(List<String> first) throws InterruptedException {
            return new ProjectUp(project.name(), deadline, options).plan(pinned, services, first, started(config), config, docker);
        }

        /** @param first those that are replaced by themselves before the rest, see {@link ReplacedFirst} */
        Started up(long start, List<String> first) throws InterruptedException {
            pins.images().forEach((service, image) -> host.tell(Event.note(service, "runs " + image.pin())));
            List<Container> before = code == CodeTruth.HOST ? Deployed.containersOf(project.name(), docker) : List.of();
            new ProjectUp(project.name(), deadline, options).run(pinned, services, first, docker, host);
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
