package io.jenkins.plugins.igny8.runner;

import groovy.lang.Binding;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.runner.binding.Symbols;
import io.jenkins.plugins.igny8.runner.build.Aborted;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import io.jenkins.plugins.igny8.runner.build.StepCaller;
import io.jenkins.plugins.igny8.runner.build.StepFailed;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.language.Jenkinsfile;
import io.jenkins.plugins.igny8.runner.parameters.Parameters;
import io.jenkins.plugins.igny8.runner.pipeline.Pipeline;
import io.jenkins.plugins.igny8.runner.pipeline.PipelineScript;
import io.jenkins.plugins.igny8.runner.report.Console;
import io.jenkins.plugins.igny8.runner.report.Report;
import io.jenkins.plugins.igny8.runner.report.Result;
import io.jenkins.plugins.igny8.runner.report.RunRecord;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One run of a Jenkinsfile from its file to its exit code. */
record Run(Path file, Path workspace, Map<String, String> given, Map<String, String> engines, Path credentialsFile, Path json, State state, PrintStream out) {

    /**
     * Reads, checks and runs the file.
     *
     * @param onlyCheck nothing is run
     * @return the exit code
     * @throws Failure where the file, its parameters or the surroundings are wrong; nothing has run then
     */
    int execute(boolean onlyCheck) {
        try {
            return readAndRun(onlyCheck);
        } catch (Failure e) {
            if (json != null) {
                new Report(new RunRecord(), Result.FAILURE.name(), e.getMessage()).write(json, file.toString(), Map.copyOf(given), text -> text);
            }
            throw e;
        }
    }

    private int readAndRun(boolean onlyCheck) {
        String name = file.toString();
        Symbols symbols = Symbols.scan(Igny8Step.class, LocalStep.class);
        Jenkinsfile jenkinsfile = Jenkinsfile.read(file, name, symbols);
        Map<String, Object> parameters = Parameters.values(jenkinsfile.pipeline().map(Pipeline::parameters).orElse(List.of()), given);
        Credentials credentials = Credentials.read(credentialsFile);
        Console console = new Console(out, credentials::secrets);
        jenkinsfile.notes().forEach(console::say);
        if (onlyCheck) {
            console.say(name + " is fine.");
            return 0;
        }
        if (!Files.isDirectory(workspace)) {
            throw new Failure("The workspace " + workspace + " does not exist.");
        }
        Path folder = state.newBuild(jobName());
        int number = State.number(folder);
        Build build = new Build(
                new Build.Setup(name, jobName(), number, workspace, folder, state.fingerprintKey(), Variables.of(jobName(), number, workspace), engines), credentials, console);
        build.parameters(parameters);
        console.say(name + ": build #" + number + " of " + jobName() + " in " + workspace);
        Throwable error = run(build, jenkinsfile, symbols);
        String reason = error == null ? null : StepFailed.describe(name, error);
        Report report = new Report(build.record(), build.result().name(), reason);
        console.say("");
        console.say(report.table());
        if (json != null) {
            report.write(json, name, parameters, console::mask);
        }
        return exitCode(build.result());
    }

    /** The folder that the pipeline works on is what a job is in Jenkins. */
    private String jobName() {
        Path folder = workspace.getFileName();
        return folder == null ? "root" : folder.toString();
    }

    private static Throwable run(Build build, Jenkinsfile jenkinsfile, Symbols symbols) {
        PipelineScript script = jenkinsfile.script();
        script.setBinding(new Binding());
        script.prepare(build, new StepCaller(build, symbols), jenkinsfile.pipeline().orElse(null));
        try (Signals signals = Signals.abort(build)) {
            script.run();
            return null;
        } catch (Throwable e) {
            build.worsen(Aborted.resultOf(e));
            return e;
        }
    }

    private static int exitCode(Result result) {
        return switch (result) {
            case SUCCESS -> 0;
            case UNSTABLE -> 2;
            case FAILURE, NOT_BUILT, ABORTED -> 1;
        };
    }
}
