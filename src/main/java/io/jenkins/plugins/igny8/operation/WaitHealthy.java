package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Stream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits until every container of a project is healthy, for a bounded time. Docker's events wake it up within milliseconds; what
 * is true is asked anew each time, and every {@link #AT_LEAST_EVERY} without any event. Ready is: healthy where there is a
 * health check; running for {@code settle} without restart where there is none; ended with 0 where it is a one-shot service.
 *
 * @param project Compose's project name
 * @param services only these; empty: all
 * @param probes HTTP requests that must be answered after that
 * @param deadline the longest time to wait
 * @param settle how long a container without health check must have run
 */
public record WaitHealthy(String project, List<String> services, List<Probe> probes, Duration deadline, Duration settle)
        implements Operation<Deployed> {

    /** Five minutes: health checks with start period and retries rarely need more. */
    public static final Duration DEADLINE = Duration.ofSeconds(300);

    /** A program that cannot start has mostly ended by then; a Celery worker takes two seconds to notice. */
    public static final Duration SETTLE = Duration.ofSeconds(5);

    /** An event may be lost; nobody should wait longer than this for that reason. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(2);

    /** Nothing else than time changes an HTTP answer. */
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(500);

    public WaitHealthy {
        services = List.copyOf(services);
        probes = List.copyOf(probes);
    }

    static void refuseNoTime(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new Failure("'deadline' is " + deadline.toSeconds() + " s: give the longest time to wait, in seconds above 0.");
        }
    }

    @Override
    public Deployed run(Host host) throws InterruptedException {
        return run(host, new Readiness(settle));
    }

    /** @param readiness how containers are judged */
    Deployed run(Host host, Readiness readiness) throws InterruptedException {
        long start = System.nanoTime();
        refuseNoTime(deadline);
        ComposeProject.checkedName(project);
        probes.forEach(Probe::check);
        Docker docker = new Docker(host);
        Semaphore events = new Semaphore(0);
        Watched watched = new Watched(docker, host, readiness);
        try (Wake wake = new Wake(docker, project, events)) {
            watched.look();
            watched.refuseNothing();
            while (!watched.ready()) {
                watched.giveUpOnFailed();
                if (elapsed(start).compareTo(deadline) >= 0) {
                    throw watched.overdue();
                }
                Duration left = deadline.minus(elapsed(start));
                Duration pause = watched.nextLook(left);
                if (events.tryAcquire(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS)) {
                    events.drainPermits();
                }
                wake.renew();
                watched.look();
            }
        }
        Deployed result = Deployed.of(project, watched.containers, start);
        host.tell(Event.note("", project + " is healthy after " + result.seconds() + " s"));
        return result;
    }

    private static Duration elapsed(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The event stream, opened again when it ends (it ends with the daemon). */
    private static final class Wake implements AutoCloseable {
        private final Docker docker;
        private final String project;
        private final Semaphore events;
        private Stream stream;

        Wake(Docker docker, String project, Semaphore events) {
            this.docker = docker;
            this.project = project;
            this.events = events;
            this.stream = open();
        }

        private Stream open() {
            return docker.open(Containers.events(project), line -> events.release());
        }

        void renew() {
            if (!stream.open()) {
                stream.close();
                stream = open();
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    /** What was seen at the last look, and what is to be said about it. */
    private final class Watched {
        private final Docker docker;
        private final Host host;
        private final Readiness readiness;
        private final Map<String, String> said = new HashMap<>();
        private List<Container> containers = List.of();
        private final List<Container> waiting = new ArrayList<>();
        private final List<Container> failed = new ArrayList<>();
        private String probeProblem = "";

        Watched(Docker docker, Host host, Readiness readiness) {
            this.docker = docker;
            this.host = host;
            this.readiness = readiness;
        }

        void look() throws InterruptedException {
            containers = Deployed.containersOf(project, docker).stream()
                    .filter(container -> services.isEmpty() || services.contains(container.service()))
                    .toList();
            waiting.clear();
            failed.clear();
            Instant now = Instant.now();
            for (Container container : containers) {
                Readiness.Verdict verdict = readiness.of(container, now);
                if (verdict == Readiness.Verdict.WAITING) {
                    waiting.add(container);
                } else if (verdict == Readiness.Verdict.FAILED) {
                    failed.add(container);
                }
                say(container.name(), verdict == Readiness.Verdict.READY ? "ready" : Diagnosis.stateOf(container), container.title());
            }
            probeProblem = "";
            if (waiting.isEmpty() && failed.isEmpty()) {
                probe();
            }
        }

        private void probe() throws InterruptedException {
            for (Probe probe : probes) {
                String problem = probe.problem(host);
                if (!problem.isEmpty()) {
                    probeProblem = problem;
                    return;
                }
                say(probe.url(), probe.url() + " answers as wanted", "");
            }
        }

        /** Progress is told when it is news. */
        private void say(String about, String text, String subject) {
            if (!text.equals(said.put(about, text))) {
                host.tell(Event.note(subject, text));
            }
        }

        boolean ready() {
            return !containers.isEmpty() && waiting.isEmpty() && failed.isEmpty() && probeProblem.isEmpty();
        }

        Duration nextLook(Duration left) {
            Duration pause = probeProblem.isEmpty() ? AT_LEAST_EVERY : BETWEEN_PROBES;
            for (Container container : waiting) {
                if (container.running() && !container.hasHealthCheck() && container.startedAt() != null) {
                    Duration settled = Duration.between(Instant.now(), container.startedAt().plus(settle));
                    pause = shorter(pause, settled.isNegative() ? Duration.ZERO : settled);
                }
            }
            return shorter(pause, left);
        }

        private Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        /** Nothing there is a mistake in a name, not something to wait for. */
        void refuseNothing() throws InterruptedException {
            Set<String> present = new TreeSet<>();
            Deployed.containersOf(project, docker).forEach(container -> present.add(container.service()));
            if (present.isEmpty()) {
                throw new Failure("The project " + project + " has no containers on this engine: check 'project', and run igny8ComposeUp first.");
            }
            for (String service : services) {
                if (!present.contains(service)) {
                    throw new Failure("The project " + project + " has no container of the service '" + service + "' (there are: "
                            + String.join(", ", present) + "): check 'services'.");
                }
            }
        }

        void giveUpOnFailed() throws InterruptedException {
            if (!failed.isEmpty()) {
                throw failure("is not healthy and will not become so", failed);
            }
        }

        Failure overdue() throws InterruptedException {
            if (waiting.isEmpty()) {
                CollectLogs.afterFailure(project, docker, host);
                return new Failure("The project " + project + " is not healthy after " + deadline.toSeconds() + " s: "
                        + (containers.isEmpty() ? "its containers are gone: look who else changes it." : probeProblem + ". Check the probe, the port that the service"
                                + " publishes, and its log in " + CollectLogs.INTO + "."));
            }
            return failure("is not healthy after " + deadline.toSeconds() + " s", waiting);
        }

        /** Those that only wait for another one are not the cause. */
        private Failure failure(String what, List<Container> blocking) throws InterruptedException {
            List<String> sentences = new ArrayList<>();
            for (Container container : blocking) {
                boolean onlyWaits = container.state().equals("created") && container.error().isEmpty() && blocking.size() > 1;
                if (!onlyWaits) {
                    sentences.add(Diagnosis.tell(container, containers, docker, host));
                }
            }
            CollectLogs.afterFailure(project, docker, host);
            return new Failure("The project " + project + " " + what + ": " + String.join("\n", sentences));
        }
    }
}
