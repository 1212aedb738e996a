package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Engines;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.docker.UpPlan;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.release.Lock;
import io.jenkins.plugins.igny8.release.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One change of a project's release, which ends with exactly one {@link Outcome}: what is common to deploying and going back. Everything
 * that can be refused or tried beside the running stack comes before the switch; what fails after it is taken back.
 */
abstract class Change {

    /** What stood before it began, for its repetition after an interruption. */
    private static final String BEFORE = "before.json";

    /** A daemon that starts anew ends its containers first, which takes 10 s by Docker's default, and then comes back within seconds. */
    private static final Duration ENGINE_RETURNS = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** There once something may have been changed, for the same. */
    private static final String SWITCHED = "switched";

    /** Why it goes back, for the same: what failed is not tried once more. */
    private static final String FAILED = "failed.txt";

    final Host host;
    final PrivateFolder folder;
    final Gates gates;
    final String project;
    /** Migrations that were applied, or taken back, and stay so. */
    final List<String> applied = new ArrayList<>();
    /** What the database had before and has now; null: nobody asked. */
    Release.Migrations migrations;

    final ReleaseBook book;
    Docker docker;
    Lock held;
    RunningStack before;
    /** The release that stood before; null: none. */
    Release previous;
    /** The release to go back to, if this change fails; null: there is none. */
    private Release wayBack;
    UpPlan plan;
    private final long start;
    private boolean switching;
    /** The outcome is decided and kept; nothing that happens after it changes it. */
    private boolean over;

    Change(Host host, PrivateFolder folder, Gates gates, long start) {
        this.host = host;
        this.folder = folder;
        this.gates = gates;
        this.start = start;
        this.project = gates.up().project().name();
        this.docker = new Docker(host);
        this.book = new ReleaseBook(gates.up().project(), gates.up().code(), docker, host);
    }

    /** Refuses what can be seen to be wrong; nothing is changed, and the lock is not held. Sets {@link #docker}. */
    abstract void prepare() throws InterruptedException;

    /** Looks further, with the lock held unless it is a dry run; {@link #before} and {@link #previous} are known. Sets {@link #plan}. */
    abstract void look() throws InterruptedException;

    /** What a dry run tells beyond the containers: migrations. */
    abstract List<String> planned() throws InterruptedException;

    /** Why a container is replaced, as the end of a sentence. */
    abstract String reason(RunningStack.One replaced) throws InterruptedException;

    /** What is done beside the running stack. */
    abstract void beforehand() throws InterruptedException;

    /** The switch itself, until what runs is healthy and proved. */
    abstract void switchOver() throws InterruptedException;

    /** Keeps what runs now. */
    abstract Release succeeded(RunningStack now) throws InterruptedException;

    /** The project's files as they are in the workspace, and what they say. */
    abstract Compose files();

    abstract JsonNode config();

    final Outcome run() throws InterruptedException {
        try {
            return begun();
        } catch (InterruptedException e) {
            aborted();
            throw e;
        } finally {
            try {
                free();
            } finally {
                ReleaseFiles.takeAway(host.workspace(), folder, host::tell);
            }
        }
    }

    private Outcome begun() throws InterruptedException {
        switching = folder.exists(SWITCHED);
        try {
            gates.check();
            prepare();
            if (!gates.dryRun()) {
                held = Lock.take(docker, host, project, new Lock.Terms(gates.patience(), gates.takeOver()));
            }
            remember();
            if (folder.exists(FAILED)) {
                return failed(new Failure(folder.read(FAILED)));
            }
            look();
            return gates.dryRun() ? told() : done();
        } catch (Failure e) {
            if (e instanceof MigrationFailed partly) {
                applied.addAll(partly.applied());
                migrations = partly.migrations();
            }
            return failed(e);
        }
    }

    /** What stands there now; after an interruption, what stood there when this change began. */
    private void remember() throws InterruptedException {
        if (folder.exists(BEFORE)) {
            before = Plain.as(RunningStack.class, Json.read(folder.read(BEFORE)));
        } else {
            before = RunningStack.of(project, docker);
            folder.write(BEFORE, Json.write(Plain.of(before)));
        }
        ReleaseBook.Standing standing = book.of(before, files(), !gates.dryRun());
        previous = standing.release();
        wayBack = standing.wayBack();
    }

    private Outcome told() throws InterruptedException {
        plan.created().forEach(name -> host.tell(Event.note("plan", "would create " + name)));
        for (String name : plan.recreated()) {
            String why = "";
            for (RunningStack.One one : before.containers()) {
                why = one.name().equals(name) ? reason(one) : why;
            }
            host.tell(Event.note("plan", "would recreate " + name + why));
        }
        plan.started().forEach(name -> host.tell(Event.note("plan", "would start " + name)));
        plan.removed().forEach(name -> host.tell(Event.note("plan", "would remove " + name)));
        if (plan.none()) {
            host.tell(Event.note("plan", "nothing differs from what runs"));
        }
        return outcome(Outcome.UNCHANGED, number(previous), null, planned());
    }

    private Outcome done() throws InterruptedException {
        if (plan.none() && gates.up().code() != CodeTruth.HOST && !before.isEmpty() && isReady()) {
            host.tell(Event.note("", "nothing differs from what runs, and all of it is healthy: nothing is done"));
        } else {
            beforehand();
            held.renew(gates.up().deadline().plus(gates.healthy().deadline()).multipliedBy(2));
            switching = true;
            folder.write(SWITCHED, "");
            switchOver();
            gates.parity().check(config(), Deployed.containersOf(project, docker));
        }
        Release now = succeeded(RunningStack.of(project, docker));
        return ended(Outcome.DEPLOYED, now.number(), null);
    }

    private boolean isReady() throws InterruptedException {
        Readiness readiness = new Readiness(gates.healthy().settle());
        Instant now = Instant.now();
        boolean ready = Deployed.containersOf(project, docker).stream().allMatch(container -> readiness.of(container, now) == Readiness.Verdict.READY);
        for (Probe probe : gates.healthy().probes()) {
            ready = ready && probe.problem(host).isEmpty();
        }
        return ready;
    }

    final List<String> changes() {
        return plan == null
                ? List.of()
                : Stream.of(plan.created(), plan.recreated(), plan.started(), plan.removed()).flatMap(List::stream).toList();
    }

    /** What the engine cannot even tell counts as broken. */
    private Outcome failed(Failure failure) throws InterruptedException {
        if (over) {
            throw failure;
        }
        try {
            if (before == null) {
                lookBack();
            }
            if (switching) {
                engineReturns();
            }
            return answered(failure);
        } catch (Failure e) {
            if (over) {
                throw e;
            }
            String outcome = switching ? Outcome.BROKEN : Outcome.UNCHANGED;
            OutcomeOfBuild.keep(outcome, null, host);
            throw new Failure(outcome + ": " + failure.getMessage() + "\n" + e.getMessage());
        }
    }

    /** Which release runs is said also where it was refused before anybody had looked, if the engine can tell. */
    private void lookBack() throws InterruptedException {
        try {
            previous = book.last(RunningStack.of(project, docker));
        } catch (Failure e) {
            previous = null;
        }
    }

    /** What failed since the daemon started anew can be taken back when that is done; nothing is said where it answers at once. */
    private void engineReturns() throws InterruptedException {
        long giveUp = System.nanoTime() + ENGINE_RETURNS.toNanos();
        for (boolean told = false; System.nanoTime() < giveUp; told = true) {
            try {
                docker.ask(Engines.time());
                return;
            } catch (Failure e) {
                if (!told) {
                    host.tell(Event.warning("", "the engine does not answer: waiting up to " + ENGINE_RETURNS.toSeconds() + " s for it. " + e.getMessage()));
                }
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    /** The failure after the switch is answered by the way back; before it nothing has been changed. */
    private Outcome answered(Failure failure) throws InterruptedException {
        if (nothingSwitched()) {
            if (!applied.isEmpty()) {
                record(Release.UNCHANGED);
            }
            boolean said = applied.isEmpty() || failure instanceof MigrationFailed;
            return ended(Outcome.UNCHANGED, number(previous), failure.getMessage() + (said ? "" : "\n" + stays()));
        }
        host.tell(Event.warning("", "it failed after the switch: " + failure.getMessage()));
        if (held == null) {
            return ended(Outcome.BROKEN, null, failure.getMessage() + "\nThat was after an interruption, and nothing was taken back. " + whatRuns());
        }
        if (wayBack == null) {
            record(Release.BROKEN);
            return ended(Outcome.BROKEN, null, failure.getMessage() + "\nNothing ran before, so there is nothing to go back to. " + whatRuns());
        }
        try {
            folder.write(FAILED, failure.getMessage());
            held.renew(gates.up().deadline().plus(gates.healthy().deadline()));
            host.tell(Event.note("", "goes back to release " + wayBack.number()));
            Restore restore = new Restore(gates.up(), gates.healthy());
            gates.parity().check(config(), restore.run(restore.prepared(wayBack, files(), docker, host, folder), before.services(), host));
        } catch (Failure notRestored) {
            record(Release.BROKEN);
            return ended(
                    Outcome.BROKEN, null,
                    failure.getMessage() + "\nThe way back to release " + wayBack.number() + " failed too: " + notRestored.getMessage() + "\n" + whatRuns());
        }
        record(Release.ROLLED_BACK);
        return ended(
                Outcome.ROLLED_BACK, wayBack.number(),
                failure.getMessage() + "\nRelease " + wayBack.number() + " runs again and was seen healthy on its own images."
                        + (applied.isEmpty() ? "" : " " + stays()));
    }

    /** What of the database is not taken back. */
    String stays() {
        return "The migrations " + String.join(", ", applied) + " were applied and stay so.";
    }

    private void record(String outcome) throws InterruptedException {
        book.add(outcome, RunningStack.of(project, docker), applied, migrations, gates.keep());
    }

    private boolean nothingSwitched() throws InterruptedException {
        return !switching || RunningStack.of(project, docker).equals(before);
    }

    /** No way back begins after an abort: it could take longer than what is left. */
    private void aborted() throws InterruptedException {
        if (over) {
            return;
        }
        try {
            boolean same = nothingSwitched();
            OutcomeOfBuild.keep(same ? Outcome.UNCHANGED : Outcome.BROKEN, same ? number(previous) : null, host);
            if (!same) {
                host.tell(Event.warning("", whatRuns()));
                if (held != null) {
                    record(Release.BROKEN);
                }
            } else if (!applied.isEmpty()) {
                host.tell(Event.warning("", stays()));
                record(Release.UNCHANGED);
            }
        } catch (Failure e) {
            OutcomeOfBuild.keep(Outcome.BROKEN, null, host);
            host.tell(Event.warning("", "what is left cannot be told: " + e.getMessage()));
        }
    }

    private String whatRuns() throws InterruptedException {
        List<String> states = Deployed.containersOf(project, docker).stream()
                .map(one -> one.name() + " " + Diagnosis.stateOf(one) + " (" + one.image() + ")")
                .toList();
        return (states.isEmpty() ? "No container of " + project + " is left" : "What is there: " + String.join("; ", states))
                + ". Deploy a release that works, or go back with igny8Rollback.";
    }

    private Outcome ended(String outcome, Long release, String problem) throws InterruptedException {
        OutcomeOfBuild.keep(outcome, release, host);
        over = true;
        String sentence = outcome + ": " + problem;
        if (problem != null && !gates.returnOutcome()) {
            throw new Failure(sentence);
        }
        host.tell(problem == null ? Event.note("", project + " is " + outcome + (release == null ? "" : " as release " + release)) : Event.warning("", sentence));
        return outcome(outcome, release, problem, List.copyOf(applied));
    }

    private Outcome outcome(String outcome, Long release, String problem, List<String> migrations) throws InterruptedException {
        List<Container> containers;
        try {
            containers = Deployed.containersOf(project, docker);
        } catch (Failure unknown) {
            // Mostly the problem itself: an engine that does not answer.
            return new Outcome(outcome, project, release, number(previous), problem, migrations, List.of(), List.of(), BuiltImage.secondsSince(start));
        }
        return new Outcome(
                outcome, project, release, number(previous), problem, migrations, changed(RunningStack.of(containers)), containers.stream().map(Deployed.One::of).toList(),
                BuiltImage.secondsSince(start));
    }

    private void free() throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            if (held != null) {
                held.free();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A dry run tells what would change, all else what did. */
    private List<String> changed(RunningStack now) {
        return gates.dryRun() || before == null ? changes() : before.changedTo(now);
    }

    static Long number(Release release) {
        return release == null ? null : release.number();
    }
}
