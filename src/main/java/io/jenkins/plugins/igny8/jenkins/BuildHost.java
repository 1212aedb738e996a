package io.jenkins.plugins.igny8.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Cause;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.igny8.agent.AgentHost;
import io.jenkins.plugins.igny8.agent.Journal;
import io.jenkins.plugins.igny8.agent.Place;
import io.jenkins.plugins.igny8.agent.Places;
import io.jenkins.plugins.igny8.config.BuildCredentials;
import io.jenkins.plugins.igny8.config.EngineEnvironment;
import io.jenkins.plugins.igny8.config.Igny8Configuration;
import io.jenkins.plugins.igny8.host.Caller;
import io.jenkins.plugins.igny8.host.EnvFile;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Results;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.HMACConfidentialKey;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A build of Jenkins as an operation sees it: credentials are the build's, results are kept with it, its log listens. */
public final class BuildHost extends AgentHost {

    /** Made by Jenkins at its first use, and kept with its other secrets. */
    private static final HMACConfidentialKey FINGERPRINTS = new HMACConfidentialKey(BuildHost.class.getName() + ".variables");

    private static final String CONTROLLER = "jenkins ";

    private final Run<?, ?> build;
    private final TaskListener listener;
    private final Mask mask = new Mask();
    private final Runnable beforeTelling;
    private volatile String engine;
    private Map<String, String> engineVariables;

    private BuildHost(Run<?, ?> build, Places places, Journal journal, TaskListener listener, Runnable beforeTelling) {
        super(places, journal);
        this.build = build;
        this.listener = listener;
        this.beforeTelling = beforeTelling;
    }

    /** For a pipeline's step. */
    static BuildHost ofStep(StepContext context, Journal journal, Suspension suspension) throws IOException, InterruptedException {
        StepPlaces places = new StepPlaces(context);
        return new BuildHost(context.get(Run.class), places, journal, places.listener(), suspension::await);
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
        return new BuildHost(build, () -> place, new Journal(), listener, () -> {});
    }

    /**
     * Runs what a step asks for.
     *
     * @return the result as plain maps, lists, strings, numbers and booleans
     * @throws Failure whose sentence shows no secret
     */
    public Object perform(Igny8Step step) throws InterruptedException {
        return perform(step, step.operation(Igny8Configuration.get().settings()));
    }

    /** Runs what a block step asks for after the steps inside. */
    Object leave(Igny8BlockStep step) throws InterruptedException {
        return perform(step, step.around(Igny8Configuration.get().settings()).leave());
    }

    private Object perform(Igny8Step step, Operation<?> operation) throws InterruptedException {
        engine = step.getEngine();
        try {
            return Results.of(step.getDescriptor().getFunctionName(), operation, this);
        } catch (Failure e) {
            throw new Failure(mask.in(e.getMessage()), e);
        }
    }

    /** Runs what a block step asks for while the steps inside run. */
    void stay(Igny8BlockStep step) throws InterruptedException {
        engine = step.getEngine();
        try {
            step.around(Igny8Configuration.get().settings()).stay().run(this);
        } catch (Failure e) {
            tell(Event.warning("", e.getMessage()));
        }
    }

    @Override
    public synchronized Map<String, String> engine() {
        if (engine == null) {
            return Map.of();
        }
        if (engineVariables == null) {
            engineVariables = EngineEnvironment.of(Igny8Configuration.get().engine(engine), build, privateFolder());
        }
        return engineVariables;
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
    public Caller caller() {
        String root = Jenkins.get().getRootUrl();
        return new Caller(
                stepName(),
                CONTROLLER + Jenkins.get().getLegacyInstanceId() + " " + build.getExternalizableId(),
                build.getParent().getFullName() + " #" + build.getNumber(),
                (root == null ? "" : root) + build.getUrl(),
                user());
    }

    private String user() {
        Cause.UserIdCause person = build.getCause(Cause.UserIdCause.class);
        if (person != null && person.getUserId() != null) {
            return person.getUserId();
        }
        return build.getCauses().stream().findFirst().map(Cause::getShortDescription).orElse("nobody that is known");
    }

    /** A build that this controller does not know may have been moved: only one that it sees ended is over. */
    @Override
    public boolean isOver(String run) {
        String ours = CONTROLLER + Jenkins.get().getLegacyInstanceId() + " ";
        if (!run.startsWith(ours)) {
            return false;
        }
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Run<?, ?> other = Run.fromExternalizableId(run.substring(ours.length()));
            return other != null && !other.isBuilding();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String fingerprint(String text) {
        return FINGERPRINTS.mac(text);
    }

    @Override
    public void tell(Event event) {
        beforeTelling.run();
        listener.getLogger().println(mask.in(event.asLine()));
    }
}
