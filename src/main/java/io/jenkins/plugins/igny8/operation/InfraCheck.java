package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a Jenkinsfile declares the infra to have. It is one of four: a container that runs and is healthy, a command that
 * succeeds in it, a TCP address that can be connected to, a URL that answers. It is kept with the build as plain values.
 *
 * @param container a name on the network: a compose service, a network alias or a container's name; null: none
 * @param command a text for that container's {@code sh}; null: the container's state is looked at
 * @param tcp {@code host:port} as the application writes it; asked from inside the container, else from any on the network
 * @param url {@code http://} or {@code https://}, as seen from where the step's commands run
 * @param status the HTTP status wanted
 */
public record InfraCheck(String container, String command, String tcp, String url, int status) {

    private static final int SHOWN = 60;

    /** Refuses what can never be asked. */
    void check() {
        if (url != null) {
            if (container != null || command != null || tcp != null) {
                throw tooMuch("'url' stands alone");
            }
            probe().check();
        } else if (tcp != null) {
            if (command != null) {
                throw tooMuch("'tcp' and 'command' are two checks");
            }
            TcpAddress.of(tcp);
        } else if (container == null) {
            throw new Failure(command == null
                    ? "An igny8Check says nothing of what to look at: give 'container', 'container' with 'command', 'tcp' or 'url'."
                    : "The igny8Check of the command " + shortened(command) + " has no 'container': say in which one it is to run.");
        }
    }

    private Failure tooMuch(String why) {
        return new Failure("The igny8Check of " + title() + " is more than one (" + why + "): write an igny8Check(...) for each.");
    }

    private Probe probe() {
        return new Probe(url, status, null, List.of());
    }

    /** What a person calls it. */
    String title() {
        return url != null ? url : tcp != null ? "tcp " + tcp : command != null ? shortened(command) + " in " + container : "container " + container;
    }

    private static String shortened(String command) {
        String line = command.strip().replaceAll("\\s+", " ");
        return "'" + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…") + "'";
    }

    /**
     * What was answered, of several containers one after another.
     *
     * @param problems gets a sentence for each that is not as it should be
     */
    List<String> ask(InfraNetwork network, Host host, List<String> problems) throws InterruptedException {
        List<String> answers = new ArrayList<>();
        try {
            if (url != null) {
                answers.add(askUrl(host));
            } else if (tcp != null) {
                answers.add(TcpAddress.of(tcp).connect(network, container));
            } else {
                askContainers(network, answers, problems);
            }
        } catch (Failure e) {
            problems.add(e.getMessage());
        }
        return answers;
    }

    private String askUrl(Host host) throws InterruptedException {
        String problem = probe().problem(host);
        if (!problem.isEmpty()) {
            throw new Failure(problem + ". Check the URL as seen from where this step's commands run, and the log of what should answer.");
        }
        return String.valueOf(status);
    }

    private void askContainers(InfraNetwork network, List<String> answers, List<String> problems) throws InterruptedException {
        List<Container> containers = network.named(container);
        if (containers.isEmpty()) {
            throw new Failure(title() + ": " + network.nobody(container) + ": start the infra stack, or correct 'container'.");
        }
        for (Container one : containers) {
            try {
                answers.add(command == null ? state(one) : run(one, network));
            } catch (Failure e) {
                problems.add(e.getMessage());
            }
        }
    }

    private static String state(Container one) {
        if (one.hasHealthCheck() && !one.health().equals("healthy")) {
            throw new Failure("The container " + one.name() + " " + Diagnosis.stateOf(one) + ": look at its log (docker logs " + one.name()
                    + "), or wait until it has started.");
        }
        return one.name() + (one.hasHealthCheck() ? " is healthy" : " runs");
    }

    private String run(Container one, InfraNetwork network) throws InterruptedException {
        Optional<Answer> answer = network.run(one, "sh", "-c", command);
        if (answer.filter(Answer::succeeded).isPresent()) {
            return InfraNetwork.lines(answer.get()).findFirst().orElse("ended with 0");
        }
        String where = "The command " + shortened(command) + " in the container " + one.name();
        if (answer.isEmpty()) {
            throw new Failure(where + " has not ended within " + InfraNetwork.ANSWER_LIMIT.toSeconds() + " s: it must be a quick one.");
        }
        if (InfraNetwork.hasNoProgram(answer.get())) {
            throw new Failure(where + " cannot run, since that has no sh: check it by 'tcp' or by its health check.");
        }
        // Programs say last why they give up.
        String last = InfraNetwork.lines(answer.get()).reduce((first, second) -> second).orElse("it wrote nothing");
        throw new Failure(where + " ended with exit code " + answer.get().exitCode() + ": " + last);
    }
}
