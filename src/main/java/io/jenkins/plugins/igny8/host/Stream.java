package io.jenkins.plugins.igny8.host;

/** A command whose lines are read while it runs. It may end or be cut at any time; closing it ends the command. */
public interface Stream extends AutoCloseable {

    /** False once the command ended or the connection to it is lost; it does not come back. */
    boolean open();

    @Override
    void close();
}
