package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class WaitHealthyStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    /** A project of one container that is healthy once the command has made its file. */
    private Trial up(String script, String command) throws Exception {
        Trial trial = new Trial(jenkins, script).file("compose.yml", """
                services:
                  web:
                    image: %s
                    init: true
                    command: [sh, -c, '%s']
                    healthcheck: {test: [CMD, test, -e, /tmp/ok], interval: 300ms, retries: 1000}
                """.formatted(DockerEngine.BASE, command));
        DockerEngine.docker("compose", "-f", trial.workspace().child("compose.yml").getRemote(), "-p", engine.name(), "up", "-d");
        return trial;
    }

    private String web() {
        return engine.name() + "-web-1";
    }

    @Test
    void theSandboxReadsWhatIsHealthy() throws Exception {
        Trial trial = up("""
                node {
                  def healthy = igny8WaitHealthy(project: '%s', deadline: 60)
                  def web = healthy.containers[0]
                  echo "healthy ${healthy.project} ${web.id} ${web.health}"
                }
                """.formatted(engine.name()), "sleep 2; touch /tmp/ok; sleep 600");
        trial.succeeds();
        assertEquals(engine.name() + " " + DockerEngine.inspect(web(), "{{.Id}} {{.State.Health.Status}}"), trial.said("healthy "));
    }

    @Test
    void declarativeProbesAsSeenFromTheAgentAndADeadlineIsKept() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"status\": \"ok\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        try {
            Trial trial = up(Trial.declarative("""
                     stages {
                      stage('Good') { steps { igny8WaitHealthy project: '%1$s', probes: [igny8Probe(url: '%2$s', json: ['/status=ok'])] } }
                      stage('Bad') { steps { igny8WaitHealthy project: '%1$s', deadline: 2, probes: [igny8Probe(url: '%2$s', json: ['/status=no'])] } }
                     }
                    """.formatted(engine.name(), url)), "touch /tmp/ok; sleep 600");
            String log = trial.fails();
            assertTrue(log.contains(url + " answers as wanted"), log);
            assertTrue(log.contains("ERROR: The project " + engine.name() + " is not healthy after 2 s: "), log);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void atATimeoutItEndsAtOnceAndLeavesNoStream() throws Exception {
        Trial trial = up("""
                node {
                  timeout(time: 5, unit: 'SECONDS') { igny8WaitHealthy project: '%s' }
                }
                """.formatted(engine.name()), "sleep 600");
        long start = System.nanoTime();
        trial.ends(Result.ABORTED);
        assertTrue(System.nanoTime() - start < 60e9, trial.log());
        assertEquals(Set.of(), Processes.running("com.docker.compose.project=" + engine.name()));
    }
}
