package io.jenkins.plugins.igny8.docker;

import io.jenkins.plugins.igny8.host.Answer;
import java.util.List;
import java.util.Optional;
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

    private static final String REGISTRYS_URL = "(?:\"https://([^/\"]+)[^\"]*\": (?:tls: [^:]+: )?)?";

    /** What the docker command says of {@code docker compose} where it has no such plugin. */
    static final Pattern NO_COMPOSE = Pattern.compile("'compose' is not a docker command|unknown docker command: \"compose\"|unknown command: docker compose"
            + "|unknown shorthand flag: '[fp]' in|unknown flag: --(?:ansi|project-name)");

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
                    "error during connect: .*\\[ssh .*stderr=(.+)",
                    "The Docker engine cannot be reached over ssh ($1): check DOCKER_HOST or the docker context, and that ssh logs in there"
                            + " without asking."),
            new Rule(
                    "(?:error during connect|failed to connect to the docker API at).*?((?:tls|x509): .+)",
                    "The Docker engine and its client do not trust each other ($1): check the certificates that this engine is reached with."),
            new Rule(
                    "(?:error during connect|failed to connect to the docker API at).*?((?:unix|tcp|https?|ssh)://[^\\s\":;]+(?::\\d+)?)",
                    "No Docker engine answers at $1: start it, or point DOCKER_HOST or the docker context to one that runs."),
            new Rule(
                    "client version (\\S+) is too old\\. Minimum supported API version is ([0-9.]*[0-9])",
                    "The docker command, or its compose or buildx plugin, is too old for this engine (it speaks API $1, the engine $2 at least):"
                            + " install a newer one."),
            new Rule(
                    "client version (\\S+) is too new\\. Maximum supported API version is ([0-9.]*[0-9])",
                    "The engine is too old for this docker command, or its compose or buildx plugin (it speaks API $2 at most, they $1): bring the"
                            + " engine up to date, or check DOCKER_API_VERSION."),
            new Rule(
                    "context \"(.+?)\": context not found",
                    "There is no docker context '$1' for this user: check DOCKER_CONTEXT, and currentContext in the user's docker configuration."),
            new Rule(
                    NO_COMPOSE,
                    "The docker command here has no compose plugin: install Docker Compose 2.19 or newer (package docker-compose-plugin"
                            + " or docker-compose) for the user who runs the build."),
            new Rule(
                    "unknown flag: (--progress)$",
                    "The docker command's compose plugin is too old: it does not know $1. Install Docker Compose 2.19 or newer for the user who runs"
                            + " the build."),
            new Rule(
                    "'buildx' is not a docker command|unknown command: docker buildx|BuildKit is enabled but the buildx component is missing",
                    "The docker command here has no buildx plugin: install docker-buildx for the user who runs the build."),
            new Rule(
                    "failed to read dockerfile: open (?:\\S+/buildkit-mount\\d+/)?(\\S+): no such file|unable to evaluate symlinks in Dockerfile path: lstat (\\S+):",
                    "There is no Dockerfile $1$2: check 'dockerfile', which is relative to the workspace."),
            new Rule(
                    "ERROR: resolve : lstat (\\S+): no such file",
                    "There is no folder $1: check 'dockerfile', which is relative to the workspace."),
            new Rule(
                    "failed to compute cache key.*\"/?([^\"]+)\"(?: not found)?: not found"
                            + "|(?:COPY|ADD) failed: .*stat (\\S+): file does not exist",
                    "There is no $1$2 in the build context: check the COPY or ADD in the Dockerfile, and the .dockerignore file."),
            new Rule(
                    "failed to read dockerfile: read (?:\\S+/buildkit-mount\\d+/)?(\\S+): is a directory",
                    "$1 is a folder and no Dockerfile: give the file in 'dockerfile', relative to the workspace."),
            new Rule("[Dd]ockerfile parse error (?:on )?(line \\d+): (.+)", "The Dockerfile has a mistake in $1: $2."),
            new Rule("the Dockerfile \\(?.*?cannot be empty", "The Dockerfile is empty: it needs a FROM at least."),
            new Rule(
                    "base name \\((\\S+)\\) should not be blank",
                    "FROM takes its image from $1, which has no value: give it in 'buildArgs', or a default to the ARG before FROM."),
            new Rule(
                    "target stage \"?([^\\s\"]+)\"? could not be found|failed to reach build target (\\S+) in Dockerfile",
                    "The Dockerfile has no stage '$1$2': check 'target' and the names after AS."),
            new Rule(
                    "Multi-platform build is not supported for the docker driver",
                    "This engine cannot keep an image of several 'platforms': give one, or an engine that keeps its images in containerd."),
            new Rule(
                    "Cache export is not supported for the docker driver",
                    "This engine's builder cannot keep layers in the place that 'cacheTo' names: give type=inline, or an engine that keeps its images in"
                            + " containerd."),
            new Rule(
                    "executor failed running \\[(?:/bin/sh -c )?(.*)\\]: exit code: (\\d+)"
                            + "|process \"(?:/bin/sh -c )?(.*)\" did not complete successfully: exit code: (\\d+)"
                            + "|The command '(?:/bin/sh -c )?(.*)' returned a non-zero code: (\\d+)",
                    "The command '$1$3$5' ended with exit code $2$4$6: see its lines above."),
            new Rule(
                    "unable to prepare context: path \"(.+?)\" not found",
                    "There is no build context '$1': check 'context', which is relative to the workspace."),
            new Rule("yaml: (line \\d+): (.+)", "The compose file is no valid YAML, near $1 ($2): check indentation and tabs there."),
            new Rule("validating (\\S+): (.+)", "The compose file $1 is not valid: $2."),
            new Rule("empty compose file", "The compose file is empty: check 'files'."),
            new Rule("no service selected", "The compose file has no service to start: check 'files' and 'profiles'."),
            new Rule(
                    "required variable (\\S+) is missing a value(?:: (.+))?",
                    "The compose file needs the variable $1 ($2), which has no value: give it in 'envFile' or 'environment', or in a file .env"
                            + " beside the compose file."),
            new Rule(
                    "env file (\\S+) not found: stat",
                    "There is no file $1, which a service of the compose file names as its env_file: make it, or check the path."),
            new Rule("failed to read (\\S+): line (\\d+): (.+)", "The env file $1 has a mistake in line $2: $3."),
            new Rule(
                    "external volume \"(.+?)\" not found",
                    "The volume $1 does not exist on this engine, and the compose file calls it external: make it, or start the stack that"
                            + " does."),
            new Rule("(.+): invalid compose project", "The compose file does not fit together: $1."),
            new Rule(
                    "(?:Bind for|bind:? ?(?:on|for)?|listen tcp\\d?) ?(\\S+?):? (?:failed: port is already allocated|bind: address already in use)",
                    "The address $1 is already taken on the engine's machine: stop what listens there, or publish another port in the"
                            + " compose file."),
            new Rule(
                    "bind source path does not exist: (\\S+)",
                    "There is no $1 on the engine's machine, which the compose file mounts: check the path and the variables in it."),
            new Rule(
                    "container name \"/?(\\S+?)\" is already in use by container",
                    "There is a container $1 already: if another deployment of the project runs at this moment, wait for it and run this again;"
                            + " if it is nobody's, remove it (docker rm -f $1)."),
            new Rule(
                    "daemon: No command specified",
                    "An image says by itself nothing of what to run: give its service a 'command' in the compose file."),
            new Rule(
                    "exec: \"(\\S+?)\": executable file not found",
                    "The image has no program '$1': check the image and the command that is to run in it."),
            new Rule(
                    "network (\\S+) (?:declared as external, but could not be found|not found$)",
                    "The network $1 does not exist on this engine: start the infra stack first (igny8CheckInfra checks it)."),
            new Rule(
                    "no basic auth credentials",
                    "The registry refused the login: none was given for it, so name one in 'credentialsId'."),
            new Rule(
                    "(?:[Uu]nauthorized|authentication required|incorrect username or password)",
                    "The registry refused the login: check the user name, the password and the rights of the credentials given as"
                            + " 'credentialsId'."),
            new Rule(
                    "(?:^|: )denied\\b|insufficient_scope|HTTP 403 response body",
                    "The registry denied access: the credentials given as 'credentialsId' may not do this there."),
            new Rule(
                    "lookup (\\S+?)(?: on \\S+)?: (?:no such host|server misbehaving|Temporary failure|.*(?:connection refused|i/o timeout))",
                    "The host $1 is unknown: check the registry's name, and that the engine's machine can look up names."),
            new Rule(
                    "dial tcp (\\S+): (?:connect: )?(connection refused|i/o timeout|no route to host)",
                    "Nothing answers at $1 ($2): check that the registry runs and its address is right."),
            new Rule(
                    "(?:server gave HTTP response to HTTPS client)",
                    "The registry speaks plain HTTP: give it a certificate, or list it under insecure-registries of the engine."),
            new Rule(
                    REGISTRYS_URL + "x509: (certificate signed by unknown authority)",
                    "The certificate of the registry $1 is not trusted ($2): install its CA in the engine's certs.d folder."),
            new Rule(
                    REGISTRYS_URL + "x509: (.*)",
                    "The certificate of the registry $1 is not valid ($2): give the registry one that is valid now and for the name by which it is"
                            + " called here."),
            new Rule(
                    "no matching manifest for ([^\\s/]+/\\S+)|no match for platform in manifest",
                    "The registry has the image for other platforms only, not for the engine's ($1): build and push it for this one too (igny8Image"
                            + " 'platforms'), or name another image."),
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
                    "HTTP 405 response body",
                    "The registry takes no images (HTTP status 405): it is read-only, see its configuration."),
            new Rule(
                    "received unexpected HTTP status: (.*)",
                    "The registry has a fault of its own (HTTP status $1): see its log, and whether its disk is full."),
            new Rule("(?:[Nn]o such image|not exist locally with the tag): (\\S*[^\\s:])", "There is no image $1 on this engine: build or pull it first."),
            new Rule(
                    "[Nn]o such container: (\\S+)",
                    "There is no container $1 on this engine, or no more: if another deployment of the project runs at this moment, wait for it and run"
                            + " this again."),
            new Rule(
                    "write (.*)/\\.tmp-[^/]*: no space left on device",
                    "The disk is full that the folder $1 lies on: free space there, or give another 'directory'."),
            new Rule("(?i)no space left on device", "The disk of the engine's machine is full: free space, for example with igny8Prune."),
            new Rule(
                    "invalid env file \\((.+?)\\): (.+)",
                    "The env file $1 is not valid ($2): write KEY=value on each line."),
            new Rule(
                    "no such service: (\\S+)",
                    "The compose file has no service '$1': check 'services' and the profiles."),
            new Rule(
                    "(?:open|stat|[Cc]ouldn't find env file:|env file) (\\S+?)(?: not found)?:? ?(?:no such file or directory)?$",
                    "There is no file $1: check the path, which is relative to the workspace."));

    /** A build's lines are full of what other programs say; with these words BuildKit and the legacy builder say their own. */
    private static final Pattern VERDICT = Pattern.compile("^ERROR: .*|The command '.*' returned a non-zero code: \\d+$");

    /** In a host's and in shells' words; the exit code alone tells nothing, since a program in a build or a container ends with it too. */
    private static final Pattern NO_DOCKER = Pattern.compile("\\bdocker(?: is not on the PATH|: (?:command )?not found|: No such file)");

    /** What the docker command ends its own complaints with, and the rest of an answer that it could not give. */
    private static final Pattern HINT = Pattern.compile("^(?:Run|See) 'docker .*|^[\\[\\]]+$");

    private static final Pattern NOT_FOUND = Pattern.compile("(?i)no such (?:object|image|container|network|volume)|(?<!context )not found");

    private DockerErrors() {}

    static boolean saysNotFound(List<String> lines) {
        return lines.stream().anyMatch(line -> NOT_FOUND.matcher(line).find());
    }

    static String sentence(String typed, int exitCode, List<String> lines) {
        if (exitCode == Answer.NO_SUCH_PROGRAM && (lines.isEmpty() || lines.stream().anyMatch(NO_DOCKER.asPredicate()))) {
            return "There is no docker command on the PATH of this machine: install the Docker CLI, or choose a node that has it.";
        }
        // That file is gone by then, and whoever types the command again needs none.
        String shown = typed.replaceAll(" --iidfile \\S+", "");
        List<String> verdict = lines.stream().map(VERDICT::matcher).filter(Matcher::find).map(Matcher::group).toList();
        List<String> telling = verdict.isEmpty() ? lines : verdict;
        Optional<String> known = known(telling);
        if (known.isPresent()) {
            return known.get() + " (" + shown + ")";
        }
        List<String> saying = telling.stream().filter(line -> !HINT.matcher(line).find()).toList();
        String own = saying.isEmpty() ? "it wrote nothing" : saying.get(saying.size() - 1).trim();
        return "'" + shown + "' failed with exit code " + exitCode + ": " + own;
    }

    /** What the rules make of these lines; empty where none fits. */
    static Optional<String> known(List<String> lines) {
        for (Rule rule : RULES) {
            for (String line : lines) {
                Matcher matcher = rule.pattern().matcher(line);
                if (matcher.find()) {
                    return Optional.of(filled(rule.sentence(), matcher));
                }
            }
        }
        return Optional.empty();
    }

    private static String filled(String sentence, Matcher matcher) {
        String result = sentence;
        for (int group = 1; group <= matcher.groupCount(); group++) {
            result = result.replace("$" + group, matcher.group(group) == null ? "" : matcher.group(group));
        }
        return result.replace(" ()", "").replace("  ", " ").replace(" :", ":").trim();
    }
}
