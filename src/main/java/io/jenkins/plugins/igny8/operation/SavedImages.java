package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a folder of saved images holds: its manifest, a JSON file beside them. It is written last, so that whatever it names is
 * complete; and it decides on names, since a file that is not written again keeps those that it was once saved with.
 *
 * @param version of this form
 */
record SavedImages(int version, List<SavedImages.Entry> images) {

    /** Where the files lie unless told otherwise, relative to the workspace. */
    static final String DIRECTORY = "igny8-images";

    static final String FILE = "igny8-images.json";

    private static final int VERSION = 1;

    /** Somebody else may have written the manifest: no name in it leads out of the folder. */
    private static final Pattern PLAIN_FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");

    /**
     * One image, as {@link BuiltImage} has it.
     *
     * @param file beside the manifest; one image of a repository has one, under however many names
     */
    record Entry(String name, String reference, String imageId, String digest, String file, long bytes) {

        Set<String> names() {
            return SavedImages.names(name, reference);
        }

        String title() {
            return ImageReference.parse(name).name();
        }

        private boolean isValid() {
            names();
            return imageId != null && ID.matcher(imageId).matches() && file != null && PLAIN_FILE.matcher(file).matches();
        }
    }

    static SavedImages of(List<Entry> images) {
        return new SavedImages(VERSION, images);
    }

    /** Says which image of which repository is in it, so that an image that has not changed finds its file there. */
    static String fileOf(String name, String imageId) {
        String hex = imageId.substring(imageId.indexOf(':') + 1);
        return ImageReference.parse(name).repository().replaceAll("[^A-Za-z0-9._-]", "-") + "-" + hex.substring(0, 12) + ".tar";
    }

    /** All names by tag that an image has here and is to have elsewhere, as the engine lists them. */
    static Set<String> names(String name, String reference) {
        Set<String> names = new LinkedHashSet<>();
        for (String each : List.of(BuiltImage.tagged(name), BuiltImage.tagged(reference))) {
            ImageReference one = ImageReference.parse(each);
            if (one.digest().isEmpty()) {
                names.add(one.familiarRepository() + ":" + one.tag());
            }
        }
        return names;
    }

    String text() {
        return Json.write(Plain.of(this)) + "\n";
    }

    /** The manifest of a folder; a {@link Failure} where there is none, or one that {@code igny8Save} did not write. */
    static SavedImages in(String directory, Folder workspace) {
        String path = directory + "/" + FILE;
        if (!workspace.exists(path)) {
            throw new Failure("There is no " + (workspace.exists(directory) ? path : "folder " + directory) + " in " + workspace.path()
                    + ": run igny8Save first, or bring here all that it wrote, or give its folder in 'directory'.");
        }
        try {
            SavedImages saved = Plain.as(SavedImages.class, Json.read(workspace.read(path)));
            if (saved != null && saved.isValid()) {
                return saved;
            }
        } catch (Failure | IllegalArgumentException e) {
            // Whatever is wrong with it, what can be done is the same.
        }
        throw new Failure("The file " + path + " in " + workspace.path() + " is no manifest of this version's igny8Save, or a damaged one: save"
                + " again, and bring here all that igny8Save wrote.");
    }

    private boolean isValid() {
        return version == VERSION && images != null && images.stream().allMatch(one -> one != null && one.isValid());
    }
}
