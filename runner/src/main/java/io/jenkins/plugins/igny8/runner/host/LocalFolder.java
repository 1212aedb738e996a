package io.jenkins.plugins.igny8.runner.host;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.FilesOfFolder;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A folder of this machine. */
final class LocalFolder implements PrivateFolder {

    /** Private folders hold logins: they go with the JVM too, when a second Ctrl-C ends it at once. */
    private static final Set<LocalFolder> PRIVATE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> PRIVATE.forEach(LocalFolder::close), "remove private folders"));
    }

    private final Path root;
    private final FilesOfFolder files;

    private LocalFolder(Path root, FilesOfFolder files) {
        this.root = root;
        this.files = files;
    }

    static LocalFolder workspace(Path path) {
        return new LocalFolder(path.toAbsolutePath().normalize(), FilesOfFolder.of(path.toFile()));
    }

    static LocalFolder ofOwn() {
        try {
            Path path = Files.createTempDirectory(
                    "igny8-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            LocalFolder folder = new LocalFolder(path, FilesOfFolder.ownedBy(path.toFile()));
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
        return files.inside(name).toString();
    }

    @Override
    public boolean exists(String name) {
        return files.exists(name);
    }

    @Override
    public String read(String name) {
        return files.read(name);
    }

    @Override
    public void write(String name, String text) {
        files.write(name, text);
    }

    @Override
    public List<String> files(String name) {
        try {
            return files.files(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long size(String name) {
        try {
            return files.size(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void move(String name, String newName) {
        files.move(name, newName);
    }

    @Override
    public void delete(String name) {
        try {
            files.delete(name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + name + " in " + root, e);
        }
    }

    @Override
    public String link(String name, String target) {
        try {
            return files.link(name, target);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot link to " + target, e);
        }
    }

    @Override
    public void close() {
        PRIVATE.remove(this);
        try {
            FilesOfFolder.deleteAll(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + root, e);
        }
    }
}
