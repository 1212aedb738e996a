package io.jenkins.plugins.igny8.runner.host;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Caller;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.host.Page;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.host.Stream;
import io.jenkins.plugins.igny8.operation.Results;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** This machine, this user, now: commands are children of this JVM and do not outlive it. */
public final class LocalHost implements Host {

    private final Path directory;
    private final Map<String, String> environment;
    private final Map<String, String> engine;
    private final Shared shared;
    private final String step = UUID.randomUUID().toString();

    /** What all views of one run have in common. */
    private record Shared(
            Credentials credentials,
            Map<String, Object> kept,
            Consumer<Event> listener,
            UnaryOperator<String> fingerprint,
            Map<String, Lock> targets) {}

    /**
     * @param workspace an existing folder
     * @param environment added to that of this JVM
     * @param kept where {@link #keep} puts its values; must bear several threads
     * @param listener hears every event, from several threads; it masks {@link Credentials#secrets()}
     */
    public LocalHost(
            Path workspace, Map<String, String> environment, Credentials credentials, Map<String, Object> kept, Consumer<Event> listener) {
        this(workspace, environment, Map.of(), new Shared(credentials, kept, listener, text -> "", new ConcurrentHashMap<>()));
    }

    private LocalHost(Path directory, Map<String, String> environment, Map<String, String> engine, Shared shared) {
        this.directory = directory.toAbsolutePath().normalize();
        this.environment = Map.copyOf(environment);
        this.engine = engine;
        this.shared = shared;
    }

    /** The same run with a key for {@link #fingerprint}. */
    public LocalHost withFingerprints(UnaryOperator<String> key) {
        Shared keyed = new Shared(shared.credentials(), shared.kept(), shared.listener(), key, shared.targets());
        return new LocalHost(directory, environment, engine, keyed);
    }

    /** The same run in another folder, as inside {@code dir(...)}. */
    public LocalHost in(Path other) {
        return new LocalHost(other, environment, engine, shared);
    }

    /** The same run with another environment, as inside {@code withEnv(...)}. */
    public LocalHost withEnvironment(Map<String, String> other) {
        return new LocalHost(directory, other, engine, shared);
    }

    /** The same run with another engine. */
    public LocalHost withEngine(String uri) {
        return new LocalHost(directory, environment, Map.of("DOCKER_HOST", uri), shared);
    }

    @Override
    public Map<String, String> engine() {
        return engine;
    }

    @Override
    public Answer question(Command command) throws InterruptedException {
        StringBuffer out = new StringBuffer();
        StringBuffer err = new StringBuffer();
        ProcessGroup process;
        try {
            process = start(command, line -> out.append(line).append('\n'), line -> err.append(line).append('\n'));
        } catch (ProcessGroup.NoSuchProgram e) {
            return new Answer(e.exitCode(), "", e.getMessage());
        }
        if (!process.await(command.limit())) {
            throw new Failure("'" + command.asTyped() + "' gave no answer within " + command.limit().toSeconds()
                    + " s: the engine behind it hangs or is overloaded.");
        }
        return new Answer(process.exitCode(), out.toString(), err.toString());
    }

    @Override
    public int change(String target, Command command, Consumer<String> lines) throws InterruptedException {
        Lock lock = shared.targets().computeIfAbsent(target, name -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            ProcessGroup process = start(command, lines, null);
            return process.await(command.limit()) ? process.exitCode() : OVERDUE;
        } catch (ProcessGroup.NoSuchProgram e) {
            return e.exitCode();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Stream stream(Command command, Consumer<String> lines) {
        try {
            ProcessGroup process = start(command, lines, null);
            return new Stream() {
                @Override
                public boolean open() {
                    return process.alive();
                }

                @Override
                public void close() {
                    process.end();
                }
            };
        } catch (ProcessGroup.NoSuchProgram e) {
            return new EndedStream();
        }
    }

    /** A stream that never was: streams only wake somebody up, so there is nobody to tell. */
    private record EndedStream() implements Stream {
        @Override
        public boolean open() {
            return false;
        }

        @Override
        public void close() {}
    }

    @Override
    public Page get(URI url, Duration limit) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build();
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(url).timeout(limit).GET().build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Page(response.statusCode(), body.substring(0, Math.min(body.length(), 1_000_000)), "");
        } catch (IOException e) {
            return new Page(0, "", reason(e));
        }
    }

    /** The client's exceptions mostly carry no message. */
    private static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host is unknown";
            }
        }
        if (e.getMessage() != null) {
            return e.getMessage();
        }
        return e instanceof ConnectException ? "nothing listens there" : e.getClass().getSimpleName();
    }

    private ProcessGroup start(Command command, Consumer<String> lines, Consumer<String> errors) {
        Map<String, String> all = environment();
        all.putAll(command.environment());
        return ProcessGroup.start(command.argv(), all, directory, lines, errors);
    }

    @Override
    public Folder workspace() {
        return LocalFolder.workspace(directory);
    }

    @Override
    public PrivateFolder privateFolder() {
        return LocalFolder.ofOwn();
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> all = new LinkedHashMap<>(System.getenv());
        all.keySet().removeIf(name -> name.startsWith(Credentials.VARIABLE));
        all.putAll(Results.variables(shared.kept()));
        all.putAll(environment);
        return all;
    }

    @Override
    public Login login(String credentialsId) {
        return shared.credentials().login(credentialsId);
    }

    @Override
    public String secretFile(String credentialsId) {
        return shared.credentials().fileText(credentialsId);
    }

    @Override
    public Object recall(String key) {
        return shared.kept().get(key);
    }

    @Override
    public void keep(String key, Object value) {
        shared.kept().put(key, value);
    }

    /** Each view of the run is for one step. */
    @Override
    public Caller caller() {
        Map<String, String> all = environment();
        String build = all.getOrDefault("JOB_NAME", "a program") + " #" + all.getOrDefault("BUILD_NUMBER", "0") + " by bin/run, " + RunnerProcess.inWords();
        return new Caller(step, RunnerProcess.self(), build, "", System.getProperty("user.name"));
    }

    @Override
    public boolean isOver(String run) {
        return RunnerProcess.isOver(run);
    }

    @Override
    public String fingerprint(String text) {
        return shared.fingerprint().apply(text);
    }

    @Override
    public void tell(Event event) {
        shared.listener().accept(event);
    }
}
