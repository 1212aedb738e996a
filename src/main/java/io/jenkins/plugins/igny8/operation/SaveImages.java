package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Writes images to files, for a target that has no registry. An image whose file is there is not written again. What the folder held
 * before stays as it was until all images are there; then files of images that are no longer wanted go.
 *
 * @param images empty: those of the build so far
 * @param directory relative to the workspace
 */
public record SaveImages(List<BuiltImage> images, String directory) implements Operation<SaveImages.Saved> {

    public static final String DIRECTORY = SavedImages.DIRECTORY;

    /** In the folder itself, since only within one file system a file moves at once. What a killed run left in it goes unseen. */
    private static final String UNFINISHED = ".igny8-unfinished";

    public SaveImages {
        images = List.copyOf(images);
        directory = directory.replaceFirst("(?<=.)/+$", "");
    }

    /** What the folder holds now. */
    public record Saved(String directory, List<SavedFile> files, double seconds) {}

    /**
     * One image's file.
     *
     * @param file relative to the workspace
     * @param unchanged whether it was there and was not written again
     */
    public record SavedFile(String file, String name, String imageId, long bytes, boolean unchanged, double seconds) {}

    /**
     * An image on its way to its file.
     *
     * @param names those that the file will give back: one that points elsewhere by now is for the manifest alone
     */
    private record Wanted(BuiltImage image, List<String> names) {

        String title() {
            return ImageReference.parse(image.name()).name();
        }

        String file() {
            return SavedImages.fileOf(image.name(), image.imageId());
        }

        SavedImages.Entry entry(long bytes) {
            return new SavedImages.Entry(image.name(), image.reference(), image.imageId(), image.digest(), file(), bytes);
        }
    }

    /** How a file came to be. */
    private record Done(boolean unchanged, double seconds) {}

    @Override
    public Saved run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        // Refused before anything is asked, as is a path that leaves the workspace.
        if (host.workspace().size(directory) >= 0) {
            throw new Failure("There is a file " + directory + " in " + host.workspace().path() + ": give the name of a folder in 'directory'.");
        }
        Docker docker = new Docker(host);
        Map<String, List<Wanted>> byFile = byFile(docker, host);
        try (PrivateFolder memory = host.privateFolder()) {
            List<SavedFile> files = new Saving(docker, host.workspace(), memory, host).all(byFile);
            return new Saved(directory, files, BuiltImage.secondsSince(start));
        }
    }

    /** All that is wrong at once, before anything is written. */
    private Map<String, List<Wanted>> byFile(Docker docker, Host host) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        List<BuiltImage> all = ImagesOfBuild.orGiven(images, host);
        Set<String> names = new HashSet<>();
        all.forEach(image -> Problems.note(problems, () -> {
            SavedImages.names(image.name(), image.reference());
            if (!names.add(BuiltImage.tagged(image.name()))) {
                throw new Failure("Two of the images are called " + image.name() + ": save one of them alone.");
            }
        }));
        if (all.isEmpty()) {
            problems.add("There is no image to save: run igny8Build or igny8Pull first in this build, or give 'images'.");
        }
        Problems.refuse(problems);
        Map<String, List<Wanted>> byFile = new LinkedHashMap<>();
        for (BuiltImage image : all) {
            // By its ID it is what this build made, whatever the name points to by now.
            String source = image.imageId() == null ? BuiltImage.tagged(image.name()) : image.imageId();
            Optional<Images.Image> here = docker.find(Images.inspect(source));
            if (here.isPresent()) {
                Wanted wanted = wanted(image, here.get());
                byFile.computeIfAbsent(wanted.file(), file -> new ArrayList<>()).add(wanted);
            } else {
                problems.add("The image " + image.name() + " was not saved: this engine has no " + source + "; build it (igny8Build) or pull it"
                        + " (igny8Pull) here first, or name the engine that has it in 'engine'.");
            }
        }
        Problems.refuse(problems);
        return byFile;
    }

    private static Wanted wanted(BuiltImage image, Images.Image here) {
        return new Wanted(
                new BuiltImage(image.name(), image.reference(), here.id(), image.digest(), null, null),
                SavedImages.names(image.name(), image.reference()).stream().filter(here.tags()::contains).toList());
    }

    /** What stays the same for all images of one run. */
    private final class Saving {

        /** In the memory: this run has begun, and a command of it may be writing. */
        private static final String BEGUN = "begun";

        private final Docker docker;
        private final Folder workspace;
        private final PrivateFolder memory;
        private final Host host;
        private final List<SavedImages.Entry> earlier;

        Saving(Docker docker, Folder workspace, PrivateFolder memory, Host host) {
            this.docker = docker;
            this.workspace = workspace;
            this.memory = memory;
            this.host = host;
            this.earlier = earlier();
        }

        private List<SavedImages.Entry> earlier() {
            if (!workspace.exists(in(SavedImages.FILE))) {
                return List.of();
            }
            try {
                return SavedImages.in(directory, workspace).images();
            } catch (Failure e) {
                host.tell(Event.warning("", "all files are written anew. " + e.getMessage()));
                return List.of();
            }
        }

        private String in(String file) {
            return directory + "/" + file;
        }

        private String unfinished(String file) {
            return in(UNFINISHED) + "/" + file;
        }

        List<SavedFile> all(Map<String, List<Wanted>> byFile) throws InterruptedException {
            if (!memory.exists(BEGUN)) {
                workspace.delete(in(UNFINISHED));
                memory.write(BEGUN, "");
            }
            try {
                // Makes the folder too, which docker does not.
                workspace.write(unfinished(SavedImages.FILE), "");
                List<Callable<Done>> tasks = new ArrayList<>();
                byFile.forEach((file, wanted) -> tasks.add(() -> save(file, wanted)));
                return finished(byFile, Parallel.all(tasks));
            } finally {
                Leftovers.delete(in(UNFINISHED), workspace, host);
            }
        }

        private Done save(String file, List<Wanted> wanted) throws InterruptedException {
            long start = System.nanoTime();
            String title = wanted.get(0).title();
            String id = wanted.get(0).image().imageId();
            // Written by this very run, where an interruption came after it.
            boolean written = memory.exists(file);
            if (!written && isThere(file, id)) {
                host.tell(Event.note(title, "unchanged: not written again (" + in(file) + ")"));
                return new Done(true, BuiltImage.secondsSince(start));
            }
            if (!written) {
                write(file, wanted, title);
                memory.write(file, "");
            }
            return new Done(false, BuiltImage.secondsSince(start));
        }

        private boolean isThere(String file, String id) {
            long bytes = workspace.size(in(file));
            return earlier.stream().anyMatch(one -> one.file().equals(file) && one.imageId().equals(id) && one.bytes() == bytes);
        }

        private void write(String file, List<Wanted> wanted, String title) throws InterruptedException {
            long start = System.nanoTime();
            List<String> references = new ArrayList<>(List.of(wanted.get(0).image().imageId()));
            wanted.forEach(one -> references.addAll(one.names()));
            host.tell(Event.note(title, "saving " + String.join(" ", references)));
            try {
                docker.change(Images.save(references, workspace.path(unfinished(file))), line -> host.tell(Event.line(title, line)));
            } catch (CommandFailed e) {
                throw new Failure("The image " + wanted.get(0).image().name() + " was not saved: " + e.getMessage());
            }
            host.tell(Event.note(title, "saved: " + in(file) + ", " + workspace.size(unfinished(file)) + " bytes in "
                    + BuiltImage.secondsSince(start) + " s"));
        }

        /** All are there: now the folder becomes what the manifest says. */
        private List<SavedFile> finished(Map<String, List<Wanted>> byFile, List<Done> all) {
            List<SavedFile> files = new ArrayList<>();
            List<SavedImages.Entry> entries = new ArrayList<>();
            int number = 0;
            for (Map.Entry<String, List<Wanted>> each : byFile.entrySet()) {
                String file = each.getKey();
                Done done = all.get(number++);
                if (!done.unchanged()) {
                    workspace.move(unfinished(file), in(file));
                }
                long bytes = workspace.size(in(file));
                for (Wanted one : each.getValue()) {
                    entries.add(one.entry(bytes));
                    files.add(new SavedFile(in(file), one.image().name(), one.image().imageId(), bytes, done.unchanged(), done.seconds()));
                }
            }
            workspace.write(unfinished(SavedImages.FILE), SavedImages.of(entries).text());
            workspace.move(unfinished(SavedImages.FILE), in(SavedImages.FILE));
            removeEarlier(byFile.keySet());
            return files;
        }

        /** Only what the manifest before this one names: whatever else lies here is somebody else's. */
        private void removeEarlier(Set<String> files) {
            for (SavedImages.Entry entry : earlier) {
                if (!files.contains(entry.file()) && workspace.exists(in(entry.file()))) {
                    workspace.delete(in(entry.file()));
                    host.tell(Event.note(entry.title(), "removed " + in(entry.file()) + ", which an earlier run saved"));
                }
            }
        }
    }
}
