package io.jenkins.plugins.igny8.docker;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One Docker engine as seen from one host: runs docker commands there and turns what goes wrong into a sentence.
 * Immutable; {@link #with} gives the same engine with more environment, such as a login.
 */
public final class Docker {

    /** What a failed command wrote last is all that its sentence is made from. */
    private static final int REMEMBERED_LINES = 40;

    private final Host host;
    private final Map<String, String> environment;

    /** The engine that the host's commands are to use. */
    public Docker(Host host) {
        // Without it an unchanged build gets a new image ID each time where the engine keeps images in containerd.
        this(host, Map.of("BUILDX_NO_DEFAULT_ATTESTATIONS", "1", "DOCKER_CLI_HINTS", "false"), host.engine());
    }

    private Docker(Host host, Map<String, String> always, Map<String, String> engine) {
        this(host, new LinkedHashMap<>(always));
        environment.putAll(engine);
    }

    private Docker(Host host, Map<String, String> environment) {
        this.host = host;
        this.environment = environment;
    }

    public Docker with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(more);
        return new Docker(host, all);
    }

    /** The answer to a question; {@link CommandFailed} where the command does not succeed. */
    public <R> R ask(DockerCommand.Question<R> question) throws InterruptedException {
        Answer answer = answer(question);
        if (!answer.succeeded()) {
            // What it says of its failure is the end, not an answer that it gave in part.
            throw failed(question, answer.exitCode(), (answer.out() + "\n" + answer.err()).lines().toList());
        }
        return question.reader().apply(answer.out());
    }

    /** The answer to a question about something that may not exist; empty where the engine says it does not. */
    public <R> Optional<R> find(DockerCommand.Question<R> question) throws InterruptedException {
        Answer answer = answer(question);
        if (answer.succeeded()) {
            return Optional.of(question.reader().apply(answer.out()));
        }
        List<String> lines = answer.err().lines().toList();
        if (answer.exitCode() != Answer.NO_SUCH_PROGRAM && DockerErrors.saysNotFound(lines)) {
            return Optional.empty();
        }
        throw failed(question, answer.exitCode(), lines);
    }

    /**
     * What those of several things are that are there: asked together, and one by one where one of them has vanished meanwhile.
     *
     * @param names none: nothing is asked
     */
    public <R> List<R> findAll(
            List<String> names, Function<List<String>, DockerCommand.Question<List<R>>> together, Function<String, DockerCommand.Question<R>> single)
            throws InterruptedException {
        if (names.isEmpty()) {
            return List.of();
        }
        try {
            return ask(together.apply(names));
        } catch (CommandFailed oneIsGone) {
            List<R> there = new ArrayList<>();
            for (String name : names) {
                find(single.apply(name)).ifPresent(there::add);
            }
            return there;
        }
    }

    /** The exit code and both outputs of a question whose failing is an answer too. */
    public Answer answer(DockerCommand.Question<?> question) throws InterruptedException {
        return host.question(command(question, question.limit()));
    }

    /** Carries out a change; {@link CommandFailed} where it does not succeed. */
    public void change(DockerCommand.Change change, Consumer<String> lines) throws InterruptedException {
        List<String> last = new ArrayList<>();
        int exitCode = attempt(change, line -> {
            lines.accept(line);
            last.add(line);
        });
        if (exitCode != 0) {
            throw failed(change, exitCode, last);
        }
    }

    /** Carries out a change whose exit code means something else than success and failure. */
    public int attempt(DockerCommand.Change change, Consumer<String> lines) throws InterruptedException {
        int exitCode = host.change(change.target(), command(change, change.limit()), lines);
        if (exitCode == Host.OVERDUE) {
            throw new CommandFailed(
                    "'" + command(change, null).asTyped() + "' was ended after " + change.limit().toSeconds()
                            + " s, its time limit: see its lines above, or give it more time.",
                    exitCode,
                    List.of());
        }
        return exitCode;
    }

    public Stream open(DockerCommand.Streaming streaming, Consumer<String> lines) {
        return host.stream(command(streaming, null), lines);
    }

    /** What would be typed for this command, for log lines and tests. */
    public String asTyped(DockerCommand command) {
        return command(command, null).asTyped();
    }

    private Command command(DockerCommand command, java.time.Duration limit) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(command.words());
        return new Command(argv, environment, limit);
    }

    private Failure failed(DockerCommand command, int exitCode, List<String> lines) {
        Deque<String> last = new ArrayDeque<>();
        for (String line : lines) {
            if (!line.isBlank()) {
                last.add(line);
            }
            if (last.size() > REMEMBERED_LINES) {
                last.remove();
            }
        }
        List<String> remembered = List.copyOf(last);
        return new CommandFailed(DockerErrors.sentence(asTyped(command), exitCode, remembered), exitCode, remembered);
    }
}
