package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@NeedsDocker
@WithJenkins
class CheckInfraStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    /** Servers stand in by what their own tools say: the step asks nothing else. */
    private Trial infra(String script) throws Exception {
        String compose = """
                services:
                  postgres:
                    image: %1$s
                    command: [sh, -c, 'cp /tools/* /usr/bin && chmod +x /usr/bin/pg_isready /usr/bin/redis-cli && touch /ready && exec sleep 600']
                    init: true
                    healthcheck: {test: [CMD, test, -e, /ready], interval: 200ms, retries: 50}
                    volumes: ['./tools:/tools:ro']
                    networks: [net]
                  cache:
                    extends: postgres
                    networks: {net: {aliases: [redis]}}
                networks: {net: {name: %2$s_net}}
                """.formatted(DockerEngine.BASE, engine.name());
        Trial trial = new Trial(jenkins, script)
                .file("tools/pg_isready", "#!/bin/sh\necho \"$2:5432 - accepting connections\"\n")
                .file("tools/redis-cli", "#!/bin/sh\necho PONG\n")
                .file("infra.yml", compose);
        DockerEngine.docker("compose", "-f", trial.workspace().child("infra.yml").getRemote(), "-p", engine.name(), "up", "-d", "--wait");
        return trial;
    }

    @Test
    void theSandboxReadsWhoAnswered() throws Exception {
        Trial trial = infra("""
                node {
                  def infra = igny8CheckInfra(network: '%s_net')
                  echo "services " + infra.services.collect { "${it.name} ${it.container} ${it.containerId} ${it.answered}" }.join(', ')
                }
                """.formatted(engine.name()));
        trial.succeeds();
        assertEquals(
                "postgres " + line("postgres", "postgres:5432 - accepting connections") + ", redis " + line("cache", "PONG"),
                trial.said("services "));
    }

    private String line(String service, String answered) {
        String container = engine.name() + "-" + service + "-1";
        return container + " " + DockerEngine.inspect(container, "{{.Id}}") + " " + answered;
    }

    @Test
    void declarativeStopsBeforeTheNextStageWithAllProblemsAtOnce() throws Exception {
        Trial trial = new Trial(jenkins, Trial.declarative("""
                 stages {
                  stage('Infra') { steps { igny8CheckInfra network: '%s_net' } }
                  stage('Next') { steps { echo 'goes on' } }
                 }
                 post { failure { echo "failure ${env.IGNY8_FAILURE.readLines().size()}" } }
                """.formatted(engine.name())));
        String log = trial.fails();
        assertTrue(log.contains("ERROR: There is no network " + engine.name() + "_net on this engine"), log);
        assertEquals("3", trial.said("failure "));
        assertTrue(log.contains("Stage \"Next\" skipped due to earlier failure(s)"), log);
    }
}
