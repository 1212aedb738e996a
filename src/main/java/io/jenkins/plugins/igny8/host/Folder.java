package io.jenkins.plugins.igny8.host;

import java.util.List;

/**
 * A folder on the machine where the commands run. Every name is relative to it and stays inside: {@code ..}, an absolute
 * path and a symbolic link that lead out of it are a {@link Failure}.
 */
public interface Folder {

    /** The absolute path of the folder itself. */
    String path();

    /** The absolute path of something inside, which need not exist. */
    String path(String name);

    boolean exists(String name);

    /** The text of a file in UTF-8; a {@link Failure} where there is none. */
    String read(String name);

    /** Writes a file in UTF-8, with the folders above it. */
    void write(String name, String text);

    /** Names of all files below {@code name}, relative to this folder and sorted; empty where there is nothing. */
    List<String> files(String name);

    /** The bytes of a file; -1 where there is none. */
    long size(String name);

    /**
     * Gives a file another name, at once and in the place of a file that has it: nobody ever sees half of it. Nothing happens where that
     * is done already. A {@link Failure} where there is no such file, or no folder for it to go to.
     */
    void move(String name, String newName);

    /** Removes a file, or a folder with all in it; nothing happens where there is none. */
    void delete(String name);
}
