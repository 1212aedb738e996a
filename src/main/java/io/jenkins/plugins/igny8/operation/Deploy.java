package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.release.Release;
import java.util.ArrayList;
import java.util.List;

/**
 * A deployment that either becomes the new truth or changes nothing, as far as that can be had. Its parts are the operations that are
 * steps of their own; here they are only put in their order.
 *
 * @param checked whether the compose files are checked as {@link CheckCompose} does, where only errors refuse
 * @param migrate what is applied before the switch; null: nothing
 * @param candidate whether {@link Gates#service} is tried beside the old one first
 * @param pullRequests whether a pull request's build deploys
 */
public record Deploy(Gates gates, boolean checked, Migrate migrate, boolean candidate, boolean pullRequests) implements Operation<Outcome> {

    /** Jenkins gives it to the builds of pull requests. */
    private static final String PULL_REQUEST = "CHANGE_ID";

    @Override
    public Outcome run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        String pullRequest = host.environment().getOrDefault(PULL_REQUEST, "");
        if (!pullRequest.isEmpty() && !pullRequests && !gates.dryRun()) {
            gates.check();
            host.tell(Event.note("", "this is the build of pull request " + pullRequest + ": nothing is deployed ('pullRequests: true' would)"));
            return new Outcome(null, gates.up().project().name(), null, null, null, List.of(), List.of(), List.of(), 0);
        }
        try (PrivateFolder folder = host.privateFolder()) {
            Run run = new Run(host, folder, start);
            List<String> pins = gates.dryRun() ? run.missingPins() : List.of();
            try {
                return run.run();
            } finally {
                run.untag(pins);
            }
        }
    }

    private final class Run extends Change {
        private ComposeUp.Prepared prepared;
        private List<String> first;

        Run(Host host, PrivateFolder folder, long start) {
            super(host, folder, Deploy.this.gates, start);
        }

        /** A dry run leaves no tag behind that was not there. */
        private List<String> missingPins() throws InterruptedException {
            List<String> missing = new ArrayList<>();
            for (BuiltImage image : ImagesOfBuild.orGiven(gates.up().images(), host)) {
                if (image.digest() == null && image.imageId() != null && new Docker(host).find(Images.inspect(image.pin())).isEmpty()) {
                    missing.add(image.pin());
                }
            }
            return missing;
        }

        private void untag(List<String> pins) throws InterruptedException {
            for (String pin : pins) {
                docker.attempt(Images.remove(pin), line -> {});
            }
        }

        @Override
        void prepare() throws InterruptedException {
            prepared = gates.up().prepared(host, folder);
            docker = prepared.docker;
            gates.parity().check(prepared.config, prepared.pins.images());
            if (checked) {
                new CheckCompose(gates.up().project(), CheckOptions.within(gates.healthy().deadline())).run(host);
            }
            AbsentImages absent = prepared.absent();
            if (gates.dryRun()) {
                absent.tellPlan(host);
            } else {
                absent.pull(docker, host);
            }
        }

        @Override
        void look() throws InterruptedException {
            first = ReplacedFirst.of(before.onOtherImages(prepared.expected()), before.services(), prepared.config);
            plan = prepared.plan(first);
        }

        @Override
        List<String> planned() throws InterruptedException {
            if (migrate == null || plan.none()) {
                return List.of();
            }
            List<String> pending = migrate.look(host).pending();
            pending.forEach(migration -> host.tell(Event.note("plan", "would apply the migration " + migration)));
            return pending;
        }

        @Override
        String reason(RunningStack.One replaced) throws InterruptedException {
            BuiltImage image = prepared.pins.images().get(replaced.service());
            return image != null && !prepared.expected().get(replaced.service()).equals(replaced.imageId())
                    ? ": another image, " + image.pin() + " instead of " + replaced.image()
                    : configuration(replaced.service());
        }

        /** The release's files filled in with the variables of today show what a person changed in the files; the fingerprints, in the values. */
        private String configuration(String service) throws InterruptedException {
            if (previous == null || previous.files().isEmpty()) {
                return ": unknown, its configuration hash differs";
            }
            List<String> names = new ArrayList<>();
            try {
                JsonNode then = new Restore(gates.up(), gates.healthy()).prepared(previous, prepared.written, docker, host, folder).config();
                names.addAll(Differences.of(then.path("services").path(service), prepared.config.path("services").path(service)));
            } catch (Failure e) {
                return ": unknown, its configuration hash differs, and release " + previous.number() + " cannot be read again: " + e.getMessage();
            }
            book.changedVariables(previous).forEach(variable -> names.add("the value of " + variable));
            return names.isEmpty()
                    ? ": what it depends on is replaced, or its configuration hash differs for a reason that is not known"
                    : ": changed since release " + previous.number() + ": " + String.join(", ", names);
        }

        @Override
        void beforehand() throws InterruptedException {
            if (migrate != null) {
                held.renew(migrate.deadline());
                Migrate.Done done = migrate.done(host);
                applied.addAll(done.applied());
                migrations = done.migrations();
            }
            if (candidate && isReplaced(gates.service())) {
                held.renew(gates.healthy().deadline());
                BuiltImage built = prepared.pins.images().get(gates.service());
                String image = built != null ? built.pin() : prepared.config.path("services").path(gates.service()).path("image").asText();
                new Candidate(project, gates.service(), gates.healthy().deadline(), gates.healthy().settle())
                        .run(prepared.config, image, docker, host, folder);
            }
        }

        /** Where nothing serves, there is nothing to be beside of. */
        private boolean isReplaced(String service) {
            List<String> changed = changes();
            return before.containers().stream().anyMatch(one -> one.service().equals(service) && (changed.contains(one.name()) || !plan.complete()));
        }

        @Override
        void switchOver() throws InterruptedException {
            prepared.up(System.nanoTime(), first);
            gates.healthy().run(host);
        }

        @Override
        Release succeeded(RunningStack now) throws InterruptedException {
            boolean same = previous != null && previous.outcome().equals(Release.DEPLOYED) && now.differences(previous).isEmpty() && !book.isBroken();
            return same ? previous : book.add(Release.DEPLOYED, now, applied, migrations, gates.keep());
        }

        @Override
        Compose files() {
            return prepared.written;
        }

        @Override
        JsonNode config() {
            return prepared.config;
        }
    }
}
