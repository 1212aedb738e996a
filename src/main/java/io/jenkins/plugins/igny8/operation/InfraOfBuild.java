package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Engines;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The infra that {@code igny8CheckInfra} found complete in this build, one per engine and network. A build and its tests lie between
 * that and the first change, so it is asked for once more right before: a database that is gone is better told than run into.
 */
final class InfraOfBuild {

    private static final String KEY = "infra";
    private static final Object LOCK = new Object();

    private InfraOfBuild() {}

    /** @param engine identity of the engine that it is on */
    record Kept(String engine, DeclaredInfra infra) {
        boolean isOf(String otherEngine, String network) {
            return engine.equals(otherEngine) && infra.network().equals(network);
        }
    }

    /** Keeps it in the place of an earlier one. The list is replaced, never changed, since parallel branches read it. */
    static void keep(Engines.Engine engine, DeclaredInfra infra, Host host) {
        synchronized (LOCK) {
            List<Kept> all = new ArrayList<>(of(host));
            all.removeIf(kept -> kept.isOf(engine.identity(), infra.network()));
            all.add(new Kept(engine.identity(), infra));
            host.keep(KEY, Plain.of(all));
        }
    }

    private static List<Kept> of(Host host) {
        List<Kept> all = new ArrayList<>();
        if (host.recall(KEY) instanceof List<?> list) {
            list.forEach(plain -> all.add(Plain.as(Kept.class, plain)));
        }
        return all;
    }

    /**
     * Asks once more for what was found on this engine for a network that the compose file takes from another stack.
     *
     * @param config the compose file as Compose understands it
     * @throws Failure with all that is missing now
     */
    static void askAgain(JsonNode config, Docker docker, Host host) throws InterruptedException {
        List<Kept> all = of(host);
        if (all.isEmpty()) {
            return;
        }
        Set<String> networks = new HashSet<>();
        for (JsonNode network : config.path("networks")) {
            if (network.path("external").asBoolean()) {
                networks.add(network.path("name").asText());
            }
        }
        String engine = docker.ask(Engines.info()).identity();
        for (Kept kept : all) {
            if (networks.stream().anyMatch(network -> kept.isOf(engine, network))) {
                askAgain(kept.infra(), docker, host);
            }
        }
    }

    private static void askAgain(DeclaredInfra infra, Docker docker, Host host) throws InterruptedException {
        InfraLook look = infra.look(docker, host);
        if (!look.complete()) {
            throw new Failure("The infra was complete when igny8CheckInfra asked earlier in this build, and is not any more: " + look.problems());
        }
        host.tell(Event.note("", "the infra on " + infra.network() + " still answers"));
    }
}
