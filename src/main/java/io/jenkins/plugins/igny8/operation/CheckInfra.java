package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Engines;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether what the application needs is there, and waits for it for a bounded time. All that is missing is told at once;
 * nothing is changed. What was found complete is asked for again before the build migrates or deploys, see {@link InfraOfBuild}.
 *
 * @param declared what must be there
 * @param patience how long to keep asking; zero: once. The last look begins when it is over
 */
public record CheckInfra(DeclaredInfra declared, Duration patience) implements Operation<CheckInfra.Found> {

    /** The network in IGNY8's pipeline document. */
    public static final String DEFAULT_NETWORK = "igny8_net";

    public static final String DEFAULT_POSTGRES = "postgres";

    public static final String DEFAULT_REDIS = "redis";

    /** For a service that is not to be checked: an empty text means "not given". */
    public static final String NONE = "none";

    /** A server takes seconds to start; a look is several commands. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Who watches the log wants to know that somebody still waits, and for what. */
    private static final Duration SAY_AGAIN_AFTER = Duration.ofSeconds(10);

    /**
     * What was found.
     *
     * @param services one per container of Postgres and Redis
     * @param checks one per answer to a declared check
     */
    public record Found(String network, List<Service> services, List<Checked> checks, EngineReport engine, double seconds) {}

    /**
     * One container that answered.
     *
     * @param name the name that was looked for
     * @param container the container's name
     * @param answered what it said, such as {@code PONG}
     */
    public record Service(String name, String container, String containerId, String image, String answered) {}

    /**
     * What a declared check found.
     *
     * @param check what was asked for
     * @param answered what was answered
     */
    public record Checked(String check, String answered) {}

    /**
     * The engine and the docker command that talks to it.
     *
     * @param apiVersion the newest that the engine speaks
     * @param compose version of the command's plugin; null where there is none
     * @param buildx the same
     * @param freeBytes free disk where the engine keeps its containers; null where it cannot be known
     */
    public record EngineReport(
            String version, String apiVersion, String os, String architecture, String compose, String buildx, Long freeBytes) {}

    @Override
    public Found run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        if (patience.isNegative()) {
            throw new Failure("'wait' is " + patience.toSeconds() + ": give the seconds to keep asking for what is missing, 0 or more.");
        }
        declared.check();
        Docker docker = new Docker(host);
        String apiVersion = docker.ask(Engines.apiVersion());
        Engines.Engine engine = docker.ask(Engines.info());
        InfraLook look = complete(docker, host, start);
        EngineReport report = new EngineReport(
                engine.version(), apiVersion, engine.os(), engine.architecture(), engine.compose(), engine.buildx(), look.freeBytes());
        look.tell(host);
        host.tell(Event.note("engine", words(report)));
        InfraOfBuild.keep(engine, declared, host);
        return new Found(declared.network(), look.services(), look.checks(), report, BuiltImage.secondsSince(start));
    }

    /** The look that misses nothing. */
    private InfraLook complete(Docker docker, Host host, long start) throws InterruptedException {
        Set<String> said = Set.of();
        long saidAt = start;
        while (true) {
            InfraLook look = declared.look(docker, host);
            if (look.complete()) {
                return look;
            }
            Duration left = patience.minus(since(start));
            if (left.isNegative() || left.isZero()) {
                throw new Failure((patience.isZero() ? "" : "The infra is not complete after " + patience.toSeconds() + " s: ") + look.problems());
            }
            if (!look.missing().keySet().equals(said) || since(saidAt).compareTo(SAY_AGAIN_AFTER) >= 0) {
                look.missing().forEach((what, sentences) -> sentences.forEach(sentence -> host.tell(Event.note(what, sentence))));
                host.tell(Event.note("", "waiting for it, " + left.toSeconds() + " s left"));
                said = Set.copyOf(look.missing().keySet());
                saidAt = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(Math.max(1, Math.min(BETWEEN_LOOKS.toMillis(), left.toMillis())));
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private String words(EngineReport engine) {
        return engine.version() + ", API " + engine.apiVersion() + ", " + engine.os() + "/" + engine.architecture()
                + ", " + plugin("compose", engine.compose()) + ", " + plugin("buildx", engine.buildx())
                + ", " + (engine.freeBytes() == null
                        ? "free disk not known, since no container on the network " + declared.network() + " can tell"
                        : DeclaredInfra.gigabytes(engine.freeBytes()) + " of disk free");
    }

    private static String plugin(String name, String version) {
        return version == null ? "no " + name : name + " " + version;
    }
}
