package io.jenkins.plugins.igny8.docker;

import io.jenkins.plugins.igny8.host.Answer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what docker, compose and BuildKit write when they fail into one sentence: what, where, what to do. Messages as
 * seen from engines 20.10 and 26.1, compose 2.26.1, CLI 28.2; what none of the rules knows keeps the tool's own words.
 */
final class DockerErrors {

    private record Rule(Pattern pattern, String sentence) {
        Rule(String pattern, String sentence) {
            this(Pattern.compile(pattern), sentence);
        }
    }

    /** Tried in this order on every line: the first pattern that fits any line decides. {@code $1} is its first group. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "permission denied while trying to connect to the (?:Docker daemon|docker API)"
                            + ".*?(unix://[^\\s:]+|/\\S+\\.sock|$)",
                    "This user may not use the Docker engine's socket $1: add the user to the socket's group, then start its session or"
                            + " agent anew."),
            new Rule(
                    "Cannot connect to the Docker daemon at (\\S+?)\\. Is the docker daemon running",
                    "No Docker engine answers at $1: start it, or point DOCKER_HOST or the docker context to one that runs."),
            new Rule(
                    "(?:error during connect|failed to connect to the docker API at).*?((?:unix|tcp|https?|ssh)://[^\\s\":;]+(?::\\d+)?)",
                    "No Docker engine answers at $1: start it, or point DOCKER_HOST or the docker context to one that runs."),
            new Rule(
                    "context \"(.+?)\": context not found",
                    "There is no docker context '$1' for this user: check DOCKER_CONTEXT, and currentContext in the user's docker configuration."),
            new Rule(
                    "'compose' is not a docker command|unknown shorthand flag: 'f' in -f|unknown docker command: \"compose\"|unknown flag: --project-name",
                    "The docker command here has no compose plugin: install Docker Compose v2 (package docker-compose-plugin or"
                            + " docker-compose) for the user who runs the build."),
            new Rule(
                    "'buildx' is not a docker command|BuildKit is enabled but the buildx component is missing",
                    "The docker command here has no buildx plugin: install docker-buildx for the user who runs the build."),
            new Rule(
                    "failed to read dockerfile: open (?:\\S+/buildkit-mount\\d+/)?(\\S+): no such file|unable to evaluate symlinks in Dockerfile path: lstat (\\S+):",
                    "There is no Dockerfile $1$2: check 'dockerfile', which is relative to the workspace."),
            new Rule(
                    "failed to compute cache key.*\"/?([^\"]+)\"(?: not found)?: not found",
                    "There is no $1 in the build context: check the COPY or ADD in the Dockerfile, and the .dockerignore file."),
            new Rule(
                    "unable to prepare context: path \"(.+?)\" not found",
                    "There is no build context '$1': check 'context', which is relative to the workspace."),
            new Rule(
                    "(?:Bind for|bind:? ?(?:on|for)?|listen tcp\\d?) ?(\\S+?):? (?:failed: port is already allocated|bind: address already in use)",
                    "The address $1 is already taken on the engine's machine: stop what listens there, or publish another port in the"
                            + " compose file."),
            new Rule(
                    "bind source path does not exist: (\\S+)",
                    "There is no $1 on the engine's machine, which the compose file mounts: check the path and the variables in it."),
            new Rule(
                    "exec: \"(\\S+?)\": executable file not found",
                    "The image has no program '$1': check the image and the command that is to run in it."),
            new Rule(
                    "network (\\S+) (?:declared as external, but could not be found|not found$)",
                    "The network $1 does not exist on this engine: start the infra stack first (igny8CheckInfra checks it)."),
            new Rule(
                    "(?:no basic auth credentials|unauthorized|authentication required|incorrect username or password)",
                    "The registry refused the login: check the user name, the password and the rights of the credentials given as"
                            + " 'credentialsId'."),
            new Rule(
                    "(?:^|: )denied\\b|insufficient_scope",
                    "The registry denied access: the credentials given as 'credentialsId' may not do this there."),
            new Rule(
                    "lookup (\\S+?)(?: on \\S+)?: no such host",
                    "The host $1 is unknown: check the registry's name."),
            new Rule(
                    "dial tcp (\\S+): (?:connect: )?(connection refused|i/o timeout|no route to host)",
                    "Nothing answers at $1 ($2): check that the registry runs and its address is right."),
            new Rule(
                    "(?:server gave HTTP response to HTTPS client)",
                    "The registry speaks plain HTTP: give it a certificate, or list it under insecure-registries of the engine."),
            new Rule(
                    "x509: (.*)",
                    "The registry's certificate is not trusted ($1): install its CA in the engine's certs.d folder."),
            new Rule(
                    "manifest (?:for (\\S+) not found|unknown)|name unknown|(\\S+): not found$",
                    "The registry has no such image $1$2: check name, tag and digest, and that it was pushed."),
            new Rule(
                    "toomanyrequests",
                    "The registry's limit of pulls is used up: log in with 'credentialsId', or wait."),
            new Rule(
                    "Get \"(\\S+)\": .*(?:context deadline exceeded|Client\\.Timeout exceeded|TLS handshake timeout)",
                    "No answer in time from $1: check that the engine's machine reaches the registry."),
            new Rule(
                    "received unexpected HTTP status: (.*)",
                    "The registry has a fault of its own (HTTP status $1): see its log."),
            new Rule("(?:[Nn]o such image|not exist locally with the tag): (\\S*[^\\s:])", "There is no image $1 on this engine: build or pull it first."),
            new Rule("(?i)no space left on device", "The disk of the engine's machine is full: free space, for example with docker image prune."),
            new Rule(
                    "no such service: (\\S+)",
                    "The compose file has no service '$1': check 'services' and the profiles."),
            new Rule(
                    "(?:open|stat|couldn't find env file:|env file) (\\S+?)(?: not found)?:? ?(?:no such file or directory)?$",
                    "There is no file $1: check the path, which is relative to the workspace."));

    private static final Pattern NOT_FOUND = Pattern.compile("(?i)no such (?:object|image|container|network|volume)|(?<!context )not found");

    private DockerErrors() {}

    static boolean saysNotFound(List<String> lines) {
        return lines.stream().anyMatch(line -> NOT_FOUND.matcher(line).find());
    }

    static String sentence(String typed, int exitCode, List<String> lines) {
        if (exitCode == Answer.NO_SUCH_PROGRAM) {
            return "There is no docker command on the PATH of this machine: install the Docker CLI, or choose a node that has it.";
        }
        // A build's lines are full of what other programs say; BuildKit's own verdict begins with this word.
        List<String> verdict = lines.stream().filter(line -> line.startsWith("ERROR: ")).toList();
        List<String> telling = verdict.isEmpty() ? lines : verdict;
        for (Rule rule : RULES) {
            for (String line : telling) {
                Matcher matcher = rule.pattern().matcher(line);
                if (matcher.find()) {
                    return filled(rule.sentence(), matcher) + " (" + typed + ")";
                }
            }
        }
        String own = telling.isEmpty() ? "it wrote nothing" : telling.get(telling.size() - 1).trim();
        return "'" + typed + "' failed with exit code " + exitCode + ": " + own;
    }

    private static String filled(String sentence, Matcher matcher) {
        String result = sentence;
        for (int group = 1; group <= matcher.groupCount(); group++) {
            result = result.replace("$" + group, matcher.group(group) == null ? "" : matcher.group(group));
        }
        return result.replace("  ", " ").replace(" :", ":").trim();
    }
}
