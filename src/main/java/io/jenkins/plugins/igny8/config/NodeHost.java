package io.jenkins.plugins.igny8.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.igny8.agent.AgentHost;
import io.jenkins.plugins.igny8.agent.Journal;
import io.jenkins.plugins.igny8.agent.Place;
import io.jenkins.plugins.igny8.host.Caller;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A node outside of any build, for questions of an administrator. There are no credentials, results and log; its folder goes with it. */
final class NodeHost extends AgentHost {

    private static final Logger LOGGER = Logger.getLogger(NodeHost.class.getName());

    private final FilePath folder;

    private NodeHost(Node node, Place place) {
        super(() -> online(node, place), new Journal());
        this.folder = place.workspace();
    }

    /** @param dockerTool name of the Docker tool that commands find; null: the docker on the PATH */
    static NodeHost of(Node node, @CheckForNull String dockerTool) throws IOException, InterruptedException {
        Computer computer = node.toComputer();
        FilePath root = node.getRootPath();
        if (computer == null || root == null) {
            throw offline(node);
        }
        EnvVars inherited = computer.getEnvironment();
        EnvVars environment = new EnvVars(inherited);
        environment.overrideAll(EngineEnvironment.ofTool(dockerTool, node, TaskListener.NULL, inherited));
        // On an agent that never built anything there is none.
        root.mkdirs();
        FilePath folder = root.createTempDir("igny8", "test");
        return new NodeHost(node, new Place(folder, folder, node.createLauncher(TaskListener.NULL), environment, inherited, TaskListener.NULL));
    }

    /** A step waits for an agent that is away; the person at the button does not. */
    private static Place online(Node node, Place place) {
        if (node.getRootPath() == null) {
            throw offline(node);
        }
        return place;
    }

    private static Failure offline(Node node) {
        return new Failure("The node " + node.getDisplayName() + " is offline: bring it online, or choose another one.");
    }

    @Override
    public void close() {
        super.close();
        try {
            FilePath beside = WorkspaceList.tempDir(folder);
            if (beside != null) {
                beside.deleteRecursive();
            }
            folder.deleteRecursive();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "cannot remove " + folder.getRemote() + " and what is beside it, which may hold keys", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Login login(String credentialsId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String secretFile(String credentialsId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object recall(String key) {
        return null;
    }

    @Override
    public void keep(String key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Caller caller() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOver(String run) {
        return false;
    }

    @Override
    public void tell(Event event) {
        LOGGER.log(Level.FINE, "{0}", event.asLine());
    }
}
