package io.jenkins.plugins.igny8.agent.trial;

import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.Proc;
import hudson.model.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code throughShell { … }} carries commands as kubernetes' {@code container} does: it opens one {@code sh}, writes {@code cd},
 * the exports and the words into its input, and takes both outputs as one. Whoever is the client: the shell does not end with it.
 */
public final class ThroughShellStep extends Step {

    @DataBoundConstructor
    public ThroughShellStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(context);
    }

    private static final class Execution extends StepExecution {
        private static final long serialVersionUID = 1L;

        Execution(StepContext context) {
            super(context);
        }

        @Override
        public boolean start() throws Exception {
            getContext()
                    .newBodyInvoker()
                    .withContext(BodyInvoker.mergeLauncherDecorators(getContext().get(LauncherDecorator.class), new Decorator()))
                    .withCallback(BodyExecutionCallback.wrap(getContext()))
                    .start();
            return false;
        }
    }

    private static final class Decorator extends LauncherDecorator implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Launcher decorate(Launcher launcher, Node node) {
            return new Launcher.DecoratedLauncher(launcher) {
                @Override
                public Proc launch(ProcStarter starter) throws IOException {
                    byte[] input = input(starter).getBytes(StandardCharsets.UTF_8);
                    OutputStream out = starter.stdout() == null ? OutputStream.nullOutputStream() : starter.stdout();
                    // A session of its own, as in another container: ending the client ends nothing there.
                    return getInner()
                            .launch()
                            .cmds("setsid", "--wait", "sh")
                            .stdin(new ByteArrayInputStream(input))
                            .stdout(out)
                            .stderr(out)
                            .quiet(true)
                            .start();
                }

                @Override
                public void kill(java.util.Map<String, String> modelEnvVars) {
                    throw new UnsupportedOperationException("a container without ps cannot do that");
                }
            };
        }

        private static String input(Launcher.ProcStarter starter) {
            StringBuilder input = new StringBuilder();
            if (starter.pwd() != null) {
                input.append("cd \"").append(starter.pwd().getRemote()).append("\"\n");
            }
            for (String variable : starter.envs()) {
                int end = variable.indexOf('=');
                if (variable.substring(0, end).matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
                    input.append("export ").append(variable, 0, end).append("='")
                            .append(variable.substring(end + 1).replace("$$", "$").replace("'", "'\\''")).append("'\n");
                }
            }
            for (String word : starter.cmds()) {
                input.append('"').append(word.replace("$$", "\\$").replace("\"", "\\\"")).append("\" ");
            }
            return input.append("\nexit\n").toString();
        }
    }

    @OptionalExtension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "throughShell";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Launcher.class);
        }
    }
}
