package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The detached container in which a project's migrations are applied. The engine gives a name to one container only, so at most
 * one runs per project, whoever starts it; and whoever was interrupted finds it again.
 */
final class MigrationContainer {

    /** Between being created and started a container has milliseconds; after this somebody was cut there. */
    private static final Duration STARTING = Duration.ofSeconds(10);

    /** Whoever waited for one that has ended reads its exit code within this time. */
    private static final Duration READING = Duration.ofSeconds(2);

    /** How soon the end of the log is noticed; looking costs no process. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** The log may hang while the container has ended: the truth is asked this often. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(5);

    /** Lines that are on their way when the log ends. */
    private static final Duration LAST_LINES = Duration.ofMillis(250);

    /** Blank lines at the end included. */
    private static final int TAIL = 20;

    private final String name;
    private final Docker docker;
    private final Host host;

    MigrationContainer(String project, Docker docker, Host host) {
        this.name = project + "-migrate";
        this.docker = docker;
        this.host = host;
    }

    String name() {
        return name;
    }

    /** How it ended: {@code container} is null where somebody removed it meanwhile. */
    record End(Container container, boolean overdue) {
        boolean gone() {
            return container == null;
        }
    }

    /** The one that runs now. One that has ended tells about another day and is removed. */
    Optional<Container> running() throws InterruptedException {
        long looked = System.nanoTime();
        while (true) {
            Optional<Container> found = docker.find(Containers.inspect(name));
            if (found.isEmpty() || found.get().running()) {
                return found;
            }
            Duration patience = found.get().state().equals("created") ? STARTING : READING;
            if (System.nanoTime() - looked > patience.toNanos()) {
                remove(found.get().id());
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Starts it; empty where somebody else was faster. */
    Optional<Container> start(Compose compose, String service) throws InterruptedException {
        try {
            docker.change(compose.runDetached(service, name), line -> {});
            return Optional.of(docker.ask(Containers.inspect(name)));
        } catch (CommandFailed failed) {
            if (failed.nameTaken()) {
                return Optional.empty();
            }
            remove(name);
            throw failed;
        }
    }

    /** Without force: should it run by now, the engine refuses. Whoever else waits for it may have removed it already. */
    void remove(String id) throws InterruptedException {
        docker.attempt(Containers.removeStopped(id), line -> {});
    }

    /** Hands over the whole log while it runs, and waits for the end; after the deadline it is stopped. */
    End followed(String id, String subject, Duration deadline) throws InterruptedException {
        long giveUp = System.nanoTime() + deadline.toNanos();
        AtomicInteger shown = new AtomicInteger();
        while (true) {
            try (var log = docker.open(Containers.follow(id), notYetShown(shown, subject))) {
                watch(log, id, giveUp);
            }
            Optional<Container> now = docker.find(Containers.inspect(id));
            if (now.isEmpty() || !now.get().running()) {
                return new End(now.orElse(null), false);
            }
            if (System.nanoTime() >= giveUp) {
                docker.change(Containers.stop(id), line -> {});
                return new End(docker.find(Containers.inspect(id)).orElse(null), true);
            }
        }
    }

    /** A log that broke off is read again from its beginning. */
    private Consumer<String> notYetShown(AtomicInteger shown, String subject) {
        AtomicInteger read = new AtomicInteger();
        return line -> {
            if (read.incrementAndGet() > shown.get()) {
                shown.set(read.get());
                host.tell(Event.line(subject, line));
            }
        };
    }

    private void watch(io.jenkins.plugins.igny8.host.Stream log, String id, long giveUp) throws InterruptedException {
        long ask = System.nanoTime() + ASK_EVERY.toNanos();
        while (log.open() && System.nanoTime() < giveUp) {
            Thread.sleep(PAUSE.toMillis());
            if (System.nanoTime() > ask) {
                if (!docker.find(Containers.inspect(id)).map(Container::running).orElse(false)) {
                    break;
                }
                ask = System.nanoTime() + ASK_EVERY.toNanos();
            }
        }
        Thread.sleep(LAST_LINES.toMillis());
    }

    /** The last line that says something: of its errors where it wrote any, since the two outputs end in no certain order. */
    String lastLine(String id) throws InterruptedException {
        Answer log = docker.answer(Containers.logs(id, TAIL));
        return Stream.of(log.err(), log.out())
                .map(MigrationContainer::lastOf)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("it wrote nothing");
    }

    private static String lastOf(String output) {
        return output.lines()
                // Each line begins with its time.
                .map(line -> line.substring(line.indexOf(' ') + 1).strip())
                .filter(line -> !line.isEmpty())
                .reduce((first, second) -> second)
                .orElse("");
    }
}
