package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A registry of this machine that wants a login, for the tests of one class. {@link #digest} is the independent reading. */
public final class RegistryFixture implements BeforeAllCallback, AfterAllCallback {

    static final String USER = "ci";
    static final String PASSWORD = "s3cret/ñ:Wort";

    private final String user;
    private final boolean readOnly;
    private Path folder;
    private Process server;
    private String address;

    RegistryFixture() {
        this(USER);
    }

    /** Knows only this user. */
    RegistryFixture(String user) {
        this(user, false);
    }

    private RegistryFixture(String user, boolean readOnly) {
        this.user = user;
        this.readOnly = readOnly;
    }

    /** Takes no images, as one in maintenance does. */
    static RegistryFixture readOnly() {
        return new RegistryFixture(USER, true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("igny8-registry-");
        Files.writeString(folder.resolve("htpasswd"), htpasswd());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + free.getLocalPort();
        }
        start();
    }

    private String htpasswd() throws Exception {
        Process process = new ProcessBuilder("htpasswd", "-niB", user).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().write(PASSWORD.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return line;
    }

    /** At the same address as before. */
    void start() throws Exception {
        Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %1$s/blobs
                  delete:
                    enabled: true
                  maintenance:
                    readonly:
                      enabled: %3$s
                http:
                  addr: %2$s
                auth:
                  htpasswd:
                    realm: test
                    path: %1$s/htpasswd
                """.formatted(folder, address, readOnly));
        server = new ProcessBuilder("docker-registry", "serve", folder.resolve("config.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (status("/v2/") != 200) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("docker-registry does not answer at " + address + ":\n" + log());
            }
            Thread.sleep(50);
        }
    }

    void stop() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(10, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        stop();
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    /** Host and port. */
    String address() {
        return address;
    }

    /** The login {@code registry}, and {@code wrong} with another password. */
    Credentials credentials() throws IOException {
        return Credentials.read(credentialsFile());
    }

    Path credentialsFile() throws IOException {
        Path file = Files.createTempFile(folder, "credentials", ".json", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, """
                {"registry": {"username": "%1$s", "password": "%2$s"}, "wrong": {"username": "%1$s", "password": "other"}}
                """.formatted(user, PASSWORD));
        return file;
    }

    /** The digest that the registry itself gives for a tag; empty where it has none. */
    String digest(String repository, String tag) {
        HttpResponse<Void> response = head("/v2/" + repository + "/manifests/" + tag);
        return response.statusCode() == 200 ? response.headers().firstValue("Docker-Content-Digest").orElseThrow() : "";
    }

    private int status(String path) {
        HttpResponse<Void> response = head(path);
        return response == null ? 0 : response.statusCode();
    }

    private HttpResponse<Void> head(String path) {
        String login = Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .header("Authorization", "Basic " + login)
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the server wrote, with a line for each request. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Takes what the engine has of this registry away, by tag and by digest. */
    void removeFrom(RealEngine engine) {
        for (String form : List.of("{{.Repository}}:{{.Tag}}", "{{.Repository}}@{{.Digest}}")) {
            engine.docker("images", "--digests", "--format", form).lines()
                    .filter(image -> image.startsWith(address + "/") && !image.contains("<none>"))
                    .distinct()
                    .forEach(image -> engine.docker("rmi", image));
        }
    }
}
