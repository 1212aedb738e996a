package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Networks;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network of the infra and who is on it at this moment.
 *
 * @param running its running containers
 */
record InfraNetwork(Docker docker, String name, boolean exists, List<Container> running) {

    /** What is there answers within milliseconds; pg_isready itself gives up after 3 s. */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    static InfraNetwork of(String name, Docker docker) throws InterruptedException {
        Optional<Networks.Network> found = docker.find(Networks.inspect(name));
        List<Container> running = new ArrayList<>();
        for (String id : found.map(Networks.Network::containerIds).orElse(List.of())) {
            // One by one: a container may go between the two questions, and that is no reason to fail.
            docker.find(Containers.inspect(id)).filter(Container::running).ifPresent(running::add);
        }
        return new InfraNetwork(docker, name, found.isPresent(), running);
    }

    /** Those that answer to a name: a compose service, a network alias or a container's name. */
    List<Container> named(String wanted) {
        return running.stream().filter(container -> answersTo(wanted, container)).toList();
    }

    private boolean answersTo(String wanted, Container container) {
        return wanted.equals(container.name())
                || wanted.equals(container.service())
                || container.networks().getOrDefault(name, List.of()).contains(wanted);
    }

    /** That nobody answers to a name, without a full stop; a stopped container that would is often all that a person needs to know. */
    String nobody(String wanted) throws InterruptedException {
        return "no running container answers to '" + wanted + "' on the network " + name + stopped(wanted);
    }

    private String stopped(String wanted) throws InterruptedException {
        List<String> ids = new ArrayList<>(docker.ask(Containers.named(wanted)));
        ids.addAll(docker.ask(Containers.labelled(Container.SERVICE_LABEL + "=" + wanted)));
        for (String id : ids) {
            Optional<Container> container = docker.find(Containers.inspect(id));
            if (container.isPresent() && container.get().networks().containsKey(name) && !container.get().running()) {
                return " (the container " + container.get().name() + " " + Diagnosis.stateOf(container.get()) + ")";
            }
        }
        return "";
    }

    /** What a command inside a container comes to; empty where it does not end in time. */
    Optional<Answer> run(Container container, String... command) throws InterruptedException {
        try {
            return Optional.of(docker.answer(Containers.exec(container.id(), ANSWER_LIMIT, command)));
        } catch (Failure overdue) {
            return Optional.empty();
        }
    }

    /** Whether a command did not even begin, for want of its program. */
    static boolean hasNoProgram(Answer answer) {
        return lines(answer).anyMatch(line -> line.contains("executable file not found") || line.contains("no such file or directory: unknown"));
    }

    /** The first line that a command wrote. */
    static String said(Answer answer) {
        return lines(answer).findFirst().orElse("nothing");
    }

    static Stream<String> lines(Answer answer) {
        return Stream.concat(answer.out().lines(), answer.err().lines()).map(String::trim).filter(line -> !line.isEmpty());
    }
}
