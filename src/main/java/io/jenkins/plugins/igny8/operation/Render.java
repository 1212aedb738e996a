package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.compose.RenderedText;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.host.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the compose file that is deployed: one file, in which each image of this build is pinned, and nothing is built or run from a
 * folder of code. All else means what the source means, or nothing is written. The same input gives the same bytes, in any workspace.
 *
 * @param images the images of this build; empty: what earlier steps made
 * @param output where the file is written, relative to the workspace; null: {@link #NAME} beside the first compose file
 * @param codeRoot an absolute path of the engine's machine: what is mounted from below it is code; {@code none}: there is none
 */
public record Render(ComposeProject project, List<BuiltImage> images, String output, String codeRoot) implements Operation<Render.Rendered> {

    /** Of the file. */
    public static final String NAME = "docker-compose.rendered.yml";

    /** Where IGNY8's pipeline document has the code on the engine's machine. */
    public static final String CODE_ROOT = "/data/app";

    private static final String NONE = "none";

    /** By this a file is known that may be written anew. */
    private static final String MADE = "Made by igny8Render";

    public Render {
        images = List.copyOf(images);
    }

    /**
     * What was written.
     *
     * @param file relative to the workspace
     * @param sha256 of its bytes, in hexadecimal digits
     * @param pinned service → the image that stands in the file for it
     * @param unpinned services whose image is none of this build and has no digest: a registry decides what they run
     * @param removedBuilds services that had a build section
     */
    public record Rendered(
            String file,
            String sha256,
            Map<String, String> pinned,
            List<String> unpinned,
            List<RemovedMount> removedMounts,
            List<String> removedBuilds,
            double seconds) {}

    /**
     * A mount that the rendered file does not have.
     *
     * @param source on the engine's machine
     * @param inImage whether the image has something at the target; null where that cannot be known, since the engine has no such image
     */
    public record RemovedMount(String service, String source, String target, Boolean inImage) {}

    @Override
    public Rendered run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        String file = output == null ? Paths.resolved(Paths.folder(project.files().get(0)), NAME) : output;
        List<BuiltImage> all = ImagesOfBuild.orGiven(images, host);
        try (PrivateFolder folder = host.privateFolder()) {
            Compose compose = refuseOrCompose(file, all, host, folder);
            Docker docker = project.docker(host, folder);
            JsonNode meaning = docker.ask(compose.config());
            WrittenFiles written = WrittenFiles.of(meaning, project, compose, docker, host, folder);
            Problems.refuse(written.files().stream().anyMatch(one -> same(one, file)) ? List.of(isInput(file)) : List.of());
            Pins pins = Pins.of(meaning, all);
            RemovedMounts removed = removed(meaning, pins, docker, host);
            RenderedChanges changes = new RenderedChanges(pins.images(), removed.numbers());
            String text = RenderedText.of(MADE + " from " + String.join(", ", project.files()) + ": change those, not this file.",
                    withoutOwnNames(changes.applied(written.config(), meaning)));
            refuseOther(text, changes.applied(meaning, meaning), file, compose, docker, folder);
            write(file, text, host);
            return told(file, text, meaning, pins, removed, start, host);
        }
    }

    /** All that is wrong with what the step was given, at once. */
    private Compose refuseOrCompose(String file, List<BuiltImage> all, Host host, PrivateFolder folder) {
        List<String> problems = new ArrayList<>();
        List<Compose> composes = new ArrayList<>();
        Problems.note(problems, () -> composes.add(project.compose(host, folder)));
        Problems.note(problems, () -> refusePlace(file, host.workspace()));
        if (!codeRoot.equals(NONE) && !codeRoot.startsWith("/")) {
            problems.add("'codeRoot' is '" + codeRoot + "': give an absolute path of the engine's machine, or 'none'.");
        }
        for (BuiltImage image : all) {
            if (image.digest() == null && image.imageId() == null) {
                problems.add("The image " + image.name() + " has neither 'digest' nor 'imageId', so it cannot be pinned: give what igny8Build,"
                        + " igny8Push, igny8Pull or igny8Load returned.");
            }
        }
        Problems.refuse(problems);
        return composes.get(0);
    }

    private void refusePlace(String file, Folder workspace) {
        if (project.files().stream().anyMatch(one -> same(one, file))) {
            throw new Failure(isInput(file));
        }
        if (workspace.exists(file) && workspace.size(file) < 0) {
            throw new Failure("'output' is '" + file + "', which is a folder: give the name of a file.");
        }
        if (workspace.exists(file) && !workspace.read(file).startsWith("# " + MADE)) {
            throw new Failure("There is a file " + file + " in " + workspace.path()
                    + " that igny8Render did not make: give another name in 'output', or remove it.");
        }
    }

    private static boolean same(String file, String other) {
        return Paths.resolved("", file).equals(Paths.resolved("", other));
    }

    private static String isInput(String file) {
        return "'output' is '" + file + "', which is one of the files that are read: give another name.";
    }

    private RemovedMounts removed(JsonNode meaning, Pins pins, Docker docker, Host host) throws InterruptedException {
        ObjectNode pinned = meaning.deepCopy();
        WrittenFiles.services(pinned).forEach((name, service) -> {
            if (pins.images().containsKey(name)) {
                RenderedChanges.pin(service, pins.images().get(name));
            }
        });
        RemovedMounts removed = new RemovedMounts(pinned, codeRoot.equals(NONE) ? null : Paths.resolved("/", codeRoot), docker, host);
        List<String> problems = notToBeBuilt(meaning, pins, removed, docker);
        Map<String, String> imageIds = new LinkedHashMap<>();
        for (Map.Entry<String, BuiltImage> pin : pins.images().entrySet()) {
            try {
                // By a digest it can be had everywhere, so this engine needs it only where there is something to look for in it.
                if (pin.getValue().digest() == null || removed.needsImage(pin.getKey())) {
                    imageIds.put(pin.getKey(), Pins.establish(docker, pin.getValue()));
                } else {
                    docker.find(Images.inspect(pin.getValue().pin())).ifPresent(image -> imageIds.put(pin.getKey(), image.id()));
                }
            } catch (Failure e) {
                problems.add(e.getMessage());
            }
        }
        Problems.refuse(problems.stream().distinct().toList());
        removed.look(imageIds);
        return removed;
    }

    /** Of services that this build did not make: a sentence for each that nobody could start without building it, or whose mounts are unknown. */
    private static List<String> notToBeBuilt(JsonNode meaning, Pins pins, RemovedMounts removed, Docker docker) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, ObjectNode> one : WrittenFiles.services(meaning).entrySet()) {
            String name = one.getKey();
            if (!one.getValue().has("build") || pins.images().containsKey(name)) {
                continue;
            }
            String image = one.getValue().path("image").asText();
            var here = image.isEmpty() ? Optional.<Images.Image>empty() : docker.find(Images.inspect(image));
            boolean known = here.isPresent() && here.get().digestIn(ImageReference.parse(image)).isPresent();
            if (!known && (image.isEmpty() || !docker.answer(Images.inRegistry(image)).succeeded())) {
                problems.add("The service " + name + " is only built" + (image.isEmpty() ? "" : ": this build did not make " + image + ", and no registry has it")
                        + ". Build it in this pipeline (igny8Build), or name an image in 'image' that can be pulled.");
            } else if (here.isEmpty() && removed.needsImage(name)) {
                problems.add("Whether the service " + name + " mounts code over " + image + " cannot be told, since this engine does not have that image: pull it"
                        + " first (igny8Pull).");
            }
        }
        return problems;
    }

    /** Compose names networks and volumes by the project; written down, the names would stay those of this one. */
    private ObjectNode withoutOwnNames(ObjectNode config) {
        for (String kind : List.of("networks", "volumes", "secrets", "configs")) {
            config.path(kind).fields().forEachRemaining(one -> {
                if (one.getValue() instanceof ObjectNode entry && !entry.has("external")
                        && entry.path("name").asText().equals(project.name() + "_" + one.getKey())) {
                    entry.remove("name");
                }
            });
        }
        return config;
    }

    /** The proof that nothing else was changed: Compose's own word for both. Values may be secrets, and are not told. */
    private void refuseOther(String text, JsonNode wanted, String file, Compose compose, Docker docker, PrivateFolder folder) throws InterruptedException {
        folder.write(NAME, text);
        String directory = Paths.folder(file);
        Compose rendered = new Compose(
                compose.project(), List.of(folder.path(NAME)), compose.profiles(), compose.envFile(), directory.isEmpty() ? "." : directory);
        Set<String> different = new TreeSet<>();
        try {
            differ("", wanted, docker.ask(rendered.config()), different);
        } catch (CommandFailed e) {
            throw new Failure("Compose would not take the rendered file: " + WrittenFiles.said(e)
                    + ". Write a value there instead of a variable, or the long form.");
        }
        if (different.isEmpty()) {
            return;
        }
        boolean moved = !same(directory + "/x", Paths.folder(project.files().get(0)) + "/x");
        throw new Failure("The rendered file would not mean the same as " + String.join(", ", project.files()) + " in: " + Problems.named(different) + ". "
                + (moved ? "Paths in it begin where it lies: give an 'output' in the folder of " + project.files().get(0) + "."
                        : "Write a value there instead of a variable, or the long form."));
    }

    /** Notes what differs by its path; nothing below a member of a service, which is what a person changes. */
    private static void differ(String path, JsonNode one, JsonNode other, Set<String> different) {
        if (one.equals(other)) {
            return;
        }
        if (!one.isObject() || !other.isObject() || path.chars().filter(letter -> letter == '.').count() >= 3) {
            different.add(path.substring(1));
            return;
        }
        Set<String> keys = new TreeSet<>();
        one.fieldNames().forEachRemaining(keys::add);
        other.fieldNames().forEachRemaining(keys::add);
        keys.forEach(key -> differ(path + "." + key, one.path(key), other.path(key), different));
    }

    /** At once: nobody meets half of it. */
    private static void write(String file, String text, Host host) {
        String unfinished = file + ".new";
        try {
            host.workspace().write(unfinished, text);
            host.workspace().move(unfinished, file);
        } finally {
            Leftovers.delete(unfinished, host.workspace(), host);
        }
    }

    private static Rendered told(String file, String text, JsonNode meaning, Pins pins, RemovedMounts removed, long start, Host host) {
        Map<String, String> pinned = new LinkedHashMap<>();
        List<String> unpinned = new ArrayList<>();
        List<String> builds = new ArrayList<>();
        WrittenFiles.services(meaning).forEach((name, service) -> {
            String image = service.path("image").asText();
            if (pins.images().containsKey(name)) {
                pinned.put(name, pins.images().get(name).pin());
            } else if (!image.isEmpty() && !image.contains("@")) {
                unpinned.add(name);
            }
            if (service.has("build")) {
                builds.add(name);
            }
        });
        pinned.forEach((service, pin) -> host.tell(Event.note(service, "runs " + pin)));
        builds.forEach(service -> host.tell(Event.note(service, "is not built any more")));
        if (!unpinned.isEmpty()) {
            host.tell(Event.note("", "not pinned, since this build neither made nor pulled their images: " + String.join(", ", unpinned)));
        }
        String sha256 = Sha256.of(text);
        host.tell(Event.note("", "wrote " + file + " (sha256 " + sha256 + ")"));
        return new Rendered(file, sha256, pinned, unpinned, removed.list(), builds, BuiltImage.secondsSince(start));
    }
}
