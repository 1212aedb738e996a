package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One of the two servers that the pipeline's document names, asked by its own tool in its container, over the network, as the
 * application would.
 *
 * @param what its name for people
 * @param parameter the step's parameter that names it
 * @param name to which it answers on the network
 * @param answers whether what the tool says counts as an answer
 */
record InfraServer(String what, String parameter, String name, List<String> question, Predicate<Answer> answers) {

    /** Those that are to be asked. */
    static List<InfraServer> of(String postgres, String redis) {
        return Stream.of(
                        new InfraServer("Postgres", "postgres", postgres, List.of("pg_isready", "-h", postgres), Answer::succeeded),
                        // A server that wants a password serves; one that still loads its data does not.
                        new InfraServer("Redis", "redis", redis, List.of("redis-cli", "-h", redis, "ping"), answer ->
                                answer.out().contains("PONG") || answer.out().contains("NOAUTH")))
                .filter(server -> !server.name().equals(CheckInfra.NONE))
                .toList();
    }

    /** @throws Failure where nobody answers to the name */
    List<Container> containers(InfraNetwork network) throws InterruptedException {
        List<Container> containers = network.named(name);
        if (containers.isEmpty()) {
            throw new Failure(what + ": " + network.nobody(name) + ": start the infra stack, or give its name there in '" + parameter + "' ('"
                    + CheckInfra.NONE + "': not checked).");
        }
        return containers;
    }

    /**
     * What it says.
     *
     * @throws Failure where that is no answer
     */
    String ask(Container container, InfraNetwork network) throws InterruptedException {
        Optional<Answer> answer = network.run(container, question.toArray(String[]::new));
        if (answer.filter(answers).isPresent()) {
            return InfraNetwork.said(answer.get());
        }
        if (answer.filter(InfraNetwork::hasNoProgram).isPresent()) {
            throw new Failure(what + ": the container " + container.name() + ", which answers to '" + name + "', has no " + question.get(0)
                    + " and so is no " + what + ": give the right name in '" + parameter + "'.");
        }
        String said = answer.map(InfraNetwork::said).orElse("nothing within " + InfraNetwork.ANSWER_LIMIT.toSeconds() + " s");
        throw new Failure(what + ": the container " + container.name() + " does not answer, '" + String.join(" ", question) + "' in it says: "
                + said + ". Look at its log (docker logs " + container.name() + "), or wait until it has started.");
    }
}
