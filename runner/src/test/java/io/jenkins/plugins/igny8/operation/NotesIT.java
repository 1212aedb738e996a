package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stack that is not IGNY8, by parameters only: the second example's own Jenkinsfile through {@code bin/run}. */
@Tag("engine")
class NotesIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private String port;

    @Test
    void twoReleasesOfAnotherStack() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = String.valueOf(free.getLocalPort());
        }
        int lines = 0;
        for (Path file : files()) {
            String text = Files.readString(file);
            lines += (int) text.lines().count();
            engine.file(ROOT.resolve("examples/notes").relativize(file).toString(), text);
        }
        assertTrue(lines <= 60, lines + " lines");

        String log = pipeline();
        assertTrue(log.contains("[migrate] applied: notes.0001_note"), log);
        assertEquals("{\"notes\": [\"first\"]}", answer());
        String first = engine.inspect(engine.project + "-web-1", "{{.Image}}");
        assertEquals(first, engine.docker("image inspect --format {{.Id}} notes"));

        engine.file("migrations/0002_more.sql", "insert into note values ('second')");
        log = pipeline();
        assertTrue(log.contains("[migrate] pending: notes.0002_more\n") && log.contains("[migrate] applied: notes.0002_more\n"), log);
        assertEquals("{\"notes\": [\"first\", \"second\"]}", answer());
        assertNotEquals(first, engine.inspect(engine.project + "-web-1", "{{.Image}}"));

        engine.removeProjects();
        engine.docker("images --format {{.Repository}}:{{.Tag}} notes").lines().forEach(image -> engine.docker("rmi " + image));
    }

    private static List<Path> files() throws Exception {
        try (var files = Files.walk(ROOT.resolve("examples/notes"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private String pipeline() throws Exception {
        Path console = Files.createTempFile("igny8-it-", ".console");
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT + "/bin/run", "Jenkinsfile", "-p", "BASE=" + RealEngine.BASE, "-p", "PROJECT=" + engine.project)
                .directory(engine.workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().put("NOTES_PORT", port);
        int exitCode = builder.start().waitFor();
        String log = Files.readString(console);
        Files.delete(console);
        assertEquals(0, exitCode, log);
        return log;
    }

    private String answer() throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
