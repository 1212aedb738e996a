package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import io.jenkins.plugins.igny8.runner.host.ProcessGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sh}: a script in {@code /bin/sh -xe}, or in the interpreter that its first line names. */
@Symbol("sh")
public final class ShellStep extends LocalStep implements LocalStep.OnAgent {

    private final String script;
    private boolean returnStdout;
    private boolean returnStatus;
    private String label;

    @DataBoundConstructor
    public ShellStep(String script) {
        this.script = script;
    }

    @DataBoundSetter
    public void setReturnStdout(boolean returnStdout) {
        this.returnStdout = returnStdout;
    }

    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        this.returnStatus = returnStatus;
    }

    @DataBoundSetter
    public void setLabel(String label) {
        this.label = label;
    }

    @Override
    public Object run(Build build) throws Exception {
        if (returnStdout && returnStatus) {
            throw new Failure("returnStdout and returnStatus cannot both be true.");
        }
        if (label != null && !label.isEmpty()) {
            build.console().say(label);
        }
        LocalHost host = build.host();
        Path directory = Files.createDirectories(build.context().directory());
        try (PrivateFolder folder = host.privateFolder()) {
            folder.write("script.sh", script == null ? "" : script);
            Path file = Path.of(folder.path("script.sh"));
            boolean ownInterpreter = script != null && script.startsWith("#!");
            if (ownInterpreter) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            }
            // The output goes into a file as it is: lines read from a pipe would not tell how the last one ended.
            String output = folder.path("output");
            String start = (ownInterpreter ? "exec \"$0\"" : "exec /bin/sh -xe \"$0\"") + (returnStdout ? " > \"$1\"" : "");
            ProcessGroup process = ProcessGroup.start(
                    List.of("/bin/sh", "-c", start, file.toString(), output), host.environment(), directory, build.console()::say, null);
            process.await(null);
            if (returnStatus) {
                return process.exitCode();
            }
            if (process.exitCode() != 0) {
                throw new Failure("script returned exit code " + process.exitCode());
            }
            return returnStdout ? folder.read("output") : null;
        }
    }
}
