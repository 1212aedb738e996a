package io.jenkins.plugins.igny8.agent;

import hudson.Proc;
import io.jenkins.plugins.igny8.host.Stream;
import java.io.IOException;

/** A plain command whose lines arrive as they are written. It has a bounded life, since it may outlive whoever reads it. */
final class AgentStream implements Stream {

    private final CommandFolder folder;
    private final Proc process;
    private final Lines lines;
    private volatile boolean closed;

    AgentStream(CommandFolder folder, Proc process, Lines lines) {
        this.folder = folder;
        this.process = process;
        this.lines = lines;
    }

    @Override
    public boolean open() {
        try {
            return !closed && process.isAlive();
        } catch (IOException | RuntimeException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What comes from now on is the noise of ending, such as a shell's word about it. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            lines.end();
            Uninterrupted.run(() -> {
                folder.end();
                folder.delete();
            });
        }
    }

    /** What could not be started: a stream only wakes somebody up, so there is nobody to tell. */
    static Stream ended() {
        return new Stream() {
            @Override
            public boolean open() {
                return false;
            }

            @Override
            public void close() {
                // Nothing runs.
            }
        };
    }
}
