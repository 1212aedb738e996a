package io.jenkins.plugins.igny8.agent;

import hudson.FilePath;
import hudson.Proc;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.FilesOfFolder;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jenkins.MasterToSlaveFileCallable;

/** The folder of one command on the agent: its script, its process group, and what a question wrote. */
final class CommandFolder {

    /** Ending takes at most 15 s by itself; a container that is being stopped may never answer. */
    private static final long ENDING_SECONDS = 20;

    private final Place place;
    private final FilePath path;

    CommandFolder(Place place, FilePath path) {
        this.place = place;
        this.path = path;
    }

    /** Beside the workspace, where durable tasks and all of Jenkins' containers have theirs. */
    static FilePath parent(Place place) {
        FilePath parent = WorkspaceList.tempDir(place.workspace());
        if (parent == null) {
            throw new Failure("The workspace " + place.workspace().getRemote() + " has no folder beside it for private files: use another one.");
        }
        return parent;
    }

    String path() {
        return path.getRemote();
    }

    /** Writes the script. Workspace and step's folder are made where they do not exist, as {@code sh} does. */
    void create(String script) throws IOException, InterruptedException {
        path.act(new Create(place.workspace().getRemote(), place.directory().getRemote(), script));
    }

    private static final class Create extends MasterToSlaveFileCallable<Void> {
        private static final long serialVersionUID = 1L;

        private final String workspace;
        private final String directory;
        private final String script;

        Create(String workspace, String directory, String script) {
            this.workspace = workspace;
            this.directory = directory;
            this.script = script;
        }

        @Override
        public Void invoke(File folder, VirtualChannel channel) throws IOException {
            FilesOfFolder.of(new File(workspace)).create();
            FilesOfFolder.of(new File(directory)).create();
            FilesOfFolder own = FilesOfFolder.ownedBy(folder);
            own.write("run", script);
            own.write("end", Script.END);
            return null;
        }
    }

    /**
     * Starts one of the scripts: a plain command of plain words.
     *
     * @param out receives what it writes
     */
    Proc launch(String script, OutputStream out) throws IOException {
        return place.launcher()
                .launch()
                .cmds("sh", launched(path.getRemote() + "/" + script))
                .envs(new String[0])
                .pwd(place.workspace())
                .quiet(true)
                .stdout(out)
                .stderr(out)
                .start();
    }

    /** Launchers expand variables in words. */
    private static String launched(String path) {
        return path.replace("$", "$$");
    }

    /**
     * Ends the command with all that it started, and nothing else. By a second launch, since with some launchers losing the first
     * one's client ends nothing. Never waits longer than {@link #ENDING_SECONDS}.
     *
     * @throws IOException where it is not certain that it has ended
     */
    void end() throws IOException, InterruptedException {
        if (!path.child("end").exists()) {
            // Never begun, or removed after its end.
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = launch("end", said).joinWithTimeout(ENDING_SECONDS, TimeUnit.SECONDS, place.listener());
        if (code != 0) {
            throw new IOException(said.toString(StandardCharsets.UTF_8).strip() + " (exit code " + code + ")");
        }
    }

    void delete() throws IOException, InterruptedException {
        path.deleteRecursive();
    }

    /** What a question left; the code is null where it did not come to its end, else the folder is gone afterwards. */
    Written collect() throws IOException, InterruptedException {
        return path.act(new Collect());
    }

    static final class Written implements Serializable {
        private static final long serialVersionUID = 1L;

        final Integer code;
        final String out;
        final String err;

        Written(Integer code, String out, String err) {
            this.code = code;
            this.out = out;
            this.err = err;
        }
    }

    private static final class Collect extends MasterToSlaveFileCallable<Written> {
        private static final long serialVersionUID = 1L;

        @Override
        public Written invoke(File folder, VirtualChannel channel) throws IOException {
            String code = text(folder, "code").strip();
            if (code.isEmpty()) {
                return new Written(null, "", "");
            }
            Written written = new Written(Integer.valueOf(code), text(folder, "out"), text(folder, "err"));
            FilesOfFolder.deleteAll(folder.toPath());
            return written;
        }

        private static String text(File folder, String name) throws IOException {
            Path file = folder.toPath().resolve(name);
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        }
    }
}
