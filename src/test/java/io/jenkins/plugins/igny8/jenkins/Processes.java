package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Looks at every process of this machine every few milliseconds, those in containers included: at what others could see of them,
 * the command line and the environment.
 */
public final class Processes implements AutoCloseable {

    private static final long EVERY_MILLIS = 10;
    private static final long WAIT_SECONDS = 60;

    private final Set<String> secrets;
    private final Set<String> kept;
    private final Set<String> showing = ConcurrentHashMap.newKeySet();

    /** By process and command line, since a process may become another program. */
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    private final Thread thread = new Thread(this::watch, "process watch");
    private volatile boolean closed;
    private volatile long looks;

    private record Seen(List<String> words, Map<String, String> environment) {}

    public Processes(String secret) {
        this(Set.of(secret), Set.of());
    }

    /**
     * @param secrets may be seen nowhere
     * @param kept may be in environments, whose purpose they are, but in no command line
     */
    public Processes(Set<String> secrets, Set<String> kept) {
        this.secrets = Set.copyOf(secrets);
        this.kept = Set.copyOf(kept);
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closed) {
            long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS);
            for (Path process : all()) {
                look(process);
            }
            looks++;
            try {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static List<Path> all() {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            processes.forEach(all::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    private void look(Path process) {
        String line = text(process.resolve("cmdline")).replaceFirst("\0$", "");
        String key = process.getFileName() + " " + line;
        Seen before = seen.get(key);
        // Threads of the kernel have no words; what was started but a moment ago may have no environment yet.
        if (line.isEmpty() || before != null && !before.environment().isEmpty()) {
            return;
        }
        String environment = text(process.resolve("environ"));
        if (contains(line, secrets) || contains(line, kept)) {
            showing.add("argv of " + line.replace('\0', ' '));
        } else if (contains(environment, secrets)) {
            showing.add("environment of " + line.replace('\0', ' '));
        }
        seen.put(key, new Seen(List.of(line.split("\0")), variables(environment)));
    }

    private static boolean contains(String text, Set<String> secrets) {
        return secrets.stream().anyMatch(text::contains);
    }

    /** Empty where the process has ended meanwhile. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static Map<String, String> variables(String environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String entry : environment.split("\0")) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                variables.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return variables;
    }

    /** What showed the secret: command lines that have it, or whose environment has it. */
    public Set<String> showing() {
        return new TreeSet<>(showing);
    }

    /** How often all processes were looked at. */
    public long looks() {
        return looks;
    }

    /** Command lines that were seen. */
    public Set<String> lines() {
        Set<String> lines = new TreeSet<>();
        seen.values().forEach(process -> lines.add(String.join(" ", process.words())));
        return lines;
    }

    /** The values that a variable had in {@code docker <command> … <marker> …} processes; empty text where it was not set. */
    public Set<String> environmentOf(String command, String marker, String variable) {
        Set<String> values = new TreeSet<>();
        for (Seen process : seen.values()) {
            List<String> words = process.words();
            boolean docker = words.size() > 2 && words.get(0).endsWith("docker") && words.get(1).equals(command);
            if (docker && words.get(words.size() - 1).contains(marker)) {
                values.add(process.environment().getOrDefault(variable, ""));
            }
        }
        return values;
    }

    /** Waits until such a process has been seen. */
    public void await(String command, String marker) throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (environmentOf(command, marker, "").isEmpty()) {
            if (System.nanoTime() > giveUp) {
                throw new AssertionError("no docker " + command + " with " + marker + " was seen");
            }
            TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
    }

    /** Command lines of processes that run now and have the marker in theirs; zombies have none. */
    public static Set<String> running(String marker) {
        Set<String> running = new TreeSet<>();
        for (Path process : all()) {
            String line = text(process.resolve("cmdline")).replace('\0', ' ');
            if (line.contains(marker)) {
                running.add(process.getFileName() + " " + line);
            }
        }
        return running;
    }

    /** Holds a docker command in the middle of its work, however fast it is, as soon as it runs. @return the process */
    static String hold(String command, String marker) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (System.nanoTime() < giveUp) {
            for (String each : running(marker)) {
                if (each.matches("[0-9]+ docker " + command + " .*")) {
                    String process = each.substring(0, each.indexOf(' '));
                    signal("STOP", process);
                    return process;
                }
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new AssertionError("no docker " + command + " with " + marker + " was seen");
    }

    static void letGo(String process) throws Exception {
        signal("CONT", process);
    }

    private static void signal(String signal, String process) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-s", signal, process).start().waitFor(), "kill -s " + signal + " " + process);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
