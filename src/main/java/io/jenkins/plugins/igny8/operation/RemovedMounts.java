package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * The mounts of code: every folder and file of the engine's machine below the root of the code, and wherever else {@link MountedCode}
 * finds that a folder covers what an image brings.
 */
final class RemovedMounts {

    private final JsonNode config;
    private final String codeRoot;
    private final Docker docker;
    private final Host host;
    private final List<Found> found = new ArrayList<>();

    /** One mount: the number that it has in its service, from 0, and the image that the service runs. */
    private record Found(int number, String image, Render.RemovedMount mount) {}

    /**
     * @param config what the files mean, with the images that are to run
     * @param codeRoot an absolute path; null: there is none
     */
    RemovedMounts(JsonNode config, String codeRoot, Docker docker, Host host) {
        this.config = config;
        this.codeRoot = codeRoot;
        this.docker = docker;
        this.host = host;
    }

    private static boolean isBind(JsonNode volume) {
        return volume.path("type").asText().equals("bind");
    }

    private boolean isBelowRoot(JsonNode volume) {
        return codeRoot != null && isBind(volume) && Paths.isWithin(Paths.resolved("/", volume.path("source").asText()), codeRoot);
    }

    /** Whether the service has a mount of which only its image can tell whether it covers code. */
    boolean needsImage(String service) {
        for (JsonNode volume : config.path("services").path(service).path("volumes")) {
            if (isBind(volume) && !isBelowRoot(volume)) {
                return true;
            }
        }
        return false;
    }

    /** @param imageIds what services run that an image of this build is for, as far as this engine has it */
    void look(Map<String, String> imageIds) throws InterruptedException {
        WrittenFiles.services(config).forEach((name, service) -> add(name, service, imageIds.get(name), this::isBelowRoot));
        List<Found> below = whatImagesHave(List.copyOf(found));
        found.clear();
        found.addAll(below);
        below.forEach(this::tell);
        JsonNode rest = withoutRoot();
        MountedCode mounted = MountedCode.of(
                CodeTruth.IMAGE, rest, WrittenFiles.services(rest).keySet(), imageIds, docker, host);
        mounted.decided(rest);
        for (HeldCode held : mounted.result()) {
            held.services().forEach(service -> add(service, config.path("services").path(service), null,
                    volume -> isBind(volume) && !isBelowRoot(volume) && CodeMount.target(volume).equals(held.target())));
        }
    }

    private void add(String name, JsonNode service, String imageId, Predicate<JsonNode> taken) {
        int number = 0;
        for (JsonNode volume : service.path("volumes")) {
            if (taken.test(volume)) {
                String image = imageId == null ? service.path("image").asText() : imageId;
                found.add(new Found(number, image, new Render.RemovedMount(name, volume.path("source").asText(), CodeMount.target(volume), true)));
            }
            number++;
        }
    }

    private JsonNode withoutRoot() {
        JsonNode rest = config.deepCopy();
        WrittenFiles.services(rest).values().forEach(service -> CodeMount.takeOut(service, (volume, number) -> isBelowRoot(volume)));
        return rest;
    }

    /** The same mounts, each with whether its image has its target. */
    private List<Found> whatImagesHave(List<Found> mounts) throws InterruptedException {
        List<Callable<Map<String, Boolean>>> looks = new ArrayList<>();
        List<String> images = mounts.stream().map(Found::image).distinct().toList();
        for (String image : images) {
            List<String> targets = mounts.stream().filter(one -> one.image().equals(image)).map(one -> one.mount().target()).distinct().toList();
            looks.add(() -> has(image, targets));
        }
        List<Map<String, Boolean>> seen = Parallel.all(looks);
        return mounts.stream()
                .map(one -> new Found(one.number(), one.image(), new Render.RemovedMount(
                        one.mount().service(), one.mount().source(), one.mount().target(), seen.get(images.indexOf(one.image())).get(one.mount().target()))))
                .toList();
    }

    /** Target → whether the image has it; without an entry where that cannot be known. */
    private Map<String, Boolean> has(String image, List<String> targets) throws InterruptedException {
        Map<String, Boolean> has = new LinkedHashMap<>();
        var present = image.isEmpty() ? Optional.<Images.Image>empty() : docker.find(Images.inspect(image));
        if (present.isPresent()) {
            try {
                List<CodeMount> mounts = targets.stream().map(target -> CodeMount.of("", target, Set.of())).toList();
                new CodeLook(present.get().id(), docker, host).image(mounts).forEach((mount, seen) -> has.put(mount.target(), seen.exists()));
            } catch (Failure e) {
                host.tell(Event.warning("", "what the image " + image + " has in " + String.join(", ", targets) + " cannot be told: " + e.getMessage()));
            }
        }
        return has;
    }

    private void tell(Found one) {
        Render.RemovedMount mount = one.mount();
        String sentence = "code: the service " + mount.service() + ": the image's, " + mount.source() + " is not mounted over " + mount.target();
        if (Boolean.FALSE.equals(mount.inImage())) {
            host.tell(Event.warning("", sentence + ", which the image does not have"));
        } else {
            host.tell(Event.note("", sentence + (mount.inImage() == null ? "; whether the image has it is not known" : "")));
        }
    }

    /** In the order of the services and their mounts. */
    List<Render.RemovedMount> list() {
        List<Render.RemovedMount> all = new ArrayList<>();
        for (String service : WrittenFiles.services(config).keySet()) {
            found.stream()
                    .filter(one -> one.mount().service().equals(service))
                    .sorted(Comparator.comparingInt(Found::number))
                    .forEach(one -> all.add(one.mount()));
        }
        return all;
    }

    /** Service → numbers of its mounts. */
    Map<String, Set<Integer>> numbers() {
        Map<String, Set<Integer>> numbers = new LinkedHashMap<>();
        found.forEach(one -> numbers.computeIfAbsent(one.mount().service(), any -> new TreeSet<>()).add(one.number()));
        return numbers;
    }
}
