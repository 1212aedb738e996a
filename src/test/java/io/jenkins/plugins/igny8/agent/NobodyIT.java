package io.jenkins.plugins.igny8.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.jenkins.DockerEngine;
import io.jenkins.plugins.igny8.jenkins.NeedsDocker;
import io.jenkins.plugins.igny8.jenkins.Trial;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * The controller is {@code nobody}, whom the engine's socket refuses; the agent is a process of another user, who may use it. So
 * whatever a step did with the engine from the controller would fail here.
 */
@NeedsDocker
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "only root may start processes under other users")
class NobodyIT {

    private static final String REFUSED = "This user may not use the Docker engine's socket";

    /**
     * Stands in for {@code bin/java}. Jenkins may write where the harness means it to, and nowhere else. It may read all files, since
     * the plugins to test and the harness lie in folders of root's; that opens no socket, as a connection needs the right to write.
     */
    private static final String JAVA = """
            #!/bin/sh
            set -e
            for word; do
              case $word in
                --webroot=* | --pluginroot=*) chown -R nobody: "${word#*=}" ;;
                -Dwinstone.portFileName=*) chown -R nobody: "$(dirname "${word#*=}")" ;;
              esac
            done
            chown -R nobody: "$JENKINS_HOME"
            exec setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups \\
              --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search --bounding-set=-all,+dac_read_search '%s' "$@"
            """;

    @RegisterExtension
    final RealJenkinsExtension real = new RealJenkinsExtension()
            .withTimeout((int) TimeUnit.MINUTES.toSeconds(9))
            .javaOptions("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @TempDir
    Path java;

    private InboundAgent agent;

    @BeforeEach
    void begin() throws Throwable {
        Path program = Files.createDirectory(java.resolve("bin")).resolve("java");
        Files.writeString(program, JAVA.formatted(System.getProperty("java.home") + "/bin/java"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String home = real.getHome().toString();
        real.withJavaHome(java.toString()).extraEnv("HOME", home).javaOptions("-Djava.io.tmpdir=" + home).startJenkins();
        agent = InboundAgent.inTheGroupOf(socket());
        String folder = agent.folder();
        agent.start(real.call(jenkins -> InboundAgent.register(jenkins.getURL().toString(), "inbound", folder)), "C.UTF-8");
    }

    private static Path socket() {
        return Path.of(URI.create(DockerEngine.docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}")).getPath());
    }

    @AfterEach
    void end() throws Exception {
        if (agent != null) {
            agent.close();
        }
    }

    @Test
    void onlyTheAgentNeedsTheEngine() throws Throwable {
        String name = engine.name();
        DockerEngine.docker("network create " + name + "_net");
        DockerEngine.docker("run -d --init --name " + name + "-infra --network " + name + "_net " + DockerEngine.BASE + " sleep 600");

        String refusal = real.call(jenkins -> dockerInfo());
        assertTrue(refusal.contains("permission denied") && refusal.contains(socket().toString()), refusal);
        for (String step : List.of("igny8Build(images: [igny8Image(name: '" + name + "-never')])", "igny8CheckInfra()", "igny8WaitHealthy()")) {
            String script = "node('built-in') { writeFile file: 'Dockerfile', text: 'FROM scratch'\n" + step + " }";
            String log = real.call(jenkins -> new Trial(jenkins, script).fails());
            assertTrue(log.contains(REFUSED), log);
        }

        String script = pipeline(name);
        List<String> log = real.call(jenkins -> new Trial(jenkins, jenkins.createProject(WorkflowJob.class, "deploy"), script).succeeds()).lines().toList();
        String image = DockerEngine.inspect(name + "-web-1", "{{.Image}}");
        assertEquals(DockerEngine.imageId(name + "-app"), image);
        for (String said : List.of(
                "built " + image,
                "infra " + DockerEngine.inspect(name + "-infra", "{{.Config.Hostname}}"),
                "up " + name + "-web-1 " + image,
                "healthy " + name + "-web-1 healthy")) {
            assertTrue(log.contains(said), () -> said + "\n" + log);
        }
        Path workspace = Path.of(agent.folder(), "workspace/deploy");
        Path written = workspace.resolve("igny8-logs/" + name + "-web-1.log");
        assertTrue(Files.readString(written).contains("said by the image"), () -> written.toString());
        assertEquals(agent.user(), Files.getOwner(written).getName());
    }

    /** Asked in the controller's own process. */
    private static String dockerInfo() throws Exception {
        Process process = new ProcessBuilder("docker", "info").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertNotEquals(0, process.waitFor(), said);
        return said;
    }

    private static String pipeline(String name) {
        return """
                node('inbound') {
                  writeFile file: 'Dockerfile', text: '''FROM %2$s
                CMD echo "said by the image"; touch /ready; sleep 600
                HEALTHCHECK --interval=1s CMD test -e /ready
                '''
                  writeFile file: 'compose.yml', text: 'services: {web: {image: "%1$s-app", init: true}}'
                  def built = igny8Build(images: [igny8Image(name: '%1$s-app')])
                  echo "built ${built.images[0].imageId}"
                  def infra = igny8CheckInfra(network: '%1$s_net', postgres: 'none', redis: 'none',
                    checks: [igny8Check(container: '%1$s-infra', command: 'hostname')])
                  echo "infra ${infra.checks[0].answered}"
                  def deployed = igny8ComposeUp(project: '%1$s', files: ['compose.yml']).containers[0]
                  echo "up ${deployed.name} ${deployed.imageId}"
                  def waited = igny8WaitHealthy(project: '%1$s').containers[0]
                  echo "healthy ${waited.name} ${waited.health}"
                  igny8Logs project: '%1$s'
                }
                """.formatted(name, DockerEngine.BASE);
    }
}
