package io.jenkins.plugins.igny8.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A class of the tests' class path as a process of its own. */
public final class Jvm {

    private Jvm() {}

    /** Ready to be started; both outputs go to the log. Words that begin with {@code -D} are the JVM's. */
    public static ProcessBuilder of(Class<?> main, Path directory, Path log, String... words) {
        // Tests that a script started in the background have SIGINT ignored, and a JVM that inherits that never sees one.
        List<String> argv = new ArrayList<>(List.of("env", "--default-signal=INT"));
        argv.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1"));
        for (String opened : List.of("java.lang", "java.util", "java.io", "java.lang.reflect", "java.text", "java.net", "java.time")) {
            argv.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        Arrays.stream(words).filter(word -> word.startsWith("-D")).forEach(argv::add);
        argv.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName()));
        Arrays.stream(words).filter(word -> !word.startsWith("-D")).forEach(argv::add);
        return new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    }
}
