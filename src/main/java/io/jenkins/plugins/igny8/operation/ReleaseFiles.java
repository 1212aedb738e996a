package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.compose.KeptFile;
import io.jenkins.plugins.igny8.compose.Redirected;
import io.jenkins.plugins.igny8.compose.read.ComposeFiles;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.Place;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.release.Release;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The texts of a release's compose files.
 *
 * @param files the compose files, in the order in which they are merged
 * @param others files of the workspace that those include, or extend services of
 * @param leftOut what stands in them as a secret, and is not kept, by the names of the variables in its place
 */
record ReleaseFiles(List<Release.File> files, List<Release.File> others, List<String> leftOut) {

    static final ReleaseFiles NONE = new ReleaseFiles(List.of(), List.of(), List.of());

    /** Names what was laid into the workspace. */
    private static final String LAID = "laid.txt";

    /** As they are in the workspace; {@link #NONE} where they cannot be kept, which is no reason to take back what runs well. */
    static ReleaseFiles of(ComposeProject project, Host host) {
        try {
            return read(project, host);
        } catch (Failure e) {
            host.tell(Event.warning("", "the compose files are not kept with this release: to go back to it, check out its commit. " + e.getMessage()));
            return NONE;
        }
    }

    private static ReleaseFiles read(ComposeProject project, Host host) {
        Folder workspace = host.workspace();
        List<String> leftOut = new ArrayList<>();
        List<Release.File> files = kept(project.files(), path -> "", workspace, leftOut);
        Set<String> others = new LinkedHashSet<>(ComposeFiles.read(workspace, project.files(), project.values(host)).files());
        project.files().forEach(others::remove);
        return new ReleaseFiles(files, kept(others, path -> path, workspace, leftOut), leftOut);
    }

    private static List<Release.File> kept(Iterable<String> paths, UnaryOperator<String> mark, Folder workspace, List<String> leftOut) {
        List<Release.File> kept = new ArrayList<>();
        for (String path : paths) {
            KeptFile file = KeptFile.of(workspace.read(path), mark.apply(path));
            if (file.text().isEmpty()) {
                throw new Failure("The file " + path + " cannot be read as YAML, or is empty: igny8CheckCompose tells where.");
            }
            kept.add(new Release.File(path, file.text()));
            leftOut.addAll(file.values().keySet());
        }
        return kept;
    }

    static ReleaseFiles of(Release release) {
        return new ReleaseFiles(release.files(), release.others(), release.leftOut());
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        others.forEach(file -> texts.put(file.path(), file.text()));
        files.forEach(file -> texts.put(file.path(), file.text()));
        return texts;
    }

    /** All texts, as they are kept. */
    List<String> all() {
        return List.copyOf(texts().values());
    }

    /**
     * The values that were left out, as far as the files of the workspace have them.
     *
     * @param today the compose files of this build
     */
    Map<String, String> valuesOfToday(List<String> today, Folder workspace) {
        Map<String, String> values = new HashMap<>();
        if (!leftOut.isEmpty()) {
            Set<String> paths = new LinkedHashSet<>(texts().keySet());
            paths.addAll(today);
            paths.forEach(path -> values.putAll(today(path, workspace).values()));
        }
        return values;
    }

    /**
     * A file as it would be kept today: compose files are merged, so that one's secret may take the place of another's; others are not.
     * Empty where it is gone, or is none that can be read any more, such as a link that leads out.
     */
    private KeptFile today(String path, Folder workspace) {
        boolean other = others.stream().anyMatch(file -> file.path().equals(path)) && files.stream().noneMatch(file -> file.path().equals(path));
        try {
            return KeptFile.of(workspace.exists(path) ? workspace.read(path) : "", other ? path : "");
        } catch (Failure e) {
            return new KeptFile("", Map.of());
        }
    }

    /**
     * The texts of {@link #files}, which name the {@link #others}, and each other, as these were then: where one of them is another one
     * today, it lies beside it until {@link #takeAway}, under a name of its own, since what is relative in it begins in its folder.
     *
     * @param mark for those names; another build, or a step beside this one, may go back in the same workspace
     * @param variables what the files are filled in with
     */
    List<String> laid(String mark, Map<String, String> variables, Folder workspace, PrivateFolder folder) {
        Map<String, String> texts = texts();
        List<ComposeFiles.Reference> references =
                ComposeFiles.read(new AsKept(workspace, texts), files.stream().map(Release.File::path).toList(), variables).references();
        Map<String, String> moved = moved(mark, references, texts, workspace);
        if (moved.isEmpty()) {
            return files.stream().map(Release.File::text).toList();
        }
        // Said before it is done, and of another release before it too.
        folder.write(LAID, (folder.exists(LAID) ? folder.read(LAID) : "") + String.join("\n", moved.values()) + "\n");
        Map<Place, String> paths = new HashMap<>();
        references.stream().filter(one -> moved.containsKey(one.file())).forEach(one -> paths.put(one.at(), workspace.path(moved.get(one.file()))));
        moved.forEach((file, name) -> workspace.write(name, Redirected.of(file, texts.get(file), paths)));
        return files.stream().map(file -> Redirected.of(file.path(), file.text(), paths)).toList();
    }

    /** Files that are named, and are not today what they were or name such a file, with their names for now. */
    private Map<String, String> moved(String mark, List<ComposeFiles.Reference> references, Map<String, String> texts, Folder workspace) {
        Set<String> named = new LinkedHashSet<>();
        references.stream().map(ComposeFiles.Reference::file).filter(texts::containsKey).forEach(named::add);
        Set<String> moved = new LinkedHashSet<>();
        named.stream().filter(file -> !today(file, workspace).text().equals(texts.get(file))).forEach(moved::add);
        for (boolean more = true; more; ) {
            more = moved.addAll(references.stream()
                    .filter(one -> moved.contains(one.file()))
                    .map(one -> one.at().file())
                    .filter(named::contains)
                    .toList());
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String file : moved) {
            String parent = Paths.folder(file);
            names.put(file, Paths.resolved(parent, "." + mark + "-" + file.substring(parent.isEmpty() ? 0 : parent.length() + 1)));
        }
        return names;
    }

    /** Takes away what lies in the workspace since {@link #laid}; that it cannot be is told, and changes no outcome. */
    static void takeAway(Folder workspace, PrivateFolder folder, Consumer<Event> told) {
        if (!folder.exists(LAID)) {
            return;
        }
        for (String name : folder.read(LAID).lines().filter(line -> !line.isBlank()).toList()) {
            try {
                workspace.delete(name);
            } catch (Failure e) {
                told.accept(Event.warning("", "the file " + name + " stays in the workspace: " + e.getMessage()));
            }
        }
    }

    /** The workspace as it was when the texts were kept. */
    private record AsKept(Folder workspace, Map<String, String> texts) implements Folder {

        @Override
        public String path() {
            return workspace.path();
        }

        @Override
        public String path(String name) {
            return workspace.path(name);
        }

        @Override
        public boolean exists(String name) {
            return texts.containsKey(name) || workspace.exists(name);
        }

        @Override
        public String read(String name) {
            return texts.containsKey(name) ? texts.get(name) : workspace.read(name);
        }

        @Override
        public long size(String name) {
            return texts.containsKey(name) ? texts.get(name).length() : workspace.size(name);
        }

        @Override
        public List<String> files(String name) {
            return workspace.files(name);
        }

        @Override
        public void write(String name, String text) {
            throw readOnly();
        }

        @Override
        public void move(String name, String newName) {
            throw readOnly();
        }

        @Override
        public void delete(String name) {
            throw readOnly();
        }

        private static Failure readOnly() {
            return new Failure("The files of a release are not written to.");
        }
    }
}
