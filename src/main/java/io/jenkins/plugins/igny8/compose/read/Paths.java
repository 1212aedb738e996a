package io.jenkins.plugins.igny8.compose.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Paths as text: they are those of the agent's machine, whatever this one is. */
public final class Paths {

    private Paths() {}

    /** A path seen from a folder, without {@code .} and {@code ..}; an absolute one stays. */
    public static String resolved(String folder, String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : List.of((path.startsWith("/") ? path : folder + "/" + path).split("/"))) {
            if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return (path.startsWith("/") || folder.startsWith("/") ? "/" : "") + String.join("/", parts);
    }

    /** The folder of a file; empty for a bare name. */
    public static String folder(String path) {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }

    /** Whether a path is a folder or lies below it. */
    public static boolean isWithin(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
    }

    /** A path relative to a folder above it; null where it does not lie below. */
    public static String relative(String path, String folder) {
        return path.equals(folder) ? "" : isWithin(path, folder) ? path.substring(folder.length() + 1) : null;
    }
}
