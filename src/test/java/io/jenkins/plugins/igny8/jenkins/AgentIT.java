package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Node;
import hudson.model.Result;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps on an agent in a process of its own: all they touch lies there. */
@NeedsDocker
@WithJenkins
class AgentIT {

    @RegisterExtension
    final InboundAgentExtension agents = new InboundAgentExtension();

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @Test
    void filesAndCommandsAreTheAgents(JenkinsRule jenkins) throws Exception {
        Node agent = agents.createAgent(jenkins, InboundAgentExtension.Options.newBuilder().name("remote").label("remote").build());
        Trial trial = new Trial(jenkins, """
                node('remote') { dir('app') {
                  def built = igny8Build(images: [igny8Image(name: '%1$s-app')])
                  def checked = igny8CheckCompose(project: '%1$s', files: ['compose.yml'], sarif: 'compose.sarif', release: true)
                  echo "found ${checked.findings.collect { it.rule + ' ' + it.line }}"
                  def rendered = igny8Render(project: '%1$s', files: ['compose.yml'])
                  def deployed = igny8ComposeUp(project: '%1$s', files: [rendered.file])
                  echo "runs ${deployed.containers[0].imageId} ${built.images[0].imageId}"
                  igny8WaitHealthy project: '%1$s'
                  igny8Logs project: '%1$s'
                  igny8ComposeUp project: '%1$s', files: ['never.yml']
                } }
                """.formatted(engine.name()));
        FilePath workspace = agent.getWorkspaceFor(trial.job());
        workspace.child("app/Dockerfile").write("FROM " + DockerEngine.BASE + "\nCMD echo said; sleep 600\n", "UTF-8");
        workspace.child("app/compose.yml").write("services:\n  web: {image: '" + engine.name() + "-app', init: true, volumes: ['/var/run/docker.sock:/run/docker.sock']}\n", "UTF-8");
        workspace.child("app/never.yml").write("""
                services:
                  web: {image: '%1$s-app', init: true, healthcheck: {test: [CMD, 'false'], interval: 60s, start_period: 600s}}
                  front: {image: '%1$s-app', init: true, depends_on: {web: {condition: service_healthy}}}
                """.formatted(engine.name()), "UTF-8");
        trial.start().says(engine.name() + "-front-1  Created");
        String image = DockerEngine.inspect(engine.name() + "-web-1", "{{.Image}}");
        assertEquals(image + " " + image, trial.said("runs "));
        assertEquals("[docker-socket 2]", trial.said("found "));
        assertTrue(workspace.child("app/compose.sarif").readToString().contains("docker-socket"));
        assertTrue(workspace.child("app/docker-compose.rendered.yml").readToString().contains("image: " + engine.name() + "-app:igny8-" + image.substring(7, 19)));
        assertTrue(workspace.child("app/igny8-logs/" + engine.name() + "-web-1.log").readToString().contains("said"));
        assertFalse(trial.workspace().exists(), "nothing lies on the controller");
        trial.build().getExecutor().interrupt();
        trial.over(Result.ABORTED);
        assertEquals(Set.of(), Processes.running("-p " + engine.name()));
        assertTrue(agent.toComputer().isOnline(), "the agent lives on");
        assertEquals(Set.of(), new java.util.TreeSet<>(workspace.sibling(workspace.getName() + "@tmp").list().stream().map(FilePath::getName).toList()));
    }
}
