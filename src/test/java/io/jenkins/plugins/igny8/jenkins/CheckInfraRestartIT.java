package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Jenkins is stopped between the look at the infra and the deployment. */
@NeedsDocker
class CheckInfraRestartIT {

    @RegisterExtension
    final RealJenkinsExtension real = LeanJenkins.real(5);

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    private static void start(JenkinsRule jenkins, String name) throws Exception {
        Trial trial = new Trial(jenkins, jenkins.createProject(WorkflowJob.class, "job"), """
                node {
                  igny8CheckInfra network: '%1$s_net', postgres: 'none', redis: 'none', checks: [igny8Check(container: '%1$s-infra', command: 'test -e /ok')]
                  echo 'looked'
                  sh 'while docker exec %1$s-infra test -e /ok; do sleep 0.2; done'
                  igny8ComposeUp project: '%1$s', files: ['app.yml']
                }
                """.formatted(name));
        trial.file("app.yml", """
                services:
                  backend: {image: %1$s, init: true, command: [sleep, '600'], networks: [net]}
                networks: {net: {name: %2$s_net, external: true}}
                """.formatted(DockerEngine.BASE, name));
        trial.start().says("looked").says("+ docker exec");
    }

    private static String finish(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.jenkins.getItemByFullName("job", WorkflowJob.class).getBuildByNumber(1);
        jenkins.waitForCompletion(run);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        return JenkinsRule.getLog(run);
    }

    @Test
    void whatWasDeclaredIsStillAskedFor() throws Throwable {
        String name = engine.name();
        DockerEngine.docker("network create " + name + "_net");
        DockerEngine.docker("run -d --init --network " + name + "_net --name " + name + "-infra " + DockerEngine.BASE + " sleep 600");
        DockerEngine.docker("exec " + name + "-infra touch /ok");
        real.startJenkins();
        real.run(jenkins -> start(jenkins, name));
        real.stopJenkins();
        real.startJenkins();
        DockerEngine.docker("exec " + name + "-infra rm /ok");
        String log = real.call(CheckInfraRestartIT::finish);
        assertTrue(log.contains("ERROR: The infra was complete when igny8CheckInfra asked earlier in this build, and is not any more: The command"
                + " 'test -e /ok' in the container " + name + "-infra ended with exit code 1: it wrote nothing"), log);
        assertEquals("", DockerEngine.docker("ps -aq --filter label=com.docker.compose.project=" + name));
    }
}
