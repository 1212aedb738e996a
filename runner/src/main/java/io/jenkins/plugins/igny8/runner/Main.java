package io.jenkins.plugins.igny8.runner;

import io.jenkins.plugins.igny8.host.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. Exit codes: 0 success, 1 failure, 2 unstable. */
@Command(
        name = "bin/run",
        description = "Runs a Jenkinsfile on this machine, without a Jenkins controller.",
        exitCodeOnInvalidInput = 1,
        exitCodeOnExecutionException = 1,
        sortOptions = false,
        footer = {"", "Exit code: 0 success, 1 failure, aborted or an error in the file, 2 unstable."})
public final class Main implements Callable<Integer> {

    @Parameters(paramLabel = "JENKINSFILE", description = "The file to run, declarative or scripted.")
    private Path jenkinsfile;

    @Option(names = "-p", paramLabel = "name=value", description = "The value of a parameter of the build.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write stages, steps, results and seconds there.")
    private Path json;

    @Option(names = "--workspace", paramLabel = "DIR", description = "The folder that steps run in (default: the current one).")
    private Path workspace = Path.of("");

    @Option(names = "--credentials", paramLabel = "FILE", description = "Credentials by ID (default: credentials.json in the state folder).")
    private Path credentials;

    @Option(names = "--engine", paramLabel = "name=URI", description = "An engine that steps may name: unix:///..., tcp://host:port or ssh://user@host.")
    private Map<String, String> engines = new LinkedHashMap<>();

    @Option(names = "--check", description = "Only read and check the file.")
    private boolean check;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this.")
    private boolean help;

    public static void main(String[] arguments) {
        int exitCode = new CommandLine(new Main())
                .setExecutionExceptionHandler((error, command, parsed) -> {
                    if (!(error instanceof Failure)) {
                        throw error;
                    }
                    command.getErr().println(error.getMessage());
                    return 1;
                })
                .execute(arguments);
        // Threads of an operation that was cut must not keep the process alive.
        System.exit(exitCode);
    }

    @Override
    public Integer call() {
        State state = State.ofUser();
        Path file = credentials == null ? state.credentials() : credentials;
        return new Run(jenkinsfile, workspace.toAbsolutePath().normalize(), parameters, engines, file, json, state, System.out).execute(check);
    }
}
