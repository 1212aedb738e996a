package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** The processes of this machine, those in containers included, read from /proc. */
final class Processes {

    private Processes() {}

    /** Whether it runs and goes on doing so for a second; a zombie runs no more. */
    static boolean run(String pid) throws InterruptedException {
        Path process = Path.of("/proc/" + Long.parseLong(pid.strip()));
        for (int attempt = 0; attempt < 20; attempt++) {
            if (!runs(process)) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    private static boolean runs(Path process) {
        String stat = text(process.resolve("stat"));
        return !stat.isEmpty() && !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
    }

    /** Seconds that nobody else sleeps. */
    static String mark() {
        return "9" + ThreadLocalRandom.current().nextInt(100_000_000, 1_000_000_000);
    }

    /** Whether a {@code sleep} of so many seconds goes on for a second. */
    static boolean runWith(String seconds) throws InterruptedException, IOException {
        for (Path process : sleeping(seconds)) {
            if (run(process.getFileName().toString())) {
                return true;
            }
        }
        return false;
    }

    static void await(String seconds) throws InterruptedException, IOException {
        for (int attempt = 0; attempt < 600 && sleeping(seconds).isEmpty(); attempt++) {
            Thread.sleep(50);
        }
        assertTrue(!sleeping(seconds).isEmpty(), "sleep " + seconds + " does not run");
    }

    static List<Path> sleeping(String seconds) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .filter(path -> text(path.resolve("cmdline")).equals("sleep\0" + seconds + "\0"))
                    .filter(Processes::runs)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            // It has ended.
            return "";
        }
    }
}
