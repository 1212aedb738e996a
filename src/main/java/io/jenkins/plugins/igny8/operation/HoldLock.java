package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.release.Lock;
import java.time.Duration;
import java.util.Map;

/**
 * Holds the {@link Lock} of a project while the steps inside run.
 *
 * @param project Compose's project name
 * @param patience the longest time to wait for another holder
 * @param takeOver take it from whoever holds it now, without waiting
 */
public record HoldLock(String project, Duration patience, boolean takeOver) implements Around {

    /** Steps may not know the package of the lock itself. */
    public static final Duration PATIENCE = Lock.WAIT;

    private static final Duration RENEW_EVERY =
            Duration.ofSeconds(Long.getLong(HoldLock.class.getName() + ".renewEverySeconds", Lock.LEASE.toSeconds() / 3));

    @Override
    public Operation<Inside> enter() {
        return host -> {
            ComposeProject.checkedName(project);
            if (patience.isNegative()) {
                throw new Failure("'wait' is " + patience.toSeconds() + " s: give the seconds to wait for another deployment to end, 0 or more.");
            }
            Lock lock = Lock.take(new Docker(host), host, project, new Lock.Terms(patience, takeOver));
            return new Inside(Map.of(Lock.VARIABLE, lock.variable()));
        };
    }

    @Override
    public Operation<?> stay() {
        return host -> {
            held(host).renew(RENEW_EVERY);
            return null;
        };
    }

    @Override
    public Duration pause() {
        return RENEW_EVERY;
    }

    /** Steps inside that know nothing of the lock may have met another deployment where it was lost, so that counts as a failure. */
    @Override
    public Operation<?> leave() {
        return host -> {
            Lock lock = held(host);
            lock.confirm();
            lock.free();
            return null;
        };
    }

    private Lock held(Host host) {
        return Lock.of(new Docker(host), host, project);
    }
}
