package io.jenkins.plugins.igny8.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The registry of the distribution project on this machine, with a login; with HTTPS where it is given certificates. */
final class RealRegistry implements AutoCloseable {

    static final String USER = "ci";
    static final String PASSWORD = "s3cret/ñ:Wort";

    private final Path folder;
    private final Process server;
    private final String address;

    /** @param folder an empty one; @param certificates null: plain HTTP */
    RealRegistry(Path folder, TestCertificates certificates) throws Exception {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + free.getLocalPort();
        }
        Files.writeString(folder.resolve("htpasswd"), htpasswd());
        String tls = certificates == null
                ? ""
                : "  tls:\n    certificate: %s\n    key: %s\n".formatted(certificates.file("server.pem"), certificates.file("server-key.pem"));
        Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                storage:
                  filesystem:
                    rootdirectory: %1$s/blobs
                auth:
                  htpasswd:
                    realm: test
                    path: %1$s/htpasswd
                http:
                  addr: %2$s
                %3$s""".formatted(folder, address, tls));
        server = new ProcessBuilder("docker-registry", "serve", folder.resolve("config.yml").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!listens()) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("docker-registry does not answer at " + address + ":\n" + log());
            }
            Thread.sleep(50);
        }
    }

    private static String htpasswd() throws Exception {
        Process process = new ProcessBuilder("htpasswd", "-niB", USER).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().write(PASSWORD.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return line;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(address.split(":")[1])), 1000);
            return true;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    /** Host and port. */
    String address() {
        return address;
    }

    String log() throws Exception {
        return Files.readString(folder.resolve("log"));
    }

    @Override
    public void close() throws Exception {
        server.destroy();
        if (!server.waitFor(10, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }
}
