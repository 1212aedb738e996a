package io.jenkins.plugins.igny8.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Node;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.igny8.host.Failure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.docker.commons.tools.DockerTool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What <em>Test engine</em> says of the engine of this machine, asked from the controller and from an agent. */
@WithJenkins
class EngineCheckIT {

    private static JenkinsRule jenkins;
    private static String socket;
    private static String version;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        socket = docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}");
        version = docker("version", "--format", "{{.Server.Version}}");
    }

    /** The independent reading. */
    private static String docker(String... words) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("docker"), Stream.of(words)).toList()).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8).trim();
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    @Test
    void engineOnItsSocket() throws Exception {
        FormValidation answer = EngineCheck.check(new Engine("here", socket), jenkins.jenkins, null);
        assertTrue(answer.getMessage().startsWith("Docker " + version + " (API "), answer.getMessage());
        assertEquals(FormValidation.Kind.OK, answer.kind, answer.getMessage());
        assertTrue(answer.getMessage().endsWith("with Compose " + docker("compose", "version", "--short") + "."), answer.getMessage());
    }

    @Test
    void engineAsAnAgentSeesIt() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        assertTrue(EngineCheck.check(new Engine("here", socket), agent, null).getMessage().startsWith("Docker " + version + " (API "));
        try (Stream<Path> left = Files.walk(Path.of(agent.getRemoteFS()))) {
            assertEquals(List.of(), left.filter(path -> path.getFileName().toString().contains("igny8")).toList());
        }
        agent.toComputer().disconnect(OfflineCause.create(null)).get();
        assertEquals(
                "The node " + agent.getDisplayName() + " is offline: bring it online, or choose another one.",
                failure(new Engine("here", socket), agent, null));
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String sentence = failure(new Engine("gone", "tcp://127.0.0.1:" + port), jenkins.jenkins, null);
        assertTrue(sentence.startsWith("No Docker engine answers at tcp://127.0.0.1:" + port + ": start it"), sentence);
        String noSocket = failure(new Engine("gone", "unix:///nowhere/docker.sock"), jenkins.jenkins, null);
        assertTrue(noSocket.startsWith("No Docker engine answers at unix:///nowhere/docker.sock"), noSocket);
    }

    @Test
    void clientCertificateOpensAnEngineOnTcp(@TempDir Path folder) throws Exception {
        TestCertificates certificates = new TestCertificates(Files.createDirectory(folder.resolve("right")));
        add("right", certificates);
        add("other", new TestCertificates(Files.createDirectory(folder.resolve("other"))));
        CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next().addCredentials(
                Domain.global(), new DockerServerCredentials(CredentialsScope.GLOBAL, "half", "", Secret.fromString("key"), "certificate", null));
        Path seen = folder.resolve("seen");
        tool(folder, "ls -l \"$DOCKER_CERT_PATH\" >> " + seen);
        try (TlsEngine engine = new TlsEngine(certificates.context(), Path.of(URI.create(socket).getPath()))) {
            assertTrue(EngineCheck.check(tls(engine, "right"), jenkins.jenkins, "noting").getMessage().startsWith("Docker " + version + " (API "));
            String files = Files.readString(seen);
            for (String name : List.of("key.pem", "cert.pem", "ca.pem")) {
                assertTrue(files.lines().anyMatch(line -> line.startsWith("-rw------- ") && line.endsWith(" " + name)), files);
            }
            String other = failure(tls(engine, "other"), jenkins.jenkins, null);
            assertTrue(other.startsWith("The engine at tcp://" + engine.address() + " and the client's certificate do not fit (tls: "), other);
            assertTrue(other.contains("x509: certificate signed by unknown authority"), other);
            String none = failure(tls(engine, ""), jenkins.jenkins, null);
            assertTrue(none.contains("http://" + engine.address()) && none.contains("It said: "), none);
            assertTrue(failure(tls(engine, "half"), jenkins.jenkins, null).startsWith("The credentials 'half' lack a part"));
        }
        try (Stream<Path> left = Files.walk(jenkins.jenkins.getRootDir().toPath())) {
            assertEquals(List.of(), left.filter(path -> path.getFileName().toString().endsWith(".pem")).toList());
        }
    }

    @Test
    void chosenToolIsTheDockerThatIsAsked(@TempDir Path folder) throws Exception {
        Path used = folder.resolve("used");
        tool(folder, "echo \"$1\" >> " + used);
        EngineCheck.check(new Engine("here", socket), jenkins.jenkins, "noting");
        assertTrue(Files.readString(used).startsWith("version\n"));
        assertEquals(
                "There is no Docker tool 'gone': choose another one on the System page, or install it under Manage Jenkins, Tools.",
                failure(new Engine("here", socket), jenkins.jenkins, "gone"));
    }

    /** A Docker tool that does something first. */
    private static void tool(Path folder, String first) throws Exception {
        Path docker = Files.createDirectories(folder.resolve("tool/bin")).resolve("docker");
        Files.writeString(docker, "#!/bin/sh\n" + first + "\nPATH=\"${PATH#*:}\"\nexec docker \"$@\"\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        jenkins.jenkins.getDescriptorByType(DockerTool.DescriptorImpl.class)
                .setInstallations(new DockerTool("noting", folder.resolve("tool").toString(), List.of()));
    }

    private static void add(String id, TestCertificates certificates) throws Exception {
        CredentialsProvider.lookupStores(jenkins.jenkins).iterator().next().addCredentials(
                Domain.global(),
                new DockerServerCredentials(
                        CredentialsScope.GLOBAL,
                        id,
                        "",
                        Secret.fromString(certificates.text("client-key.pem")),
                        certificates.text("client.pem"),
                        certificates.text("ca.pem")));
    }

    private static Engine tls(TlsEngine server, String credentialsId) {
        Engine engine = new Engine("tls", "tcp://" + server.address());
        engine.setCredentialsId(credentialsId);
        return engine;
    }

    private static String failure(Engine engine, Node node, String tool) {
        return assertThrows(Failure.class, () -> EngineCheck.check(engine, node, tool)).getMessage();
    }
}
