package io.jenkins.plugins.igny8.host;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a {@link Folder} promises, for a folder of this machine: only there can be told where a path really leads. */
public final class FilesOfFolder {

    private static final FileAttribute<?> FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path root;
    private final boolean closed;

    private FilesOfFolder(Path root, boolean closed) {
        this.root = root;
        this.closed = closed;
    }

    /** A folder of the user: files in it are readable for others as far as the user's umask lets them be. */
    public static FilesOfFolder of(File folder) {
        return new FilesOfFolder(path(folder), false);
    }

    /** A folder that is closed to others, within another one of that kind; both are made where they do not exist. */
    public static FilesOfFolder ownedBy(File folder) throws IOException {
        Path path = path(folder);
        Files.createDirectories(above(above(path)));
        for (Path each : List.of(above(path), path)) {
            if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(each, FOLDER);
            }
        }
        return new FilesOfFolder(path, true);
    }

    private static Path above(Path path) {
        return Objects.requireNonNull(path.getParent(), () -> path + " lies in no folder");
    }

    private static Path path(File folder) {
        try {
            return folder.toPath().toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw unspeakable(folder.getPath());
        }
    }

    /** The JVM makes bytes of a path by its locale, which under LANG=C knows ASCII only. */
    private static Failure unspeakable(String name) {
        return new Failure("The path '" + name + "' cannot be told to the system here, whose locale knows only "
                + System.getProperty("sun.jnu.encoding") + ": start the agent with LC_ALL=C.UTF-8 (or bin/run), or use plain letters.");
    }

    public Path inside(String name) {
        try {
            Path path = root.resolve(name).normalize();
            if (!Path.of(name).isAbsolute() && path.startsWith(root) && real(path).startsWith(real(root))) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw unspeakable(name);
        }
        throw new Failure("The path '" + name + "' leaves the " + (closed ? "private folder" : "workspace") + " " + root
                + ": give a path relative to it and inside.");
    }

    /** Where the path really lies, symbolic links followed as far as it exists. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.getParent() == null ? path : real(path.getParent()).resolve(path.getFileName());
        }
    }

    public void create() throws IOException {
        Files.createDirectories(root);
    }

    public boolean exists(String name) {
        return Files.exists(inside(name));
    }

    public String read(String name) {
        try {
            return Files.readString(inside(name));
        } catch (IOException e) {
            throw new Failure("Cannot read the file '" + name + "' in " + root + ": it does not exist or is not readable text.", e);
        }
    }

    /** A private file appears at once and closed to others: a command that is still under way may be reading it. */
    public void write(String name, String text) {
        Path file = inside(name);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (closed) {
                createFolders(above(file));
                Path unfinished = Path.of(file + ".new");
                Files.deleteIfExists(unfinished);
                Files.createFile(unfinished, FILE);
                Files.write(unfinished, bytes);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.createDirectories(above(file));
                Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            }
        } catch (IOException e) {
            throw new Failure("Cannot write the file '" + name + "' in " + root + ": " + reason(e) + ".", e);
        }
    }

    private static void createFolders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER);
        }
    }

    /** These exceptions' messages are a path and nothing else. */
    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is no folder";
        }
        return e instanceof AccessDeniedException denied ? "this user may not write " + denied.getFile() : e.getMessage();
    }

    public long size(String name) throws IOException {
        Path file = inside(name);
        return Files.isRegularFile(file) ? Files.size(file) : -1;
    }

    public void move(String name, String newName) {
        Path from = inside(name);
        Path to = inside(newName);
        try {
            // Asked again when the first answer was lost on its way.
            if (Files.exists(from) || !Files.exists(to)) {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new Failure("Cannot move the file '" + name + "' to '" + newName + "' in " + root + ": " + reason(e) + ".", e);
        }
    }

    public List<String> files(String name) throws IOException {
        Path start = inside(name);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(start)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    /** The same link again stays as it is: a repeated operation makes it again while a command may be using it. */
    public String link(String name, String target) throws IOException {
        Path link = root.resolve(name);
        try {
            Path to = Path.of(target);
            if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(to)) {
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, to);
            }
        } catch (InvalidPathException e) {
            throw unspeakable(target);
        }
        return link.toString();
    }

    public void delete(String name) throws IOException {
        deleteAll(inside(name));
    }

    public static void deleteAll(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
