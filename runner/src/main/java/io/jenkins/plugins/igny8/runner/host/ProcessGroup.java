package io.jenkins.plugins.igny8.runner.host;

import io.jenkins.plugins.igny8.host.Answer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process in a group of its own, so that it can be ended with everything it started and nothing else. It has no standard
 * input. All groups that still run are ended when the JVM ends.
 */
public final class ProcessGroup {

    /** docker and compose react to SIGTERM within a second or two; a build that is being cancelled takes longer. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Output that a process has written is read within milliseconds; a grandchild that keeps the pipe open is not waited for. */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private static final Set<ProcessGroup> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ProcessGroup::end), "end processes"));
    }

    private final Process process;
    private final List<Thread> readers = new ArrayList<>();

    private ProcessGroup(Process process) {
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param environment the whole environment of the process
     * @param lines receives the lines of standard output
     * @param errors receives the lines of standard error; null: they go where those of standard output go, in order
     * @throws NoSuchProgram where the program is not on the PATH
     */
    public static ProcessGroup start(
            List<String> argv, Map<String, String> environment, Path directory, Consumer<String> lines, Consumer<String> errors) {
        if (!onPath(argv.get(0), environment.getOrDefault("PATH", ""))) {
            throw new NoSuchProgram(argv.get(0));
        }
        List<String> words = new ArrayList<>(List.of("setsid"));
        words.addAll(argv);
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile()).redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(errors == null);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            ProcessGroup group = new ProcessGroup(builder.start());
            RUNNING.add(group);
            group.read(group.process.getInputStream(), lines);
            if (errors != null) {
                group.read(group.process.getErrorStream(), errors);
            }
            return group;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + argv.get(0), e);
        }
    }

    /** The program is not on the PATH. */
    public static final class NoSuchProgram extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchProgram(String program) {
            super(program + " is not on the PATH");
        }

        public int exitCode() {
            return Answer.NO_SUCH_PROGRAM;
        }
    }

    /** setsid would report a missing program by an exit code that the program could have given too. */
    private static boolean onPath(String program, String path) {
        if (program.contains("/")) {
            return new File(program).canExecute();
        }
        for (String folder : path.split(":")) {
            File file = new File(folder, program);
            if (file.isFile() && file.canExecute()) {
                return true;
            }
        }
        return false;
    }

    private void read(InputStream from, Consumer<String> lines) {
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader text = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                        for (String line = text.readLine(); line != null; line = text.readLine()) {
                            lines.accept(line);
                        }
                    } catch (IOException e) {
                        // The pipe was closed because the process is being ended: there is nothing more to read.
                    }
                },
                "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
    }

    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Waits for the process to end and its output to be read.
     *
     * @param limit null: without limit
     * @return whether it has ended by itself; else everything it started is ended
     * @throws InterruptedException after everything it started was ended
     */
    public boolean await(Duration limit) throws InterruptedException {
        try {
            boolean ended = true;
            if (limit == null) {
                process.waitFor();
            } else {
                ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (!ended) {
                end();
            }
            for (Thread reader : readers) {
                reader.join(DRAIN.toMillis());
            }
            RUNNING.remove(this);
            return ended;
        } catch (InterruptedException e) {
            end();
            throw e;
        }
    }

    /** The exit code; only after {@link #await} has said true. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Ends the process and everything it started: asked first, killed after {@link #GRACE}. */
    public void end() {
        // Interruption is often the reason for being here: waiting must work all the same, and the flag must survive.
        boolean interrupted = Thread.interrupted();
        try {
            signal("kill -- -");
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                signal("kill -s KILL -- -");
                process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        } finally {
            RUNNING.remove(this);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** In a shell and in exactly this spelling: another one of kill's ends every process of the machine. */
    private void signal(String kill) throws InterruptedException {
        long group = process.pid();
        if (group <= 1) {
            throw new IllegalStateException("not a process group: " + group);
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", kill + group)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        }
    }
}
