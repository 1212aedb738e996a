package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.docker.UpPlan;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.host.Sha256;
import io.jenkins.plugins.igny8.release.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings a project back to a release that stood before: its compose files with its images, and nothing counts as done before it was
 * seen healthy on them.
 *
 * @param up how the project is brought up: its variables, time limit and options
 * @param healthy how it is waited for
 */
record Restore(ComposeUp up, WaitHealthy healthy) {

    /**
     * A release made ready to be run again; nothing has been changed yet.
     *
     * @param services those that its compose files have
     * @param up with as many containers of each as there were
     */
    record Ready(Release release, Compose compose, Docker docker, JsonNode config, List<String> services, ProjectUp up) {

        /** What going back would do now. */
        UpPlan plan(RunningStack now) throws InterruptedException {
            return up.plan(compose, services, replacedFirst(now), services, config, docker);
        }

        List<String> replacedFirst(RunningStack now) {
            Map<String, String> imageIds = release.services().stream().collect(Collectors.toMap(Release.Service::name, Release.Service::imageId));
            imageIds.keySet().retainAll(services);
            return ReplacedFirst.of(now.onOtherImages(imageIds), now.services(), config);
        }
    }

    /**
     * Looks whether all that a release needs is there.
     *
     * @param today the compose files of the workspace, for a release that was kept without its own
     * @throws Failure with all that is missing
     */
    Ready prepared(Release release, Compose today, Docker docker, Host host, PrivateFolder folder) throws InterruptedException {
        Map<String, String> leftOut = new LinkedHashMap<>();
        Compose compose = compose(release, today, host, folder, leftOut);
        Docker knowing = docker.with(leftOut);
        List<String> problems = new ArrayList<>();
        List<String> scale = new ArrayList<>();
        Map<String, Object> pins = new LinkedHashMap<>();
        Map<String, String> imageIds = new LinkedHashMap<>();
        JsonNode config = knowing.ask(compose.config());
        for (Release.Service service : release.services()) {
            if (!config.path("services").has(service.name())) {
                if (!release.files().isEmpty() || runs(service, release.project(), knowing)) {
                    // It ran beside what its files said then, or still does: nobody takes such a container away.
                    host.tell(Event.note(service.name(), "is in release " + release.number() + ", but not in its compose files, and is left as it is"));
                    continue;
                }
                problems.add("Release " + release.number() + " has the service " + service.name() + ", which the compose files of the workspace lack: check out its commit.");
                continue;
            }
            scale.add(service.name() + "=" + service.containers());
            Optional<String> pin = pin(service, knowing);
            if (pin.isEmpty()) {
                problems.add("The image of the service " + service.name() + " of release " + release.number() + ", " + service.image() + " (" + service.imageId()
                        + "), is not on this engine any more: pull or load it (igny8Pull, igny8Load).");
            } else {
                imageIds.put(service.name(), service.imageId());
                pins.put(service.name(), Map.of("image", pin.get(), "pull_policy", "never"));
            }
        }
        Problems.refuse(problems);
        Compose pinned = compose.and(written(folder, release, "pins.json", Json.write(Map.of("services", pins))));
        MountedCode mounted = MountedCode.of(CodeTruth.of(release.code()), config, imageIds.keySet(), imageIds, knowing, host);
        JsonNode decided = mounted.decided(config);
        mounted.compare();
        Optional<String> unmounted = mounted.overrideFile(decided);
        if (unmounted.isPresent()) {
            pinned = pinned.and(written(folder, release, "code.yml", unmounted.get()));
        }
        ProjectUp change = new ProjectUp(release.project(), up.deadline(), up.options().scaled(scale));
        return new Ready(release, pinned, knowing, decided, List.copyOf(imageIds.keySet()), change);
    }

    private static boolean runs(Release.Service service, String project, Docker docker) throws InterruptedException {
        return Deployed.containersOf(project, docker).stream()
                .anyMatch(one -> one.service().equals(service.name()) && one.imageId().equals(service.imageId()));
    }

    private static String written(PrivateFolder folder, Release release, String name, String text) {
        String file = "release-" + release.number() + "-" + name;
        folder.write(file, text);
        return folder.path(file);
    }

    private Compose compose(Release release, Compose today, Host host, PrivateFolder folder, Map<String, String> leftOut) {
        if (release.files().isEmpty()) {
            return today;
        }
        Folder workspace = host.workspace();
        List<String> paths = new ArrayList<>();
        ReleaseFiles kept = ReleaseFiles.of(release);
        leftOut.putAll(kept.valuesOfToday(up.project().files(), workspace));
        List<String> missing = release.leftOut().stream().filter(variable -> !leftOut.containsKey(variable)).toList();
        if (!missing.isEmpty()) {
            throw new Failure("Release " + release.number() + " had " + missing.size() + " values written into its compose files that are not kept ("
                    + String.join(", ", missing) + "): check out its commit, which has them.");
        }
        Map<String, String> variables = new LinkedHashMap<>(up.project().values(host));
        variables.putAll(leftOut);
        // The folder is the same after an interruption, and no other step has it.
        String mark = "igny8-" + release.project() + "-" + release.number() + "-" + Sha256.of(folder.path()).substring(0, 8);
        for (String text : kept.laid(mark, variables, workspace, folder)) {
            paths.add(written(folder, release, paths.size() + ".yml", text));
        }
        String base = Paths.folder(workspace.path(release.files().get(0).path()));
        return new Compose(release.project(), paths, release.profiles(), today.envFile(), base);
    }

    /** The text by which the release named the image, where that still is this image; else a tag of our own. */
    private static Optional<String> pin(Release.Service service, Docker docker) throws InterruptedException {
        if (docker.find(Images.inspect(service.image())).filter(image -> image.id().equals(service.imageId())).isPresent()) {
            return Optional.of(service.image());
        }
        if (docker.find(Images.inspect(service.imageId())).isEmpty()) {
            return Optional.empty();
        }
        ImageReference pin = BuiltImage.localPin(service.image(), service.imageId());
        docker.change(Images.tag(service.imageId(), pin), line -> {});
        return Optional.of(pin.toString());
    }

    /**
     * The change itself.
     *
     * @param foreign services that were there before the release failed, and are no part of it: they stay
     * @throws Failure where it is not healthy on its images
     */
    List<Container> run(Ready ready, Set<String> foreign, Host host) throws InterruptedException {
        String project = ready.release().project();
        Docker docker = ready.docker();
        List<String> services = ready.services();
        ready.up().run(ready.compose(), services, ready.replacedFirst(RunningStack.of(project, docker)), docker, host);
        for (Container container : Deployed.containersOf(project, docker)) {
            if (!services.contains(container.service()) && !foreign.contains(container.service())) {
                host.tell(Event.note(container.title(), "removes " + container.name() + ", which release " + ready.release().number() + " does not have"));
                Leftovers.remove(container.name(), docker, host);
            }
        }
        new WaitHealthy(project, services, healthy.probes(), healthy.deadline(), healthy.settle()).run(host);
        List<Container> containers = Deployed.containersOf(project, docker);
        for (Release.Service service : ready.release().services()) {
            for (Container container : containers) {
                if (services.contains(service.name()) && container.service().equals(service.name()) && !container.imageId().equals(service.imageId())) {
                    throw new Failure("The container " + container.name() + " runs the image " + container.imageId() + " instead of " + service.imageId()
                            + ", which release " + ready.release().number() + " had: look who else changes " + project + ".");
                }
            }
        }
        return containers;
    }
}
