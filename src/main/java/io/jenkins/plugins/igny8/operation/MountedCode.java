package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Where folders of the engine's machine cover the code in the images of services, and what holds there. Equal image IDs prove nothing
 * then: the mounted folder is what runs.
 *
 * <p>Looked at is each folder that a service mounts where its image has files: of the images of this build and those that the compose
 * file says how to build; of others only what covers the whole working directory, since the rest is their configuration. A single
 * file that is mounted is configuration too.
 */
final class MountedCode {

    private static final Duration EXEC_LIMIT = Duration.ofSeconds(20);

    private final CodeTruth truth;
    private final Docker docker;
    private final Host host;
    private final List<Covered> candidates = new ArrayList<>();
    private final List<Covered> found = new ArrayList<>();

    private MountedCode(CodeTruth truth, Docker docker, Host host) {
        this.truth = truth;
        this.docker = docker;
        this.host = host;
    }

    /** One folder over one image, for all services that have both. */
    private record Covered(String imageId, CodeMount mount, Set<String> services, CodeLook.Seen seen) {
        String who() {
            return (services.size() == 1 ? "the service " : "the services ") + String.join(", ", services);
        }
    }

    /**
     * @param names the services that are to run
     * @param imageIds what those of them run that an image of this build is for
     */
    static MountedCode of(CodeTruth truth, JsonNode config, Collection<String> names, Map<String, String> imageIds, Docker docker, Host host)
            throws InterruptedException {
        MountedCode code = new MountedCode(truth, docker, host);
        for (String name : names) {
            JsonNode service = config.path("services").path(name);
            Map<String, String> mounts = mounts(service);
            if (mounts.values().stream().anyMatch(source -> !source.isEmpty())) {
                code.add(name, mounts, imageIds.get(name), service.has("build"), service.path("image").asText(config.path("name").asText() + "-" + name));
            }
        }
        return code;
    }

    /** The same for what a running container has, to be compared with another image. */
    static MountedCode of(CodeTruth truth, Container container, String imageId, Docker docker, Host host) throws InterruptedException {
        MountedCode code = new MountedCode(truth, docker, host);
        code.add(container.service(), container.mounts(), imageId, true, imageId);
        return code;
    }

    private void add(String service, Map<String, String> mounts, String builtId, boolean buildable, String image) throws InterruptedException {
        Optional<Images.Image> present = docker.find(Images.inspect(builtId == null ? image : builtId));
        if (present.isEmpty()) {
            // Compose will pull or build it; what is in it cannot be known yet.
            return;
        }
        Predicate<CodeMount> looked = mount -> builtId != null || buildable || mount.holds(present.get().workingDirectory());
        mounts.forEach((target, source) -> {
            CodeMount mount = CodeMount.of(source, target, mounts.keySet());
            if (!source.isEmpty() && looked.test(mount)) {
                candidates.stream()
                        .filter(one -> one.imageId().equals(present.get().id()) && one.mount().equals(mount))
                        .findFirst()
                        .orElseGet(() -> {
                            Covered one = new Covered(present.get().id(), mount, new LinkedHashSet<>(), null);
                            candidates.add(one);
                            return one;
                        })
                        .services()
                        .add(service);
            }
        });
    }

    /** Target → folder of the engine's machine; empty for what is none. */
    private static Map<String, String> mounts(JsonNode service) {
        Map<String, String> mounts = new LinkedHashMap<>();
        for (JsonNode volume : service.path("volumes")) {
            mounts.put(volume.path("target").asText(), volume.path("type").asText().equals("bind") ? volume.path("source").asText() : "");
        }
        service.path("tmpfs").forEach(tmpfs -> mounts.put(tmpfs.asText().split(":")[0], ""));
        return mounts;
    }

    /** The merged files as they are to run: with {@link CodeTruth#IMAGE} without what covers code. */
    JsonNode decided(JsonNode config) throws InterruptedException {
        if (truth != CodeTruth.IMAGE) {
            return config;
        }
        eachImage((look, mounts) -> look.image(mounts));
        JsonNode decided = config.deepCopy();
        for (Covered one : found) {
            host.tell(Event.note("", "code: " + one.who() + ": the image's, " + one.mount().source() + " is not mounted over " + one.mount().target()));
            for (String service : one.services()) {
                if (decided.path("services").path(service) instanceof ObjectNode node) {
                    CodeMount.takeOut(node, (volume, number) -> CodeMount.target(volume).equals(one.mount().target()));
                }
            }
        }
        return decided;
    }

    /** Whether one of these containers has a folder where the files have one over code of its image. */
    boolean isMountedIn(List<Container> containers) throws InterruptedException {
        eachImage((look, mounts) -> look.image(mounts));
        return containers.stream().anyMatch(container -> found.stream()
                .anyMatch(one -> one.services().contains(container.service()) && !container.mounts().getOrDefault(one.mount().target(), "").isEmpty()));
    }

    /** A compose file to be merged last that takes the mounts away; empty where there is none to take. */
    Optional<String> overrideFile(JsonNode decided) {
        if (truth != CodeTruth.IMAGE || found.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder file = new StringBuilder("services:\n");
        Set<String> services = new LinkedHashSet<>();
        found.forEach(one -> services.addAll(one.services()));
        for (String service : services) {
            // The tag makes Compose take the list for the whole, which no JSON can say.
            file.append("  ").append(Json.write(service)).append(":\n    volumes: !override ")
                    .append(Json.write(decided.path("services").path(service).path("volumes"))).append('\n');
        }
        return Optional.of(file.toString());
    }

    /**
     * Compares, and says what holds.
     *
     * @throws Failure with {@link CodeTruth#CHECK} where something differs, with the names of the files
     */
    void compare() throws InterruptedException {
        if (truth == CodeTruth.IMAGE) {
            return;
        }
        eachImage(this::both);
        List<String> problems = new ArrayList<>();
        for (Covered one : found) {
            List<String> different = one.seen().different();
            if (different.isEmpty()) {
                host.tell(Event.note("", "code: " + one.who() + ": " + one.mount().source() + " holds what the image has in " + one.mount().target()));
            } else if (truth == CodeTruth.HOST) {
                host.tell(Event.note("", "code: " + one.who() + ": the host's, " + one.mount().source() + "; not as in the image: " + Problems.named(different)));
            } else {
                problems.add("The code that " + one.who() + " would run from " + one.mount().source() + " is not what the image has in "
                        + one.mount().target() + ": " + Problems.named(different) + ".");
            }
        }
        if (!problems.isEmpty()) {
            problems.add("Bring that code to the engine's machine, or say which one holds: code: 'host' or code: 'image'.");
            Problems.refuse(problems);
        }
    }

    private Map<CodeMount, CodeLook.Seen> both(CodeLook look, List<CodeMount> mounts) throws InterruptedException {
        try {
            return look.both(mounts);
        } catch (CommandFailed e) {
            if (!e.sourceMissing()) {
                throw e;
            }
        }
        // Which of them is it? One that covers no code may be missing: Compose makes it.
        Map<CodeMount, CodeLook.Seen> seen = new LinkedHashMap<>(look.image(mounts));
        for (CodeMount mount : mounts) {
            if (seen.get(mount).covers()) {
                try {
                    seen.putAll(look.both(List.of(mount)));
                } catch (CommandFailed e) {
                    throw e.sourceMissing() ? new NoFolder(mount) : e;
                }
            }
        }
        return seen;
    }

    /** Compose might make it, and the service would run an empty folder. */
    private static final class NoFolder extends Failure {

        private static final long serialVersionUID = 1L;

        NoFolder(CodeMount mount) {
            super("There is no " + mount.source() + " on the engine's machine, which the compose file mounts over the image's " + mount.target()
                    + ": check the path and the variables in it, and bring the code there.");
        }
    }

    private interface Looking {
        Map<CodeMount, CodeLook.Seen> at(CodeLook look, List<CodeMount> mounts) throws InterruptedException;
    }

    private void eachImage(Looking looking) throws InterruptedException {
        List<Callable<List<Covered>>> looks = new ArrayList<>();
        for (String imageId : candidates.stream().map(Covered::imageId).distinct().toList()) {
            List<Covered> ofImage = candidates.stream().filter(one -> one.imageId().equals(imageId)).toList();
            looks.add(() -> look(looking, imageId, ofImage));
        }
        Parallel.all(looks).forEach(found::addAll);
    }

    private List<Covered> look(Looking looking, String imageId, List<Covered> ofImage) throws InterruptedException {
        try {
            var seen = looking.at(new CodeLook(imageId, docker, host), ofImage.stream().map(Covered::mount).toList());
            return ofImage.stream()
                    .filter(one -> seen.get(one.mount()).covers())
                    .map(one -> new Covered(imageId, one.mount(), one.services(), seen.get(one.mount())))
                    .toList();
        } catch (NoFolder e) {
            throw e;
        } catch (Failure e) {
            Covered first = ofImage.get(0);
            String sentence = "Whether " + first.mount().source() + " holds what the image of " + first.who() + " has in " + first.mount().target()
                    + " cannot be told: " + e.getMessage().replaceFirst("\\.$", "") + ".";
            switch (truth) {
                case CHECK -> throw new Failure(sentence + " Say which one holds: code: 'host' or code: 'image'.");
                case IMAGE -> throw new Failure(sentence + " Take the mount out of the compose file.");
                default -> host.tell(Event.warning("", sentence + " Containers are not restarted when it changes."));
            }
            return List.of();
        }
    }

    /**
     * With {@link CodeTruth#HOST}: starts those containers anew that began before the folder's files last changed, or that still see a
     * folder which another one has replaced.
     *
     * @param before those that were there before {@code up}; newer ones have the new code
     * @return their names
     */
    List<String> restartOutdated(List<Container> before, List<Container> now) throws InterruptedException {
        List<String> restarted = new ArrayList<>();
        Set<String> old = new LinkedHashSet<>();
        before.forEach(container -> old.add(container.id()));
        for (Container container : now) {
            for (Covered one : found) {
                boolean concerned = one.services().contains(container.service()) && container.running() && old.contains(container.id());
                if (concerned && !restarted.contains(container.name()) && isOutdated(container, one)) {
                    host.tell(Event.note(container.title(), "restarts " + container.name() + ", since the code in " + one.mount().source() + " changed after its start"));
                    docker.change(Containers.restart(container.id()), line -> {});
                    restarted.add(container.name());
                }
            }
        }
        return restarted;
    }

    private boolean isOutdated(Container container, Covered one) throws InterruptedException {
        // Times of files come in whole seconds.
        if (!container.startedAt().isAfter(one.seen().newest().plusSeconds(1))) {
            return true;
        }
        Answer inode = docker.answer(Containers.exec(container.id(), EXEC_LIMIT, "stat", "-c", "%i", one.mount().target()));
        return inode.succeeded() && !inode.out().strip().equals(one.seen().inode());
    }

    /** What was found, for the step's result. */
    List<HeldCode> result() {
        return found.stream()
                .map(one -> new HeldCode(
                        List.copyOf(one.services()), one.mount().source(), one.mount().target(), truth.word(), one.seen().different()))
                .toList();
    }
}
