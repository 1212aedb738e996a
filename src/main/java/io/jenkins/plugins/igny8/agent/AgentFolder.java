package io.jenkins.plugins.igny8.agent;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.igny8.host.FilesOfFolder;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import jenkins.MasterToSlaveFileCallable;

/** A folder on the agent. Everything is done there, names are checked there, and all may be done again. */
final class AgentFolder implements PrivateFolder {

    private final Connection connection;
    private final Function<Place, FilePath> where;
    private final boolean closed;

    private AgentFolder(Connection connection, Function<Place, FilePath> where, boolean closed) {
        this.connection = connection;
        this.where = where;
        this.closed = closed;
    }

    static AgentFolder workspace(Connection connection) {
        return new AgentFolder(connection, Place::directory, false);
    }

    /** Closed to others; made where it does not exist. */
    static AgentFolder closed(Connection connection, Function<Place, FilePath> where) {
        AgentFolder folder = new AgentFolder(connection, where, true);
        folder.act(Kind.MAKE, "", "");
        return folder;
    }

    @Override
    public String path() {
        return path("");
    }

    @Override
    public String path(String name) {
        return (String) act(Kind.PATH, name, "");
    }

    @Override
    public boolean exists(String name) {
        return (Boolean) act(Kind.EXISTS, name, "");
    }

    @Override
    public String read(String name) {
        return (String) act(Kind.READ, name, "");
    }

    @Override
    public void write(String name, String text) {
        act(Kind.WRITE, name, text);
    }

    @Override
    public List<String> files(String name) {
        return List.of((String[]) act(Kind.FILES, name, ""));
    }

    @Override
    public long size(String name) {
        return (Long) act(Kind.SIZE, name, "");
    }

    @Override
    public void move(String name, String newName) {
        act(Kind.MOVE, name, newName);
    }

    @Override
    public void delete(String name) {
        act(Kind.DELETE, name, "");
    }

    @Override
    public String link(String name, String target) {
        return (String) act(Kind.LINK, name, target);
    }

    /** Never waits: where the agent is away by now, the folder goes with the step's last things, or after a day. */
    @Override
    public void close() {
        Place place = connection.last();
        Uninterrupted.run(() -> where.apply(place).deleteRecursive());
    }

    private Object act(Kind kind, String name, String text) {
        try {
            return connection.repeat("reach the folder of this step",
                    place -> where.apply(place).act(new Act(kind, closed, name, text)));
        } catch (InterruptedException e) {
            throw AgentFolder.<RuntimeException>unchecked(e);
        }
    }

    /** A host's methods end with InterruptedException when the build is aborted, those of a folder too. */
    @SuppressWarnings("unchecked")
    static <E extends Throwable> E unchecked(Throwable e) throws E {
        throw (E) e;
    }

    private enum Kind {
        MAKE,
        PATH,
        EXISTS,
        READ,
        WRITE,
        FILES,
        SIZE,
        MOVE,
        DELETE,
        LINK
    }

    private static final class Act extends MasterToSlaveFileCallable<Object> {
        private static final long serialVersionUID = 1L;

        private final Kind kind;
        private final boolean closed;
        private final String name;
        private final String text;

        Act(Kind kind, boolean closed, String name, String text) {
            this.kind = kind;
            this.closed = closed;
            this.name = name;
            this.text = text;
        }

        @Override
        public Object invoke(File folder, VirtualChannel channel) throws IOException {
            FilesOfFolder files = closed ? FilesOfFolder.ownedBy(folder) : FilesOfFolder.of(folder);
            switch (kind) {
                case PATH:
                    return files.inside(name).toString();
                case EXISTS:
                    return files.exists(name);
                case READ:
                    return files.read(name);
                case WRITE:
                    files.write(name, text);
                    return null;
                case FILES:
                    return files.files(name).toArray(new String[0]);
                case SIZE:
                    return files.size(name);
                case MOVE:
                    files.move(name, text);
                    return null;
                case DELETE:
                    files.delete(name);
                    return null;
                case LINK:
                    return files.link(name, text);
                default:
                    return null;
            }
        }
    }
}
