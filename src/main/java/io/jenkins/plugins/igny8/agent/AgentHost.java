package io.jenkins.plugins.igny8.agent;

import hudson.FilePath;
import hudson.Proc;
import hudson.model.Computer;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Page;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.host.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jenkinsci.plugins.durabletask.Controller;

/**
 * Carries an operation's commands to an agent, through the step's own launcher: words and variables arrive exactly as they are,
 * whatever launcher that is; a change goes on while the agent or the controller is away; a command that is ended is ended with
 * all it started, and nothing else is. What belongs to the build is left to the subclass.
 *
 * <p>{@link InterruptedException} means that the build is aborted. Must be closed when the step is over.
 */
public abstract class AgentHost implements Host, AutoCloseable {

    /** A question that nobody waits for any more is killed this long after its limit. */
    private static final long MARGIN_SECONDS = 30;

    /** For questions without a limit. */
    private static final Duration LONGEST_QUESTION = Duration.ofHours(1);

    /** An agent that lived on comes back to a restarted controller within seconds. */
    private static final Duration RETURN = Duration.ofSeconds(20);

    /** Readers open a stream again when it ends. */
    private static final Duration STREAM_LIFE = Duration.ofMinutes(5);

    private final Connection connection;
    private final Journal journal;
    private final AtomicInteger privateFolders = new AtomicInteger();
    private Map<String, String> environment;

    /**
     * @param places where the step's commands run, asked before each change and after the agent was away
     * @param journal new at the first start of the step, the stored one after an interruption
     */
    protected AgentHost(Places places, Journal journal) {
        this.connection = new Connection(places, journal.folder(), this::tell);
        this.journal = journal;
    }

    @Override
    public final Answer question(Command command) throws InterruptedException {
        return connection.repeat("ask '" + command.asTyped() + "'", place -> ask(place, command));
    }

    private Answer ask(Place place, Command command) throws IOException, InterruptedException {
        Duration limit = command.limit() == null ? LONGEST_QUESTION : command.limit();
        CommandFolder folder = folder(place, newName("question"));
        String what = "'" + command.asTyped() + "'";
        try {
            folder.create(new Script(place, command, folder.path()).question(limit.toSeconds() + MARGIN_SECONDS));
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            Proc process = folder.launch("run", said);
            if (!ended(process, limit)) {
                end(folder, what);
                throw new Failure(what + " gave no answer within " + limit.toSeconds()
                        + " s: the engine behind it hangs or is overloaded.");
            }
            CommandFolder.Written written = folder.collect();
            if (written.code == null) {
                end(folder, what);
                throw new Failure(what + " did not come to its end on " + Connection.name(place) + ", or in the container there: "
                        + said.toString(StandardCharsets.UTF_8).strip());
            }
            return new Answer(written.code, written.out, written.err);
        } catch (IOException | InterruptedException e) {
            if (Connection.isInterruption(e)) {
                end(folder, what);
            }
            throw e;
        }
    }

    /** Joined by another thread: a launcher whose joining thread is interrupted kills what it can, which is not all. */
    private static boolean ended(Proc process, Duration limit) throws IOException, InterruptedException {
        Future<Integer> joining = Computer.threadPoolForRemoting.submit(process::join);
        try {
            joining.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    @SuppressWarnings("try")
    public final int change(String target, Command command, Consumer<String> lines) throws InterruptedException {
        Place place = connection.current();
        try (Turns.Turn turn = Turns.take(Connection.name(place) + " " + place.workspace().getRemote() + " " + target)) {
            return new DurableChange(this, connection, journal, target, command, lines).carryOut();
        }
    }

    @Override
    public final Stream stream(Command command, Consumer<String> lines) {
        Lines sink = new Lines(new byte[0], lines);
        try {
            Place place = connection.current();
            CommandFolder folder = folder(place, newName("stream"));
            folder.create(new Script(place, command, folder.path()).stream(STREAM_LIFE.toSeconds()));
            return new AgentStream(folder, folder.launch("run", sink), sink);
        } catch (IOException | RuntimeException e) {
            return AgentStream.ended();
        } catch (InterruptedException e) {
            throw AgentFolder.<RuntimeException>unchecked(e);
        }
    }

    @Override
    public final Page get(URI url, Duration limit) throws InterruptedException {
        String[] page = connection.repeat("get " + url, place -> {
            var channel = place.workspace().getChannel();
            HttpGet get = new HttpGet(url, limit);
            return channel == null ? get.call() : channel.call(get);
        });
        return new Page(Integer.parseInt(page[0]), page[1], page[2]);
    }

    @Override
    public final Folder workspace() {
        return AgentFolder.workspace(connection);
    }

    /** The same one again when the operation is repeated after an interruption, with what is in it: a command may be using it. */
    @Override
    public final PrivateFolder privateFolder() {
        String name = "private-" + privateFolders.incrementAndGet();
        return AgentFolder.closed(connection, place -> path(place).child(name));
    }

    /** As a command reports it, since in a container HOME and PATH are the container's. Asked once. */
    @Override
    public final synchronized Map<String, String> environment() {
        if (environment == null) {
            try {
                environment = environmentOf(question(new Command(List.of("cat", "/proc/self/environ"), Map.of(), Duration.ofSeconds(60))));
            } catch (InterruptedException e) {
                throw AgentFolder.<RuntimeException>unchecked(e);
            }
        }
        return environment;
    }

    /** Names this run of the step, also after an interruption. */
    protected final String stepName() {
        return journal.folder();
    }

    private static Map<String, String> environmentOf(Answer answer) {
        if (!answer.succeeded()) {
            throw new Failure("The environment of this step's commands cannot be read: " + answer.err().strip());
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : answer.out().split("\0")) {
            int end = variable.indexOf('=');
            if (end > 0) {
                environment.put(variable.substring(0, end), variable.substring(end + 1));
            }
        }
        return environment;
    }

    /**
     * Ends what is still under way from before an interruption and was not asked for again, and removes all private files. Never
     * waits for an agent that is away: the next step there removes them after a day.
     */
    @Override
    public void close() {
        if (connection.last() == null && !journal.targets().isEmpty()) {
            // Aborted before anything was done after a restart.
            Uninterrupted.run(() -> connection.fresh(RETURN));
        }
        Place place = connection.last();
        for (String target : journal.targets()) {
            if (place == null) {
                tell(Event.warning("", "what was under way on the " + target + " goes on: its agent is away"));
            } else {
                end(target, journal.task(target), place, null);
            }
        }
        if (place != null) {
            Uninterrupted.run(() -> path(place).deleteRecursive());
        }
    }

    /** Ends a change for certain and forgets it; {@code sink} receives its last lines. Says so where that cannot be done. */
    final void end(String target, Journal.Task task, Place place, Lines sink) {
        CommandFolder folder = folder(place, task.folder);
        tellUnlessEmpty("what was under way on the " + target, place, Uninterrupted.run(() -> {
            try {
                folder.end();
            } finally {
                remove(task.controller, folder, place, sink);
            }
        }));
        journal.end(target);
    }

    private static void remove(Controller controller, CommandFolder folder, Place place, Lines sink) throws IOException, InterruptedException {
        if (controller != null) {
            if (sink != null) {
                controller.writeLog(place.workspace(), sink);
                sink.end();
            }
            controller.cleanup(place.workspace());
        }
        folder.delete();
    }

    private void end(CommandFolder folder, String what) {
        tellUnlessEmpty(what, connection.last(), Uninterrupted.run(() -> {
            folder.end();
            folder.delete();
        }));
    }

    private void tellUnlessEmpty(String what, Place place, String problem) {
        if (!problem.isEmpty()) {
            tell(Event.warning("", "it is not certain that " + what + " has ended on " + Connection.name(place) + ": " + problem));
        }
    }

    /** Unique, since folders of the same step may be left from before an interruption. */
    final String newName(String kind) {
        return kind + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private FilePath path(Place place) {
        return CommandFolder.parent(place).child(journal.folder());
    }

    final CommandFolder folder(Place place, String name) {
        return new CommandFolder(place, path(place).child(name));
    }
}
