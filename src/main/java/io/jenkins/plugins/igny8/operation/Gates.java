package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.release.Lock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What every change of a project's release has to pass.
 *
 * @param up how the project is brought up
 * @param healthy how it is waited for
 * @param service whose image the workers must run
 * @param workers those; empty: the ones that IGNY8's documents name
 * @param patience how long to wait for another one who changes the project
 * @param takeOver take the lock from whoever holds it
 * @param keep so many releases stay on the engine, the newest
 * @param dryRun tell what would happen, and change nothing
 * @param returnOutcome whether another outcome than {@code deployed} is a result and no failure
 */
public record Gates(
        ComposeUp up,
        WaitHealthy healthy,
        String service,
        List<String> workers,
        Duration patience,
        boolean takeOver,
        int keep,
        boolean dryRun,
        boolean returnOutcome) {

    /** Steps may not know the package of the lock. */
    public static final Duration PATIENCE = Lock.WAIT;

    /** How many releases stay on the engine with their images. */
    public static final int KEEP = 5;

    public Gates {
        workers = List.copyOf(workers);
    }

    /** What is wrong whatever the engine says. */
    void check() {
        List<String> problems = new ArrayList<>();
        if (keep < 1) {
            problems.add("'keep' is " + keep + ": give how many releases stay on the engine, 1 or more.");
        }
        if (patience.isNegative()) {
            problems.add("'lockWait' is " + patience.toSeconds() + " s: give the seconds to wait for another deployment to end, 0 or more.");
        }
        Problems.note(problems, () -> WaitHealthy.refuseNoTime(up.deadline()));
        Problems.note(problems, () -> ComposeProject.checkedName(up.project().name()));
        if (healthy.deadline().isNegative() || healthy.deadline().isZero()) {
            problems.add("'healthDeadline' is " + healthy.deadline().toSeconds() + " s: give the longest time to wait, in seconds above 0.");
        }
        healthy.probes().forEach(probe -> Problems.note(problems, probe::check));
        Problems.refuse(problems);
    }

    Parity parity() {
        return new Parity(service, workers);
    }
}
