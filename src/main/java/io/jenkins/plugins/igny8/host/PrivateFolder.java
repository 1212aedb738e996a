package io.jenkins.plugins.igny8.host;

/** A folder that only this user may read (0700, files 0600), outside the workspace, gone once it is closed. */
public interface PrivateFolder extends Folder, AutoCloseable {

    @Override
    void close();
}
