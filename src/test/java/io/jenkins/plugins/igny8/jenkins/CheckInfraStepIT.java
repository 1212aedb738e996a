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

    private static final String APP = """
            services:
              backend: {image: %1$s, init: true, command: [sleep, '600'], networks: [net]}
            networks: {net: {name: %2$s_net, external: true}}
            """;

    @Test
    void declaredChecksAreAskedForAgainBeforeUp() throws Exception {
        Trial trial = infra(Trial.declarative("""
                 stages {
                  stage('Infra') { steps { script {
                   def infra = igny8CheckInfra network: '%1$s_net', wait: 5, minFreeGigabytes: 1, checks: [
                    igny8Check(container: 'cache'), igny8Check(container: 'cache', command: 'test -e "$(echo /ready)"'),
                    igny8Check(url: "${env.JENKINS_URL}login")]
                   echo "checks ${infra.checks.collect { it.check + '=' + it.answered }.join('; ')}"
                   def e = infra.engine
                   echo "engine ${e.version} ${e.apiVersion} ${e.os} ${e.freeBytes > 1000000000}"
                  } } }
                  stage('Break') { steps { sh 'docker stop -t 0 %1$s-cache-1' } }
                  stage('Deploy') { steps { igny8ComposeUp project: '%1$s-app', files: ['app.yml'] } }
                 }
                """.formatted(engine.name()))).file("app.yml", APP.formatted(DockerEngine.BASE, engine.name()));
        String log = trial.fails();
        String cache = engine.name() + "-cache-1";
        assertEquals(
                "container cache=" + cache + " is healthy; 'test -e \"$(echo /ready)\"' in cache=ended with 0; " + jenkins.getURL() + "login=200",
                trial.said("checks "));
        assertEquals(DockerEngine.docker("version", "--format", "{{.Server.Version}} {{.Server.APIVersion}} {{.Server.Os}}") + " true", trial.said("engine "));
        assertTrue(log.contains("ERROR: The infra was complete when igny8CheckInfra asked earlier in this build, and is not any more:"
                + " Redis: no running container answers to 'redis' on the network " + engine.name() + "_net"), log);
        assertTrue(log.contains("container cache: no running container answers to 'cache' on the network " + engine.name() + "_net (the container " + cache), log);
        assertEquals("", DockerEngine.docker("ps -aq --filter label=com.docker.compose.project=" + engine.name() + "-app"));
    }
}
