package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Networks;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks whether what the application needs is there: the network exists, and on it Postgres and Redis <em>answer</em>, asked
 * inside their containers under the name that the application uses. All that is wrong is told at once; nothing is changed.
 *
 * @param network name of the network
 * @param postgres name to which Postgres answers on it: a compose service, a network alias or a container's name;
 *     {@link #NONE} where there is none to check
 * @param redis the same for Redis
 */
public record CheckInfra(String network, String postgres, String redis) implements Operation<CheckInfra.Infra> {

    /** The network in IGNY8's pipeline document. */
    public static final String DEFAULT_NETWORK = "igny8_net";

    public static final String DEFAULT_POSTGRES = "postgres";

    public static final String DEFAULT_REDIS = "redis";

    /** For a service that is not to be checked: an empty text means "not given". */
    public static final String NONE = "none";

    /** pg_isready itself gives up after 3 s; a server that is there answers within milliseconds. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /**
     * What was found.
     *
     * @param services one per container that answered
     */
    public record Infra(String network, List<Service> services, double seconds) {}

    /**
     * One container that answered.
     *
     * @param name the name that was looked for
     * @param container the container's name
     * @param answered what it said, such as {@code PONG}
     */
    public record Service(String name, String container, String containerId, String image, String answered) {}

    /**
     * What is asked of one of the two.
     *
     * @param what its name for people
     * @param parameter the step's parameter that names it
     * @param name see {@link CheckInfra}
     * @param question asked in its container, over the network, as the application would
     * @param answers whether that counts as an answer
     */
    private record Asked(String what, String parameter, String name, List<String> question, Predicate<Answer> answers) {}

    private List<Asked> asked() {
        return Stream.of(
                        new Asked("Postgres", "postgres", postgres, List.of("pg_isready", "-h", postgres), Answer::succeeded),
                        // A server that wants a password serves; one that still loads its data does not.
                        new Asked("Redis", "redis", redis, List.of("redis-cli", "-h", redis, "ping"), answer ->
                                answer.out().contains("PONG") || answer.out().contains("NOAUTH")))
                .filter(one -> !one.name().equals(NONE))
                .toList();
    }

    @Override
    public Infra run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        Docker docker = new Docker(host);
        List<String> problems = new ArrayList<>();
        List<Service> services = new ArrayList<>();
        List<Container> running = runningOnNetwork(docker, problems);
        for (Asked asked : asked()) {
            List<Container> containers = running.stream().filter(container -> answersTo(asked.name(), container)).toList();
            if (containers.isEmpty()) {
                problems.add(asked.what() + ": no running container answers to '" + asked.name() + "' on the network " + network
                        + stopped(docker, asked.name()) + ": start the infra stack, or give its name there in '" + asked.parameter()
                        + "' ('" + NONE + "': not checked).");
            }
            for (Container container : containers) {
                ask(docker, asked, container, services, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new Failure(String.join("\n", problems));
        }
        services.forEach(service -> host.tell(Event.note(service.name(), service.container() + " answers: " + service.answered())));
        return new Infra(network, services, BuiltImage.secondsSince(start));
    }

    private List<Container> runningOnNetwork(Docker docker, List<String> problems) throws InterruptedException {
        Optional<Networks.Network> found = docker.find(Networks.inspect(network));
        if (found.isEmpty()) {
            problems.add("There is no network " + network + " on this engine: start the infra stack, which makes it, or name yours in"
                    + " 'network'.");
            return List.of();
        }
        List<Container> containers = new ArrayList<>();
        for (String id : found.get().containerIds()) {
            // One by one: a container may go between the two questions, and that is no reason to fail.
            docker.find(Containers.inspect(id)).filter(Container::running).ifPresent(containers::add);
        }
        return containers;
    }

    private boolean answersTo(String name, Container container) {
        return name.equals(container.name())
                || name.equals(container.service())
                || container.networks().getOrDefault(network, List.of()).contains(name);
    }

    /** A stopped container that would answer to the name: often all that a person needs to know. */
    private String stopped(Docker docker, String name) throws InterruptedException {
        List<String> ids = new ArrayList<>(docker.ask(Containers.named(name)));
        ids.addAll(docker.ask(Containers.labelled(Container.SERVICE_LABEL + "=" + name)));
        for (String id : ids) {
            Optional<Container> container = docker.find(Containers.inspect(id));
            if (container.isPresent() && container.get().networks().containsKey(network) && !container.get().running()) {
                return " (the container " + container.get().name() + " " + Diagnosis.stateOf(container.get()) + ")";
            }
        }
        return "";
    }

    private static void ask(Docker docker, Asked asked, Container container, List<Service> services, List<String> problems)
            throws InterruptedException {
        String said;
        try {
            Answer answer = docker.answer(
                    Containers.exec(container.id(), ANSWER_LIMIT, asked.question().toArray(String[]::new)));
            said = said(answer);
            if (asked.answers().test(answer)) {
                services.add(new Service(asked.name(), container.name(), container.id(), container.image(), said));
                return;
            }
        } catch (Failure noAnswer) {
            said = "nothing within " + ANSWER_LIMIT.toSeconds() + " s";
        }
        if (said.contains("executable file not found")) {
            problems.add(asked.what() + ": the container " + container.name() + ", which answers to '" + asked.name() + "', has no "
                    + asked.question().get(0) + " and so is no " + asked.what() + ": give the right name in '" + asked.parameter() + "'.");
            return;
        }
        problems.add(asked.what() + ": the container " + container.name() + " does not answer, '"
                + String.join(" ", asked.question()) + "' in it says: " + said + ". Look at its log (docker logs " + container.name()
                + "), or wait until it has started.");
    }

    private static String said(Answer answer) {
        return Stream.concat(answer.out().lines(), answer.err().lines())
                .map(String::trim)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("nothing");
    }
}
