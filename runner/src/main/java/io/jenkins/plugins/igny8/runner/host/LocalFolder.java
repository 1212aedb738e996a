package io.jenkins.plugins.igny8.runner.host;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A folder of this machine. */
final class LocalFolder implements PrivateFolder {

    /** Private folders hold logins: they go with the JVM too, when a second Ctrl-C ends it at once. */
    private static final Set<LocalFolder> PRIVATE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> PRIVATE.forEach(LocalFolder::close), "remove private folders"));
    }

    private final Path root;
    private final String called;

    private LocalFolder(Path root, String called) {
        this.root = root;
        this.called = called;
    }

    static LocalFolder workspace(Path path) {
        return new LocalFolder(path.toAbsolutePath().normalize(), "workspace");
    }

    static LocalFolder ofOwn() {
        try {
            LocalFolder folder = new LocalFolder(
                    Files.createTempDirectory(
                            "igny8-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
                    "private folder");
            PRIVATE.add(folder);
            return folder;
        } catch (IOException e) {
            throw new Failure("Cannot make a private folder in " + System.getProperty("java.io.tmpdir") + ": check that this user may write"
                    + " there and the disk is not full.", e);
        }
    }

    @Override
    public String path() {
        return root.toString();
    }

    @Override
    public String path(String name) {
        return inside(name).toString();
    }

    private Path inside(String name) {
        Path path = root.resolve(name).normalize();
        if (Path.of(name).isAbsolute() || !path.startsWith(root) || !realParent(path).startsWith(realParent(root))) {
            throw new Failure("The path '" + name + "' leaves the " + called + " " + root + ": give a path relative to it and inside.");
        }
        return path;
    }

    /** Where the path really lies, symbolic links followed as far as it exists. */
    private static Path realParent(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.getParent() == null ? path : realParent(path.getParent()).resolve(path.getFileName());
        }
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(inside(name));
    }

    @Override
    public String read(String name) {
        try {
            return Files.readString(inside(name));
        } catch (IOException e) {
            throw new Failure("Cannot read the file '" + name + "' in " + root + ": it does not exist or is not readable text.", e);
        }
    }

    @Override
    public void write(String name, String text) {
        Path file = inside(name);
        try {
            Files.createDirectories(file.getParent());
            if (!Files.exists(file)) {
                // Whoever reads a private folder's file first must already find it closed to others.
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(called.equals("workspace") ? "rw-r--r--" : "rw-------")));
            }
            Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new Failure("Cannot write the file '" + name + "' in " + root + ": " + reason(e) + ".", e);
        }
    }

    /** These exceptions' messages are a path and nothing else. */
    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is no folder";
        }
        return e instanceof AccessDeniedException denied ? "this user may not write " + denied.getFile() : e.getMessage();
    }

    @Override
    public List<String> files(String name) {
        Path start = inside(name);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(start)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(String name) {
        deleteAll(inside(name));
    }

    private static void deleteAll(Path path) {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }

    @Override
    public String link(String name, String target) {
        try {
            return Files.createSymbolicLink(root.resolve(name), Path.of(target)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot link to " + target, e);
        }
    }

    @Override
    public void close() {
        PRIVATE.remove(this);
        deleteAll(root);
    }
}
