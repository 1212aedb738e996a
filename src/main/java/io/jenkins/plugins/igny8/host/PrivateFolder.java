package io.jenkins.plugins.igny8.host;

/** A folder that only this user may read (0700, files 0600), outside the workspace, gone once it is closed. */
public interface PrivateFolder extends Folder, AutoCloseable {

    /**
     * Makes a symbolic link in this folder.
     *
     * @param target an absolute path
     * @return the absolute path of the link
     */
    String link(String name, String target);

    @Override
    void close();
}
