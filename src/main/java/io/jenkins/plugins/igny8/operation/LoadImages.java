package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives an engine the images that {@link SaveImages} wrote, one after another, so that layers which they share are unpacked once. What
 * the engine has is not sent again; every image gets its names.
 *
 * @param directory relative to the workspace
 */
public record LoadImages(String directory) implements Operation<LoadImages.Loaded> {

    public static final String DIRECTORY = SavedImages.DIRECTORY;

    public LoadImages {
        directory = directory.replaceFirst("(?<=.)/+$", "");
    }

    /**
     * What the engine has now.
     *
     * @param skipped names of the images that it had before
     */
    public record Loaded(List<BuiltImage> images, List<String> skipped, double seconds) {}

    @Override
    public Loaded run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        Docker docker = new Docker(host);
        List<SavedImages.Entry> saved = SavedImages.in(directory, host.workspace()).images();
        List<SavedImages.Entry> missing = new ArrayList<>();
        for (SavedImages.Entry entry : saved) {
            if (docker.find(Images.inspect(entry.imageId())).isEmpty()) {
                missing.add(entry);
            }
        }
        refuseIncomplete(missing, host.workspace());
        List<BuiltImage> images = new ArrayList<>();
        for (SavedImages.Entry entry : saved) {
            images.add(bring(entry, missing.contains(entry), docker, host));
        }
        ImagesOfBuild.keep(host, images);
        List<String> skipped = saved.stream().filter(entry -> !missing.contains(entry)).map(SavedImages.Entry::name).toList();
        return new Loaded(images, skipped, BuiltImage.secondsSince(start));
    }

    private String path(SavedImages.Entry entry) {
        return directory + "/" + entry.file();
    }

    /** Told before the first one is sent, which may take long. */
    private void refuseIncomplete(List<SavedImages.Entry> missing, Folder workspace) {
        List<String> problems = new ArrayList<>();
        for (SavedImages.Entry entry : missing) {
            long bytes = workspace.size(path(entry));
            if (bytes < 0) {
                problems.add("There is no file " + path(entry) + " in " + workspace.path() + ", which holds the image " + entry.name()
                        + ": bring here all that igny8Save wrote.");
            } else if (bytes != entry.bytes()) {
                problems.add("The file " + path(entry) + " of the image " + entry.name() + " has " + bytes + " bytes instead of " + entry.bytes()
                        + ": bring it here again.");
            }
        }
        Problems.refuse(problems);
    }

    private BuiltImage bring(SavedImages.Entry entry, boolean missing, Docker docker, Host host) throws InterruptedException {
        long start = System.nanoTime();
        String title = entry.title();
        // One file may hold it under two names.
        Optional<Images.Image> here = docker.find(Images.inspect(entry.imageId()));
        if (here.isEmpty()) {
            host.tell(Event.note(title, "loading " + path(entry)));
            load(entry, docker, host);
            here = docker.find(Images.inspect(entry.imageId()));
        }
        if (here.isEmpty()) {
            throw another(entry, docker);
        }
        Images.Image image = here.get();
        for (String name : entry.names()) {
            if (!image.tags().contains(name)) {
                docker.change(Images.tag(image.id(), ImageReference.parse(name)), line -> {});
            }
        }
        BuiltImage loaded = loaded(entry, image, BuiltImage.secondsSince(start));
        host.tell(Event.note(title, (missing ? "loaded: " : "on this engine already, not sent again: ") + image.id() + " as "
                + String.join(", ", entry.names()) + " in " + loaded.seconds() + " s"));
        return loaded;
    }

    private void load(SavedImages.Entry entry, Docker docker, Host host) throws InterruptedException {
        try {
            // What it loaded is told once it is certain.
            docker.change(Images.load(host.workspace().path(path(entry))), line -> {});
        } catch (CommandFailed e) {
            throw new Failure("The image " + entry.name() + " was not loaded: " + (e.brokenFile()
                    ? "the file " + path(entry) + " is damaged; remove it, run igny8Save again, and bring it here anew."
                    : e.getMessage()));
        }
    }

    private Failure another(SavedImages.Entry entry, Docker docker) throws InterruptedException {
        String here = docker.find(Images.inspect(BuiltImage.tagged(entry.name()))).map(Images.Image::id).orElse("not here");
        return new Failure("The image " + entry.name() + " was " + entry.imageId() + " where it was saved, and is " + here + " after loading "
                + path(entry) + ": the file is another one, or only one of the two engines keeps its images in containerd, which gives them other"
                + " IDs; save it again, with an engine that keeps them as this one does.");
    }

    /** Files carry no digests of registries: where the engine has none of its own, Compose is to name the image without. */
    private static BuiltImage loaded(SavedImages.Entry entry, Images.Image image, double seconds) {
        boolean knowsDigest = entry.digest() != null
                && image.repoDigests().contains(ImageReference.parse(entry.reference()).familiarRepository() + "@" + entry.digest());
        return new BuiltImage(
                entry.name(), knowsDigest ? entry.reference() : entry.name(), image.id(), knowsDigest ? entry.digest() : null, seconds, null);
    }
}
