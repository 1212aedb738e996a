package io.jenkins.plugins.igny8.agent;

import io.jenkins.plugins.igny8.host.Answer;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The engine of this machine, where there is one. */
final class Docker {

    /** What {@code bin/lib} bootstraps or pulls: Debian with a shell. */
    static final String BASE = System.getenv().getOrDefault("IGNY8_BASE", "igny8-base:bookworm");

    /** Where {@code bin/lib} and most packages put compose and buildx. */
    static final String PLUGINS = "/usr/libexec/docker/cli-plugins";

    private Docker() {}

    static boolean isThere() throws InterruptedException {
        return run("image", "inspect", BASE) == 0;
    }

    /** The exit code; as of a missing program where there is none. */
    static int run(String... words) throws InterruptedException {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        try {
            return new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return Answer.NO_SUCH_PROGRAM;
        }
    }

    /** Where the program itself lies. */
    static String program() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> new File(folder, "docker"))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow()
                .getPath();
    }
}
