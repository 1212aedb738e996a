package io.jenkins.plugins.igny8.operation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at all processes of this machine while something runs: what others could see of it. */
final class ProcessWatch implements AutoCloseable {

    /** Command lines and environments that contain the text, by process. */
    final Set<String> showing = ConcurrentHashMap.newKeySet();

    /** Environments of {@code docker push} and {@code docker pull} processes with the marker in their words. */
    final Set<Map<String, String>> environments = ConcurrentHashMap.newKeySet();

    /** Modes of the private folders and their files as seen meanwhile. */
    final Set<String> modes = ConcurrentHashMap.newKeySet();

    private final String secret;
    private final String marker;
    private final Thread thread = new Thread(this::watch, "process watch");
    private volatile boolean closed;

    ProcessWatch(String secret, String marker) {
        this.secret = secret;
        this.marker = marker;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closed) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                processes.forEach(this::look);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void look(Path process) {
        try {
            List<String> words = List.of(Files.readString(process.resolve("cmdline")).split("\0"));
            String environment = Files.readString(process.resolve("environ"));
            if (String.join(" ", words).contains(secret) || environment.contains(secret)) {
                showing.add(String.join(" ", words));
            }
            if (words.size() == 3 && List.of("push", "pull").contains(words.get(1)) && words.get(2).contains(marker)) {
                Map<String, String> variables = new ConcurrentHashMap<>();
                for (String entry : environment.split("\0")) {
                    int equals = entry.indexOf('=');
                    if (equals > 0) {
                        variables.put(entry.substring(0, equals), entry.substring(equals + 1));
                    }
                }
                environments.add(variables);
                Path folder = Path.of(variables.get("DOCKER_CONFIG"));
                modes.add(Files.getPosixFilePermissions(folder) + " " + Files.getPosixFilePermissions(folder.resolve("config.json")));
            }
        } catch (IOException | RuntimeException e) {
            // The process has ended meanwhile, or its bytes are no text.
        }
    }

    Set<String> values(String name) {
        Set<String> values = ConcurrentHashMap.newKeySet();
        environments.forEach(environment -> values.add(environment.getOrDefault(name, "")));
        return values;
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
