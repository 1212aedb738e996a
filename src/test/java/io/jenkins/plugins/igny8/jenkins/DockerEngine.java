package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The real engine, read by the docker command itself and none of the product's code. Each test has a name of its own, and
 * whatever is called after it is taken away afterwards.
 */
public final class DockerEngine implements BeforeEachCallback, AfterEachCallback {

    /** What {@code bin/lib} bootstraps or pulls: Debian with a shell. */
    public static final String BASE = System.getenv().getOrDefault("IGNY8_BASE", "igny8-base:bookworm");

    private String name;

    @Override
    public void beforeEach(ExtensionContext context) {
        name = "igny8-jt-" + Long.toString(System.nanoTime(), 36);
    }

    /** Begins the names of this test's images, and is its compose project. */
    public String name() {
        return name;
    }

    /** What docker says; fails where it does not succeed. Words are split at blanks. */
    public static String docker(String words) {
        return docker(words.split(" "));
    }

    public static String docker(String... words) {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), String.join(" ", argv) + "\n" + out);
            return out.trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String inspect(String object, String format) {
        return docker("inspect", "--format", format, object);
    }

    /** The ID of an image; fails where there is none. */
    public static String imageId(String reference) {
        return docker("image", "inspect", "--format", "{{.Id}}", reference);
    }

    /** Names and states of the containers of the test's project and of all that is called after it. */
    public String containers() {
        return docker("ps", "-a", "--filter", "name=" + name, "--format", "{{.Names}} {{.State}}");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        removeAll("rm -f -v", docker("ps -aq --filter name=" + name));
        removeAll("network rm", docker("network ls -q --filter name=" + name));
        removeAll("volume rm", docker("volume ls -q --filter name=" + name));
        for (String form : List.of("{{.Repository}}:{{.Tag}}", "{{.Repository}}@{{.Digest}}")) {
            docker("images", "--digests", "--format", form).lines()
                    .filter(image -> image.contains(name) && !image.contains("<none>"))
                    .distinct()
                    .forEach(image -> docker("rmi " + image));
        }
    }

    private static void removeAll(String remove, String names) {
        names.lines().forEach(one -> docker(remove + " " + one));
    }
}
