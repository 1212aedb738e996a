package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Jenkinsfile says that the application needs. It is kept with the build as plain values, to be asked for again.
 *
 * @param network name of the network that infra and application share
 * @param postgres name to which Postgres answers on it: a compose service, a network alias or a container's name;
 *     {@link CheckInfra#NONE} where there is none to check
 * @param redis the same for Redis
 * @param checks what else must be there
 * @param minFreeGigabytes the least free disk of the engine, in gigabytes of 10^9 bytes; null: any
 */
public record DeclaredInfra(String network, String postgres, String redis, List<InfraCheck> checks, Integer minFreeGigabytes) {

    private static final long GIGABYTE = 1_000_000_000L;

    public DeclaredInfra {
        checks = List.copyOf(checks);
    }

    /** Postgres and Redis by their documented names, and nothing else. */
    static DeclaredInfra documented(String network) {
        return new DeclaredInfra(network, CheckInfra.DEFAULT_POSTGRES, CheckInfra.DEFAULT_REDIS, List.of(), null);
    }

    /** All that can be seen to be wrong before anything is asked. */
    void check() {
        List<String> problems = new ArrayList<>();
        checks.forEach(check -> Problems.note(problems, check::check));
        if (minFreeGigabytes != null && minFreeGigabytes < 1) {
            problems.add("'minFreeGigabytes' is " + minFreeGigabytes + ": give the least free disk of the engine, in gigabytes, 1 or more.");
        }
        Problems.refuse(problems);
    }

    /** Asks for everything once; what is missing is part of the answer. */
    InfraLook look(Docker docker, Host host) throws InterruptedException {
        InfraNetwork there = InfraNetwork.of(network, docker);
        InfraLook look = new InfraLook();
        if (!there.exists()) {
            look.isMissing("network", "There is no network " + network + " on this engine: start the infra stack, which makes it, or name yours in"
                    + " 'network'.");
        }
        for (InfraServer server : InfraServer.of(postgres, redis)) {
            ask(server, there, look);
        }
        for (InfraCheck check : checks) {
            List<String> problems = new ArrayList<>();
            check.ask(there, host, problems).forEach(answer -> look.isThere(check.title(), answer));
            problems.forEach(problem -> look.isMissing(check.title(), problem));
        }
        look.hasFree(FreeDisk.of(there));
        if (minFreeGigabytes != null) {
            refuseLittle(look);
        }
        return look;
    }

    /** Asks for everything once. @throws Failure with all that is missing */
    void require(Docker docker, Host host) throws InterruptedException {
        InfraLook look = look(docker, host);
        if (!look.complete()) {
            throw new Failure(look.problems());
        }
        look.tell(host);
    }

    private static void ask(InfraServer server, InfraNetwork network, InfraLook look) throws InterruptedException {
        try {
            for (Container container : server.containers(network)) {
                askOne(server, container, network, look);
            }
        } catch (Failure e) {
            look.isMissing(server.what(), e.getMessage());
        }
    }

    private static void askOne(InfraServer server, Container container, InfraNetwork network, InfraLook look) throws InterruptedException {
        try {
            look.answered(server.name(), container, server.ask(container, network));
        } catch (Failure e) {
            look.isMissing(server.what(), e.getMessage());
        }
    }

    private void refuseLittle(InfraLook look) {
        String wanted = minFreeGigabytes + " GB that 'minFreeGigabytes' asks for";
        if (look.freeBytes() == null) {
            look.isMissing("disk", "How much disk the engine has free is not known, since no running container on the network " + network
                    + " can tell, so not whether it is the " + wanted + ": start the infra stack, or leave 'minFreeGigabytes' out.");
        } else if (look.freeBytes() < minFreeGigabytes * GIGABYTE) {
            look.isMissing("disk", "The engine's disk has " + gigabytes(look.freeBytes()) + " free, less than the " + wanted
                    + ": free space, for example with igny8Prune.");
        }
    }

    static String gigabytes(long bytes) {
        return String.format(java.util.Locale.ROOT, "%.1f GB", (double) bytes / GIGABYTE);
    }
}
