package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Another engine, as one on another machine would be: with its own images, behind TLS with certificates on both sides, and blind for
 * the temporary files of this machine, where the tests' workspaces lie. {@link #docker} is the independent reading.
 */
final class SecondEngine implements BeforeAllCallback, AfterAllCallback {

    /** Fifteen letters at most, the kernel says. */
    private static final String BRIDGE = "igny8two";

    private final String disk;
    private Path folder;
    private Process daemon;
    private Map<String, String> environment = Map.of();

    SecondEngine() {
        this("true");
    }

    private SecondEngine(String disk) {
        this.disk = disk;
    }

    /** With no more room for images than this, such as {@code 64m}. */
    static SecondEngine withDisk(String size) {
        return new SecondEngine("mount -t tmpfs -o size=" + size + " none data");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        // Not below /tmp, which this engine is not to see.
        folder = Files.createTempDirectory(Path.of("/var/lib"), "igny8-second-engine-");
        certificates();
        // Without a bridge of its own the daemon would use the first one's, and with none at all remove it.
        run(Map.of(), "docker", "network", "create", "--opt", "com.docker.network.bridge.name=" + BRIDGE, network());
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        environment = Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + port, "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", folder.toString());
        Files.createDirectory(folder.resolve("data"));
        start();
    }

    private void start() throws Exception {
        String address = environment.get("DOCKER_HOST");
        daemon = new ProcessBuilder(
                        "unshare", "--mount", "--propagation", "private", "sh", "-c", "mount -t tmpfs none /tmp && " + disk + " && exec dockerd \"$@\"", "sh",
                        "--host", address, "--tlsverify", "--tlscacert", folder + "/ca.pem", "--tlscert", folder + "/server.pem",
                        "--tlskey", folder + "/server-key.pem", "--data-root", folder + "/data", "--exec-root", folder + "/exec",
                        "--pidfile", folder + "/pid", "--bridge", BRIDGE, "--iptables=false")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.readString(folder.resolve("log")).contains("API listen")) {
            if (!daemon.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the second engine does not start:\n" + Files.readString(folder.resolve("log")));
            }
            Thread.sleep(50);
        }
    }

    private void stop() throws Exception {
        if (daemon != null) {
            daemon.destroy();
            if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
                daemon.destroyForcibly().waitFor();
            }
        }
    }

    /** As a package's update does: containers end with it, and those that are to run always come back. */
    void restart() throws Exception {
        stop();
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        stop();
        run(Map.of(), "docker", "network", "rm", network());
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    private String network() {
        return folder.getFileName().toString();
    }

    /** What the docker command is told to use this engine. */
    Map<String, String> environment() {
        return environment;
    }

    /** What docker says of this engine; words are split at blanks. */
    String docker(String words) throws Exception {
        return docker(words.split(" "));
    }

    String docker(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("docker"));
        argv.addAll(List.of(words));
        return run(environment, argv.toArray(String[]::new));
    }

    /** An authority of a day, with names as the docker command wants them. */
    private void certificates() throws Exception {
        Files.writeString(folder.resolve("san"), "subjectAltName=IP:127.0.0.1");
        openssl("req -x509 -newkey rsa:2048 -nodes -subj /CN=authority -days 1 -keyout ca-key.pem -out ca.pem");
        signed("server", " -extfile san");
        signed("client", "");
        Files.move(folder.resolve("client.pem"), folder.resolve("cert.pem"));
        Files.move(folder.resolve("client-key.pem"), folder.resolve("key.pem"));
    }

    private void signed(String name, String more) throws Exception {
        openssl("req -newkey rsa:2048 -nodes -subj /CN=" + name + " -keyout " + name + "-key.pem -out " + name + ".csr");
        openssl("x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 1 -out " + name + ".pem" + more);
    }

    private void openssl(String words) throws Exception {
        run(Map.of(), ("openssl " + words).split(" "));
    }

    private String run(Map<String, String> environment, String... argv) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(0, process.waitFor(), String.join(" ", argv) + "\n" + out);
        return out;
    }
}
