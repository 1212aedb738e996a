package io.jenkins.plugins.igny8.runner.build;

import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.FingerprintKey;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import io.jenkins.plugins.igny8.runner.report.Console;
import io.jenkins.plugins.igny8.runner.report.Result;
import io.jenkins.plugins.igny8.runner.report.RunRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One run of a Jenkinsfile: what all its steps share. */
public final class Build {

    /**
     * What a run is made from.
     *
     * @param file the Jenkinsfile as the user named it
     * @param workspace where steps run
     * @param folder where what outlives the run is put
     * @param fingerprintKey file of the user's key for fingerprints
     * @param variables what Jenkins sets: {@code BUILD_NUMBER}, {@code WORKSPACE} and so on
     * @param engines the URIs of engines by the names that steps use
     */
    public record Setup(
            String file,
            String job,
            int number,
            Path workspace,
            Path folder,
            Path fingerprintKey,
            Map<String, String> variables,
            Map<String, String> engines) {}

    private final Setup setup;
    private final Credentials credentials;
    private final Console console;
    private final RunRecord record = new RunRecord();
    private final Instant start = Instant.now();
    private final LocalHost host;
    private final Map<String, String> assigned = new ConcurrentHashMap<>();
    private final InheritableThreadLocal<Context> contexts = new InheritableThreadLocal<>();
    private volatile Map<String, Object> parameters = Map.of();
    private volatile String abortReason;
    private Result result;

    public Build(Setup setup, Credentials credentials, Console console) {
        this.setup = setup;
        this.credentials = credentials;
        this.console = console;
        host = new LocalHost(setup.workspace(), Map.of(), credentials, new ConcurrentHashMap<>(), this::hear).withFingerprints(new FingerprintKey(setup.fingerprintKey()));
        contexts.set(new Context(setup.workspace(), Map.of(), null, false, "", null));
        console.branches(() -> contexts.get() == null ? "" : contexts.get().branch());
    }

    private void hear(Event event) {
        console.say(event.asLine());
    }

    public Setup setup() {
        return setup;
    }

    public Credentials credentials() {
        return credentials;
    }

    public Console console() {
        return console;
    }

    public RunRecord record() {
        return record;
    }

    public Instant start() {
        return start;
    }

    /** The parameters of the build by name. */
    public Map<String, Object> parameters() {
        return parameters;
    }

    public void parameters(Map<String, Object> values) {
        parameters = Collections.unmodifiableMap(values);
    }

    /** What the blocks around the current step have set. */
    public Context context() {
        return contexts.get();
    }

    /** Runs something in another context. */
    public <T> T within(Context context, Supplier<T> part) {
        Context before = contexts.get();
        contexts.set(context);
        try {
            return part.get();
        } finally {
            contexts.set(before);
        }
    }

    /** The environment of a step here, without that of the runner itself; the innermost setting wins. */
    public Map<String, String> variables() {
        Map<String, String> all = new LinkedHashMap<>(setup.variables());
        parameters.forEach((name, value) -> all.put(name, String.valueOf(value)));
        all.putAll(assigned);
        all.putAll(context().variables());
        return all;
    }

    /** {@code env.NAME = value}: for all that follows in this build; null takes it away. */
    public void assign(String name, String value) {
        if (value == null) {
            assigned.remove(name);
        } else {
            assigned.put(name, value);
        }
    }

    /** The machine as seen from the current step. */
    public LocalHost host() {
        return host.in(context().directory()).withEnvironment(variables());
    }

    /** What the build has come to so far. An error counts only once it has left all that could catch it. */
    public synchronized Result result() {
        return result == null ? Result.SUCCESS : result;
    }

    /** As {@link #result}, but null as long as no step has set one. */
    public synchronized Result setResult() {
        return result;
    }

    /** Sets it to what may be better than it was; null: nothing has set it. */
    public synchronized void setResult(Result to) {
        result = to;
    }

    /** Makes the result of the build no better than {@code other}. */
    public synchronized void worsen(Result other) {
        result = result().worse(other);
    }

    /** Ends the build soon: the thread that runs it is interrupted. */
    public void abort(String reason, Thread running) {
        abortReason = reason;
        running.interrupt();
    }

    /** Whether the current part of the build is to end now. */
    public Optional<Aborted> ending() {
        Deadline deadline = context().deadline();
        boolean ending = Thread.interrupted() || deadline != null && deadline.overdue() != null;
        return ending ? Optional.of(aborted()) : Optional.empty();
    }

    /** Why the current thread was interrupted. */
    public Aborted aborted() {
        Deadline deadline = context().deadline();
        Deadline overdue = deadline == null ? null : deadline.overdue();
        if (overdue != null) {
            return new Aborted(overdue);
        }
        return abortReason == null ? Aborted.byOtherBranch() : new Aborted(abortReason);
    }
}
