package io.jenkins.plugins.igny8.compose.read;

/**
 * Where something stands.
 *
 * @param file relative to the workspace
 * @param line beginning with 1
 * @param column beginning with 1, in characters
 */
public record Place(String file, int line, int column) {

    /** The beginning of a file: for what is wrong with all of it. */
    public static Place of(String file) {
        return new Place(file, 1, 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
