package io.jenkins.plugins.igny8.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.igny8.agent.Places;
import io.jenkins.plugins.igny8.config.EngineEnvironment;
import io.jenkins.plugins.igny8.config.Igny8Configuration;
import io.jenkins.plugins.igny8.agent.Place;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Where a pipeline's step runs, asked afresh: after a restart the agent has another channel. */
final class StepPlaces implements Places {

    private final StepContext context;

    StepPlaces(StepContext context) {
        this.context = context;
    }

    /** Whether the step is inside a node, whose agent may be away just now. */
    static boolean onNode(StepContext context) throws IOException, InterruptedException {
        EnvVars environment = context.get(EnvVars.class);
        return environment != null && environment.containsKey("WORKSPACE") || context.get(FilePath.class) != null;
    }

    @Override
    public Place now() throws IOException, InterruptedException {
        TaskListener listener = listener();
        FilePath directory = context.get(FilePath.class);
        Launcher launcher = context.get(Launcher.class);
        EnvVars environment = context.get(EnvVars.class);
        Computer computer = directory == null ? null : directory.toComputer();
        if (launcher == null || environment == null || computer == null) {
            return null;
        }
        return place(directory, launcher, environment, computer, listener);
    }

    /** The one thing that is there as long as the step lives, and only so long. */
    TaskListener listener() throws InterruptedException {
        try {
            TaskListener listener = context.get(TaskListener.class);
            if (listener != null) {
                return listener;
            }
        } catch (IOException e) {
            // As for null.
        }
        throw new InterruptedException("the build has gone on without this step");
    }

    /** {@code node} promises a workspace but does not make its folder. */
    static Place place(FilePath directory, Launcher launcher, EnvVars environment, Computer computer, TaskListener listener)
            throws IOException, InterruptedException {
        String root = environment.get("WORKSPACE");
        FilePath workspace = root == null ? directory : new FilePath(directory.getChannel(), root);
        directory.mkdirs();
        EnvVars inherited = computer.getEnvironment();
        return new Place(directory, workspace, launcher, withTool(environment, computer, listener), inherited, listener);
    }

    private static EnvVars withTool(EnvVars environment, Computer computer, TaskListener listener) throws IOException, InterruptedException {
        String tool = Igny8Configuration.get().getDockerTool();
        Node node = computer.getNode();
        if (tool == null || node == null) {
            return environment;
        }
        EnvVars all = new EnvVars(environment);
        all.overrideAll(EngineEnvironment.ofTool(tool, node, listener, environment));
        return all;
    }
}
