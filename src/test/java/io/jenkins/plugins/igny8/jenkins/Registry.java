package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ModelObject;
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
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A registry of this machine that asks for a login, for the tests of one class. {@link #digest} is the independent reading. */
public final class Registry implements BeforeAllCallback, AfterAllCallback {

    private static final long START_SECONDS = 30;

    private final String user;
    private final String password = "p:ß/" + Long.toString(new SecureRandom().nextLong() >>> 1, 36) + "+w$x";
    private Path folder;
    private Process server;
    private String address;

    public Registry(String user) {
        this.user = user;
    }

    /** Host and port. */
    public String address() {
        return address;
    }

    /** Random, with characters that have a meaning to URLs, shells and logins. */
    public String password() {
        return password;
    }

    /** Puts the login among Jenkins' own credentials. */
    public void addLogin(String id) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(login(id));
        SystemCredentialsProvider.getInstance().save();
    }

    /** Puts the login among the credentials of a folder. */
    void addLogin(ModelObject folder, String id) throws Exception {
        CredentialsProvider.lookupStores(folder).iterator().next().addCredentials(Domain.global(), login(id));
    }

    private StandardUsernamePasswordCredentials login(String id) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", user, password);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("igny8-registry-");
        Files.writeString(folder.resolve("htpasswd"), htpasswd());
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + free.getLocalPort();
        }
        Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: "%1$s/blobs"}}
                http: {addr: "%2$s"}
                auth: {htpasswd: {realm: test, path: "%1$s/htpasswd"}}
                """.formatted(folder, address));
        server = new ProcessBuilder("docker-registry", "serve", folder.resolve("config.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (status() != 200) {
            if (!server.isAlive() || System.nanoTime() > giveUp) {
                throw new AssertionError("docker-registry does not answer at " + address + ":\n" + Files.readString(folder.resolve("log")));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private String htpasswd() throws Exception {
        Process process = new ProcessBuilder("htpasswd", "-niB", user).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return line;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server.destroy();
        if (!server.waitFor(10, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    /** The digest that the registry itself gives for a tag; empty where it has none. */
    public String digest(String repository, String tag) throws Exception {
        HttpResponse<Void> response = head("/v2/" + repository + "/manifests/" + tag);
        return response.statusCode() == 200 ? response.headers().firstValue("Docker-Content-Digest").orElseThrow() : "";
    }

    private int status() throws InterruptedException {
        try {
            return head("/v2/").statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpResponse<Void> head(String path) throws IOException, InterruptedException {
        String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .header("Authorization", "Basic " + login)
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }
}
