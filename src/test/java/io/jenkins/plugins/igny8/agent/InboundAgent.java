package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Node;
import hudson.slaves.DumbSlave;
import hudson.slaves.JNLPLauncher;
import hudson.slaves.RetentionStrategy;
import io.jenkins.plugins.igny8.host.FilesOfFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** An agent in a process of its own, where that can be under a Unix user of its own with a home of its own. */
final class InboundAgent implements AutoCloseable {

    /** A user that nothing else on this machine has. */
    private static final String USER = "igny8-trial";

    private final Path folder;
    private final boolean ownUser;
    private String groups = "--init-groups";
    private boolean userIsNew;
    private Process process;

    /** @param other under another Unix user, where this one may choose */
    InboundAgent(boolean other) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("igny8-agent-");
        ownUser = other && System.getProperty("user.name").equals("root");
        if (ownUser) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            userIsNew = run("id", "-u", USER) != 0;
            if (userIsNew) {
                assertEquals(0, run("useradd", "--system", "--user-group", "--home-dir", "/nonexistent", USER));
            }
            assertEquals(0, run("chown", USER + ":" + USER, folder.toString()));
        } else if (other) {
            System.out.println("LEFT OUT: the agent runs under the user of this test, since only root may choose another");
        }
    }

    /** Under another user, which only root may choose, who may use what the group of a file may. */
    static InboundAgent inTheGroupOf(Path file) throws IOException, InterruptedException {
        InboundAgent agent = new InboundAgent(true);
        agent.groups = "--groups=" + Files.getAttribute(file, "unix:gid");
        return agent;
    }

    private static int run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    /** Whose process it is. */
    String user() {
        return ownUser ? USER : System.getProperty("user.name");
    }

    String folder() {
        return folder.toString();
    }

    /** What an agent's process needs to know. */
    record Secret(String url, String name, String secret) implements Serializable {}

    /** Run where the controller is. */
    static Secret register(String url, String name, String folder) throws Exception {
        JNLPLauncher launcher = new JNLPLauncher();
        launcher.setWebSocket(true);
        DumbSlave node = new DumbSlave(name, folder, launcher);
        node.setMode(Node.Mode.EXCLUSIVE);
        node.setNumExecutors(4);
        node.setRetentionStrategy(RetentionStrategy.NOOP);
        Jenkins.get().addNode(node);
        return new Secret(url, name, ((hudson.slaves.SlaveComputer) node.toComputer()).getJnlpMac());
    }

    /** @param locale {@code C}, or one that knows all letters */
    void start(Secret secret, String locale) throws IOException {
        Path jar = folder.resolve("agent.jar");
        if (!Files.exists(jar)) {
            try (InputStream in = new URL(secret.url() + "jnlpJars/agent.jar").openStream()) {
                Files.copy(in, jar);
            }
        }
        List<String> words = new ArrayList<>();
        if (ownUser) {
            words.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, groups));
        }
        String java = System.getProperty("java.home") + "/bin/java";
        words.addAll(List.of(java, "-Djava.awt.headless=true", "-Xmx128m", "-jar", jar.toString(), "-webSocket", "-url", secret.url(),
                "-name", secret.name(), "-secret", secret.secret(), "-workDir", folder.toString()));
        // In a group of its own, as a service is: what ends a command must not end this.
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        String path = environment.get("PATH");
        environment.clear();
        environment.putAll(Map.of("PATH", path, "HOME", folder.toString(), "LC_ALL", locale));
        process = builder.redirectErrorStream(true).redirectOutput(new File(folder.toFile(), "agent.log")).start();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** As by {@code kill -9}: nothing that it started hears of it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException, IOException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        FilesOfFolder.deleteAll(folder);
        if (userIsNew) {
            run("userdel", USER);
        }
    }
}
