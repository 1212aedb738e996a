package io.jenkins.plugins.igny8.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.igny8.agent.AgentHost;
import io.jenkins.plugins.igny8.agent.Journal;
import io.jenkins.plugins.igny8.agent.Place;
import io.jenkins.plugins.igny8.agent.Places;
import io.jenkins.plugins.igny8.config.BuildCredentials;
import io.jenkins.plugins.igny8.host.EnvFile;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Results;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A build of Jenkins as an operation sees it: credentials are the build's, results are kept with it, its log listens. */
public final class BuildHost extends AgentHost {

    private final Run<?, ?> build;
    private final TaskListener listener;
    private final Mask mask = new Mask();

    private BuildHost(Run<?, ?> build, Places places, Journal journal, TaskListener listener) {
        super(places, journal);
        this.build = build;
        this.listener = listener;
    }

    /** For a pipeline's step. */
    static BuildHost ofStep(StepContext context, Journal journal) throws IOException, InterruptedException {
        StepPlaces places = new StepPlaces(context);
        return new BuildHost(context.get(Run.class), places, journal, places.listener());
    }

    /** For a freestyle build, which stays where it is and does not outlive a restart. */
    public static BuildHost ofBuild(
            Run<?, ?> build, FilePath workspace, EnvVars environment, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        Computer computer = workspace.toComputer();
        if (computer == null) {
            throw new Failure("The agent of " + build + " is not connected any more: start the build again.");
        }
        Place place = StepPlaces.place(workspace, launcher, environment, computer, listener);
        return new BuildHost(build, () -> place, new Journal(), listener);
    }

    /**
     * Runs an operation.
     *
     * @param step its name in a Jenkinsfile
     * @return the result as plain maps, lists, strings, numbers and booleans
     * @throws Failure whose sentence shows no secret
     */
    public Object perform(String step, Operation<?> operation) throws InterruptedException {
        try {
            return Results.of(step, operation, this);
        } catch (Failure e) {
            throw new Failure(mask.in(e.getMessage()), e);
        }
    }

    @Override
    public Login login(String credentialsId) {
        Login login = BuildCredentials.login(build, credentialsId);
        mask.hide(List.of(login.password()));
        return login;
    }

    @Override
    public String secretFile(String credentialsId) {
        String text = BuildCredentials.secretFile(build, credentialsId);
        mask.hide(EnvFile.secrets(text));
        return text;
    }

    @Override
    public Object recall(String key) {
        return ResultsAction.of(build).get(key);
    }

    @Override
    public void keep(String key, Object value) {
        ResultsAction.of(build).put(key, value instanceof String text ? mask.in(text) : value);
    }

    @Override
    public void tell(Event event) {
        listener.getLogger().println(mask.in(event.asLine()));
    }
}
