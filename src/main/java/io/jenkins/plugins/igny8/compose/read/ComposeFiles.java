package io.jenkins.plugins.igny8.compose.read;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compose files read together: variables filled in, includes and extended services followed, short forms written out, later files merged
 * over earlier ones. What the result means is Compose's to say; what this gives is where everything stands, and an answer where
 * there is no Compose to ask.
 */
public final class ComposeFiles {

    /** Files that one set of compose files may include or extend, each as often as it is. */
    private static final int MOST_FILES = 200;

    /** Services that extend each other one after another; people stop at three. */
    private static final int LONGEST_CHAIN = 50;

    private final Folder workspace;
    private final String root;
    private final Map<String, String> variables;
    private final List<Problem> problems;
    private final Set<String> files = new LinkedHashSet<>();
    private final List<Reference> references = new ArrayList<>();
    private final Map<String, Value> documents = new HashMap<>();
    private final Map<String, Extended> extended = new HashMap<>();
    private long bytes;
    private int merged;

    /** A service with all that it extends, and how long that chain was. */
    private record Extended(Value service, int length) {}

    private ComposeFiles(Folder workspace, Map<String, String> variables, List<Problem> problems) {
        this.workspace = workspace;
        this.root = workspace.path();
        this.variables = variables;
        this.problems = problems;
    }

    /**
     * What was read.
     *
     * @param model the merged files; without services where nothing could be read
     * @param files all that were read, relative to the workspace, included and extended ones last
     * @param references where those are named
     * @param problems what is wrong with the files themselves
     */
    public record Read(Value model, List<String> files, List<Reference> references, List<Problem> problems) {

        /** Whether all was there: else what seems to be missing may stand in the part that was not read. */
        public boolean isWhole() {
            return problems.stream().noneMatch(problem -> problem.rule().equals(Problem.FILE_MISSING) || problem.rule().equals(Problem.YAML));
        }
    }

    /**
     * One file is named in another one, to be included or extended.
     *
     * @param at its path, or the key of that
     * @param file what is meant, relative to the workspace
     */
    public record Reference(Place at, String file) {}

    /**
     * @param files relative to the workspace, merged in this order; the folder of the first is where relative paths begin
     * @param variables for the files; the file {@code .env} beside the first one is for the caller to add
     */
    public static Read read(Folder workspace, List<String> files, Map<String, String> variables) {
        List<Problem> problems = new ArrayList<>();
        ComposeFiles reader = new ComposeFiles(workspace, variables, problems);
        Value model = reader.project(files, Paths.folder(files.get(0)), new LinkedHashSet<>(), Place.of(files.get(0)));
        return new Read(model.withoutResets(), List.copyOf(reader.files), List.copyOf(reader.references), List.copyOf(new LinkedHashSet<>(problems)));
    }

    private Value project(List<String> files, String base, Set<String> including, Place from) {
        Value model = Value.map(from, Map.of());
        for (String file : files) {
            if (including.contains(file)) {
                problems.add(new Problem(Problem.FILE_MISSING, from, "The file " + file + " includes itself, by way of "
                        + String.join(", ", including) + ".",
                        "Take this include out."));
                continue;
            }
            if (++merged > MOST_FILES) {
                problems.add(new Problem(Problem.FILE_MISSING, from, "More than " + MOST_FILES + " files are included.", "Check the includes."));
                return model;
            }
            Set<String> path = new LinkedHashSet<>(including);
            path.add(file);
            Value document = document(file, base, from);
            for (Value include : document.get("include").oneOrMore()) {
                model = Merge.of(model, included(include, base, path));
            }
            Value own = document.without(List.of("include"));
            if (own.get("services").isMap()) {
                own = own.with("services", extended(own.get("services"), file, base));
            }
            model = Merge.of(model, own);
        }
        return model;
    }

    private Value included(Value include, String folder, Set<String> including) {
        List<Value> paths = include.isText() ? List.of(include) : include.get("path").oneOrMore();
        List<String> files = new ArrayList<>();
        for (Value path : paths) {
            String file = referred(path, folder);
            if (file != null) {
                files.add(file);
            }
        }
        if (files.isEmpty()) {
            return Value.nothing(include.place());
        }
        Value directory = include.get("project_directory");
        String base = directory.isText() ? inside(directory.text(), folder, directory.place()) : Paths.folder(files.get(0));
        return project(files, base == null ? folder : base, including, paths.get(0).place());
    }

    /** A path in a file as the workspace calls it; null, with a problem, where it leads out. */
    private String inside(String path, String folder, Place place) {
        String resolved = Paths.resolved(folder, path);
        if (path.contains("://") || path.startsWith("oci:") || path.startsWith("git@")) {
            problems.add(new Problem(Problem.FILE_MISSING, place, "'" + path + "' is not in the workspace, so it is not read.",
                    "Keep a copy of it in the workspace."));
            return null;
        }
        String relative = resolved.startsWith("/") ? Paths.relative(resolved, root) : resolved;
        if (relative == null || relative.startsWith("..") || leaves(relative)) {
            problems.add(new Problem(Problem.FILE_MISSING, place, "'" + path + "' lies outside the workspace, so it is not read.",
                    "Put it into the workspace, or run the step in a folder that has both."));
            return null;
        }
        return relative;
    }

    /** The same of another compose file. */
    private String referred(Value path, String folder) {
        String file = inside(path.text(), folder, path.place());
        if (file != null) {
            references.add(new Reference(path.place(), file));
        }
        return file;
    }

    /** By a symbolic link. */
    private boolean leaves(String relative) {
        try {
            workspace.exists(relative);
            return false;
        } catch (Failure e) {
            return true;
        }
    }

    private Value document(String file, String base, Place from) {
        // The same file from two folders means two things.
        String key = base.equals(Paths.folder(file)) ? file : base + "//" + file;
        Value known = documents.get(key);
        if (known == null) {
            known = fresh(file, base, from);
            documents.put(key, known);
        }
        return known;
    }

    private Value fresh(String file, String base, Place from) {
        Value document = Value.map(Place.of(file), Map.of());
        long size = workspace.size(file);
        if (size < 0) {
            problems.add(new Problem(Problem.FILE_MISSING, from, "There is no file " + file + " in the workspace.", "Check the path."));
            return document;
        }
        bytes += size;
        if (bytes > YamlText.LARGEST) {
            problems.add(new Problem(Problem.YAML, Place.of(file), "The file " + file + " has " + size
                    + " bytes, and all compose files together may have "
                    + YamlText.LARGEST + ".", "Check that it is the right one."));
            return document;
        }
        files.add(file);
        String text;
        try {
            text = workspace.read(file);
        } catch (Failure e) {
            problems.add(new Problem(Problem.YAML, Place.of(file), "The file " + file + " is no text in UTF-8.", "Save it as UTF-8."));
            return document;
        }
        Interpolation interpolation = new Interpolation(variables, problems);
        LongForm longForm = new LongForm(base.isEmpty() ? root : Paths.resolved(root, base), problems);
        for (Value one : YamlText.read(file, text, problems)) {
            document = Merge.of(document, longForm.file(interpolation.in(one)));
        }
        return document;
    }

    /** Paths of includes and extended files begin in the project's folder, also in a second file that lies elsewhere, as Compose has it. */
    private Value extended(Value services, String file, String base) {
        Map<String, Value> all = new LinkedHashMap<>();
        services.members().forEach((name, service) -> all.put(name, extended(name, service, services, file, base, new LinkedHashSet<>()).service));
        return Value.map(services.place(), all);
    }

    private Extended extended(String name, Value service, Value siblings, String file, String folder, Set<String> extending) {
        Value reference = service.get("extends");
        if (reference.isNothing()) {
            return new Extended(service, 0);
        }
        Value own = service.without(List.of("extends"));
        String key = file + "#" + name;
        if (!extending.add(key)) {
            problems.add(new Problem(Problem.FILE_MISSING, reference.place(), "The service " + name + " extends itself, by way of "
                    + String.join(", ", extending) + ".", "Extend a service that does not lead back here."));
            return new Extended(own, 0);
        }
        if (!extended.containsKey(key)) {
            Extended parent = parent(name, reference, siblings, file, folder, extending);
            if (parent.length >= LONGEST_CHAIN || extending.size() > LONGEST_CHAIN) {
                problems.add(new Problem(Problem.FILE_MISSING, reference.place(), "More than " + LONGEST_CHAIN + " services extend each other here.",
                        "Extend fewer."));
                parent = new Extended(Value.nothing(reference.place()), 0);
            }
            Value merged = parent.service.isMap() ? Merge.of(parent.service, own) : own;
            extended.put(key, new Extended(merged, parent.length + 1));
        }
        return extended.get(key);
    }

    private Extended parent(String name, Value reference, Value siblings, String file, String folder, Set<String> extending) {
        Extended none = new Extended(Value.nothing(reference.place()), 0);
        if (extending.size() > LONGEST_CHAIN) {
            return none;
        }
        String wanted = reference.isText() ? reference.text() : reference.get("service").text();
        Value others = siblings;
        String otherFile = file;
        Value path = reference.get("file");
        if (path.isText()) {
            otherFile = referred(path, folder);
            if (otherFile == null) {
                return none;
            }
            others = otherFile.equals(file) ? siblings : document(otherFile, Paths.folder(otherFile), path.place()).get("services");
        }
        Value parent = others.get(wanted);
        if (parent.isMap()) {
            return extended(wanted, parent, others, otherFile, otherFile.equals(file) ? folder : Paths.folder(otherFile), extending);
        }
        if (workspace.exists(otherFile)) {
            problems.add(new Problem(Problem.COMPOSE, reference.place(), "The service " + name + " extends '" + wanted + "', which " + otherFile
                    + " does not have.",
                    "Name one that it has."));
        }
        return none;
    }
}
