package io.jenkins.plugins.igny8.docker;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A docker command that ended with another exit code than 0. The message says what a person can do about it. */
public final class CommandFailed extends Failure {

    private static final long serialVersionUID = 1L;

    private static final Pattern PASSING = Pattern.compile(
            "connection refused|connection reset|i/o timeout|TLS handshake timeout|EOF$|[Ss]tatus:? (?:code )?50[234]|Service Unavailable"
                    + "|Too Many Requests|request canceled|Client\\.Timeout exceeded|Temporary failure");

    /** As engine 20.10 says it of a file that is cut, changed, or no archive. */
    private static final Pattern BROKEN_FILE =
            Pattern.compile("unexpected EOF|invalid tar header|invalid diffID|docker-import-\\d+/\\S+: no such file");

    private static final Pattern ENV_FILE = Pattern.compile("env file (\\S+) not found");

    private final int exitCode;
    private final List<String> lines;

    CommandFailed(String message, int exitCode, List<String> lines) {
        super(message);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    public int exitCode() {
        return exitCode;
    }

    /** Whether there is no docker command here, or it has no compose plugin. */
    public boolean composeMissing() {
        return exitCode == Answer.NO_SUCH_PROGRAM || lines.stream().anyMatch(DockerErrors.NO_COMPOSE.asPredicate());
    }

    /** The env file of a service that Compose did not find; empty where it gave up for another reason. */
    public String missingEnvFile() {
        return lines.stream().map(ENV_FILE::matcher).filter(Matcher::find).map(found -> found.group(1)).findFirst().orElse("");
    }

    /** Whether the engine refused because another container has the name: of several who try at once, one gets it. */
    public boolean nameTaken() {
        return lines.stream().anyMatch(line -> line.contains("is already in use by container"));
    }

    /** Whether a registry refused the login, which it will do for every other image too. */
    public boolean loginRefused() {
        return lines.stream().anyMatch(line -> line.contains("unauthorized") || line.contains("no basic auth credentials"));
    }

    /** Whether the engine said so, and not the program that ran in a container. */
    public boolean saidByEngine() {
        return lines.stream().anyMatch(line -> line.contains("Error response from daemon"));
    }

    /** Whether it is a kind of trouble with a registry that mostly passes by itself within seconds. */
    public boolean mayPass() {
        return lines.stream().anyMatch(line -> PASSING.matcher(line).find() && !line.contains("Docker daemon"));
    }

    /** Whether the engine's machine has no such file or folder to mount. */
    public boolean sourceMissing() {
        return lines.stream().anyMatch(line -> line.contains("bind source path does not exist"));
    }

    /** Whether a container has no such file or folder. */
    public boolean noSuchPath() {
        return lines.stream().anyMatch(line -> line.contains("Could not find the file"));
    }

    /** Whether the engine found no image in the file that it was to load. */
    public boolean brokenFile() {
        return lines.stream().anyMatch(line -> BROKEN_FILE.matcher(line).find()) && lines.stream().noneMatch(line -> line.contains("no space left"));
    }

    /** The last lines that the command wrote. */
    public List<String> lines() {
        return lines;
    }
}
