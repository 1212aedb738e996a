package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP address that the application connects to, tried from inside a container of its network: only there names, routes and
 * firewalls are those of the application, wherever the engine is. The container's own bash or nc does it, so nothing is started.
 */
record TcpAddress(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:]+)\\]|([A-Za-z0-9_][A-Za-z0-9._-]*)):([0-9]{1,5})");

    private static final int HIGHEST_PORT = 65535;

    /** A connection within a machine or a data centre takes milliseconds. */
    private static final int LIMIT_SECONDS = 5;

    /** A shell's code for a command that was not found; docker's own, of old and new engines, where there is no shell. */
    private static final List<Integer> NO_PROGRAM = List.of(Answer.NO_SUCH_PROGRAM, 126);

    /** Host, port and limit come as arguments. timeout is part of coreutils and busybox; where it is missing, our own limit holds. */
    private static final String CONNECT = """
            limit=$(command -v timeout >/dev/null && echo timeout "$3")
            if command -v bash >/dev/null; then exec $limit bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2"; fi
            if command -v nc >/dev/null; then exec nc -v -z -w "$3" "$1" "$2"; fi
            exit 127
            """;

    /** What the tools write before their reason. */
    private static final Pattern TOOL = Pattern.compile("^(?:bash|nc): (?:line \\d+: )?(?:connect: )?");

    static TcpAddress of(String text) {
        Matcher parts = FORM.matcher(text);
        if (parts.matches()) {
            int port = Integer.parseInt(parts.group(3));
            if (port > 0 && port <= HIGHEST_PORT) {
                return new TcpAddress(parts.group(1) == null ? parts.group(2) : parts.group(1), port);
            }
        }
        throw new Failure("'" + text + "' is not a TCP address: give host:port, for example postgres:5432.");
    }

    /**
     * Connects once.
     *
     * @param from name of the container to ask; null: the first on the network that can
     * @return from where it was connected to
     */
    String connect(InfraNetwork network, String from) throws InterruptedException {
        List<Container> askers = from == null ? askers(network) : network.named(from);
        if (askers.isEmpty()) {
            throw new Failure("tcp " + this + ": " + (from == null ? "the network " + network.name() + " has no running container from which to ask"
                    : network.nobody(from)) + ": start the infra stack" + (from == null ? "." : ", or correct 'container'."));
        }
        for (Container asker : askers) {
            Optional<Answer> answer = network.run(asker, "sh", "-c", CONNECT, "sh", host, String.valueOf(port), String.valueOf(LIMIT_SECONDS));
            if (answer.filter(Answer::succeeded).isPresent()) {
                return "connected from " + asker.name();
            }
            if (answer.filter(TcpAddress::cannotAsk).isEmpty()) {
                throw new Failure("tcp " + this + " cannot be connected to from the container " + asker.name() + ": " + reason(answer)
                        + ". Check that it runs and listens there.");
            }
        }
        String nobody = from == null ? "no container on the network " + network.name() + " has" : "the container " + askers.get(0).name() + " has no";
        throw new Failure("tcp " + this + " cannot be tried, since " + nobody + " bash or nc: name one that has in 'container', or check it by"
                + " 'command'.");
    }

    /** Some small nc knows none of the options. */
    private static boolean cannotAsk(Answer answer) {
        return NO_PROGRAM.contains(answer.exitCode()) || InfraNetwork.lines(answer).anyMatch(line -> line.contains("invalid option"));
    }

    /** What should answer is asked last: that it reaches itself says the least. */
    private List<Container> askers(InfraNetwork network) {
        List<Container> asked = network.named(host);
        List<Container> askers = new ArrayList<>(network.running());
        askers.removeAll(asked);
        askers.addAll(asked);
        return askers;
    }

    private static String reason(Optional<Answer> answer) {
        return answer.flatMap(said -> InfraNetwork.lines(said).findFirst())
                .map(line -> TOOL.matcher(line).replaceFirst(""))
                .orElse("no answer within " + LIMIT_SECONDS + " s");
    }

    /** As it is written. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
