package io.jenkins.plugins.igny8.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.igny8.host.FilesOfFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;

/**
 * Removes, beside a workspace, what nobody will remove any more: folders of steps whose build was lost, and those of this step's
 * questions and streams from before an interruption.
 */
final class Leftovers extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    /** A step whose folder was not touched for so long is taken for dead. */
    private static final long OLD_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final String own;

    /** @param own name of this step's folder */
    Leftovers(String own) {
        this.own = own;
    }

    @Override
    public Void invoke(File parent, VirtualChannel channel) throws IOException {
        remove(parent.toPath(), "igny8-*", System.currentTimeMillis() - OLD_MILLIS);
        remove(parent.toPath().resolve(own), "{question,stream}-*", Long.MAX_VALUE);
        return null;
    }

    private void remove(Path parent, String pattern, long before) throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, pattern)) {
            for (Path folder : folders) {
                if (!folder.endsWith(own) && lastTouched(folder) < before) {
                    FilesOfFolder.deleteAll(folder);
                }
            }
        }
    }

    private static long lastTouched(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            long last = 0;
            for (Path path : paths.toList()) {
                last = Math.max(last, Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toMillis());
            }
            return last;
        }
    }
}
