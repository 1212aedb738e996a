package io.jenkins.plugins.igny8.agent;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.util.Map;

/**
 * Where a step's commands run at this moment. Never stored: after an agent was away there is a new one.
 *
 * @param directory the step's folder, which inside {@code dir(...)} is not the workspace
 * @param workspace the node's workspace, beside which private things lie
 * @param launcher the step's own launcher, with all that surrounds the step ({@code docker.inside}, {@code container})
 * @param environment what the Jenkinsfile reads as {@code env}
 * @param inherited the environment of the agent's own process, which commands see unless they run in a container
 */
public record Place(
        FilePath directory,
        FilePath workspace,
        Launcher launcher,
        EnvVars environment,
        Map<String, String> inherited,
        TaskListener listener) {}
