package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A registry of this machine that wants a login, for the tests of one class. {@link #digest} is the independent reading. */
public final class RegistryFixture implements BeforeAllCallback, AfterAllCallback {

    static final String USER = "ci";
    static final String PASSWORD = "s3cret/ñ:Wort";

    private static final String IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

    /** What is wrong with a registry. */
    enum Flaw {
        NONE,
        /** Takes no images, as one in maintenance does. */
        READ_ONLY,
        /** Has a disk of 1 MB. */
        FULL,
        /** Lets its users pull only. */
        PULL_ONLY,
        /** Signed its certificate itself, at an address where the engine looks at certificates: it never does at 127.0.0.1. */
        SELF_SIGNED,
        /** Has a certificate for another name, at such an address. */
        OTHER_NAME,
        /** Has none at such an address. */
        NO_TLS
    }

    private final String user;
    private final Flaw flaw;
    private Path folder;
    private Process server;
    private PullTokens tokens;
    private String address;

    RegistryFixture() {
        this(USER);
    }

    /** Knows only this user. */
    RegistryFixture(String user) {
        this(user, Flaw.NONE);
    }

    private RegistryFixture(String user, Flaw flaw) {
        this.user = user;
        this.flaw = flaw;
    }

    static RegistryFixture with(Flaw flaw) {
        return new RegistryFixture(USER, flaw);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("igny8-registry-");
        Files.writeString(folder.resolve("htpasswd"), htpasswd());
        boolean onBridge = Set.of(Flaw.SELF_SIGNED, Flaw.OTHER_NAME, Flaw.NO_TLS).contains(flaw);
        String host = onBridge ? bridge() : "127.0.0.1";
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            address = host + ":" + free.getLocalPort();
        }
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=registry", "-addext",
                "subjectAltName=" + (flaw == Flaw.OTHER_NAME ? "DNS:registry.example.com" : "IP:" + host), "-keyout", "key.pem", "-out", "cert.pem");
        if (flaw == Flaw.PULL_ONLY) {
            tokens = new PullTokens(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        }
        start();
    }

    /** Where the engine's own network begins: an address of this machine alone that is none of the loopback. */
    private String bridge() throws Exception {
        String name = run("docker", "network", "inspect", "bridge", "--format", "{{index .Options \"com.docker.network.bridge.name\"}}");
        return NetworkInterface.getByName(name).inetAddresses().filter(Inet4Address.class::isInstance).findFirst().orElseThrow().getHostAddress();
    }

    private String run(String... words) throws Exception {
        Process process = new ProcessBuilder(words).directory(folder.toFile()).redirectError(folder.resolve("errors").toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", words));
        return out.trim();
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
        Files.createDirectories(folder.resolve("blobs"));
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
                  %4$s
                auth:
                  %5$s
                """.formatted(folder, address, flaw == Flaw.READ_ONLY, tls(), auth()));
        String serve = "exec docker-registry serve config.yml";
        List<String> words = flaw == Flaw.FULL
                ? List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m none blobs && " + serve)
                : List.of("sh", "-c", serve);
        server = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!log().contains("listening on " + address)) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("docker-registry does not answer at " + address + ":\n" + log());
            }
            Thread.sleep(50);
        }
    }

    private String tls() {
        return flaw == Flaw.SELF_SIGNED || flaw == Flaw.OTHER_NAME ? "tls: {certificate: %1$s/cert.pem, key: %1$s/key.pem}".formatted(folder) : "";
    }

    private String auth() {
        return tokens == null
                ? "htpasswd: {realm: test, path: %s/htpasswd}".formatted(folder)
                : "token: {realm: '%s', service: %s, issuer: %s, rootcertbundle: %s/cert.pem}".formatted(
                        tokens.realm(), PullTokens.SERVICE, PullTokens.ISSUER, folder);
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
        if (tokens != null) {
            tokens.close();
        }
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

    /** Makes a tag a list of one image per platform, with only the image that it was, for a machine such as {@code s390x}. */
    void onlyFor(String architecture, String repository, String tag) {
        String path = "/v2/" + repository + "/manifests/" + tag;
        HttpHeaders image = head(path).headers();
        String list = """
                {"schemaVersion": 2, "mediaType": "%1$s", "manifests": [
                  {"mediaType": "%2$s", "digest": "%3$s", "size": %4$s, "platform": {"os": "linux", "architecture": "%5$s"}}]}
                """.formatted(LIST, IMAGE, image.firstValue("Docker-Content-Digest").orElseThrow(), image.firstValue("Content-Length").orElseThrow(), architecture);
        assertEquals(201, send(request(path).header("Content-Type", LIST).PUT(HttpRequest.BodyPublishers.ofString(list))).statusCode());
    }

    private HttpResponse<Void> head(String path) {
        return send(request(path).header("Accept", IMAGE).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        String login = Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://" + address + path)).header("Authorization", "Basic " + login);
    }

    private static HttpResponse<Void> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
