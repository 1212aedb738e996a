package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.release.Release;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Goes back to a release that stood before, through the same gates as a deployment and with the same outcomes. The database may be ahead
 * of it: what the image that runs knows to be applied, and that of the release does not know at all.
 *
 * @param release its number; null: the one before the one that runs
 * @param ahead what to do with migrations that the release does not know
 * @param migrate how migrations are told; null: the database is not looked at
 * @param reverseCommand a text for the container's {@code sh} that takes back all migrations of {@code $APP} after {@code $TARGET}
 */
public record Rollback(Gates gates, Long release, Ahead ahead, Migrate migrate, String reverseCommand) implements Operation<Outcome> {

    public static final String DEFAULT_REVERSE = "python manage.py migrate --noinput \"$APP\" \"$TARGET\"";

    @Override
    public Outcome run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        try (PrivateFolder folder = host.privateFolder()) {
            return new Run(host, folder, start).run();
        }
    }

    private final class Run extends Change {
        private Compose written;
        private JsonNode today;
        private Release target;
        private Restore.Ready ready;
        private Reversal reversal;

        Run(Host host, PrivateFolder folder, long start) {
            super(host, folder, Rollback.this.gates, start);
        }

        @Override
        void prepare() throws InterruptedException {
            written = gates.up().project().compose(host, folder);
            docker = gates.up().project().docker(host, folder);
            today = docker.ask(written.config());
            InfraOfBuild.askAgain(today, docker, host);
        }

        @Override
        void look() throws InterruptedException {
            List<Release> stood = book.all().stream().filter(Release::stood).toList();
            target = release == null ? before(stood) : numbered(stood);
            host.tell(Event.note("", "goes back to release " + target.number() + " of " + target.at() + ", deployed by " + target.build()));
            List<String> variables = book.changedVariables(target);
            if (!variables.isEmpty()) {
                host.tell(Event.warning("", "these variables have other values than when release " + target.number() + " was deployed: " + String.join(", ", variables)));
            }
            ready = restore().prepared(target, written, docker, host, folder);
            gates.parity().check(ready.config(), Map.of());
            plan = ready.plan(before);
        }

        private Restore restore() {
            return new Restore(gates.up(), gates.healthy());
        }

        /**
         * What ran before it, be it one that was gone back to; of one that was gone back to itself, what ran before its first time: going back
         * twice goes back two releases, and never to one that was left for being bad. Where nothing runs, or the last change ended broken, the
         * last that stood.
         */
        private Release before(List<Release> stood) throws InterruptedException {
            if ((previous == null || book.isBroken()) && !stood.isEmpty()) {
                return stood.get(stood.size() - 1);
            }
            return stood.stream()
                    .filter(one -> previous != null && one.number() < previous.origin())
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> new Failure("There is no release of " + project + " on this engine before the one that runs" + known(stood) + "."));
        }

        private Release numbered(List<Release> stood) {
            return stood.stream()
                    .filter(one -> one.number() == release)
                    .findFirst()
                    .orElseThrow(() -> new Failure("There is no release " + release + " of " + project + " on this engine that was healthy" + known(stood)
                            + ": check 'release' and 'project'."));
        }

        private String known(List<Release> stood) {
            return stood.isEmpty() ? "" : " (there are: " + stood.stream().map(one -> String.valueOf(one.number())).collect(Collectors.joining(", ")) + ")";
        }

        @Override
        List<String> planned() throws InterruptedException {
            if (migrate == null || plan.none()) {
                return List.of();
            }
            List<String> migrations = reversal().ahead();
            migrations.forEach(migration -> host.tell(Event.note("plan", "the database is ahead by the migration " + migration)));
            return migrations;
        }

        private Reversal reversal() throws InterruptedException {
            if (reversal == null) {
                reversal = Reversal.of(migrate, before, target, today, host);
            }
            return reversal;
        }

        @Override
        String reason(RunningStack.One replaced) {
            return target.services().stream()
                    .filter(one -> one.name().equals(replaced.service()) && !one.imageId().equals(replaced.imageId()))
                    .findFirst()
                    .map(one -> ": another image, " + one.image() + " instead of " + replaced.image())
                    .orElse(": its configuration differs, or that of what it depends on");
        }

        @Override
        void beforehand() throws InterruptedException {
            if (migrate == null) {
                return;
            }
            List<String> ahead = reversal().ahead();
            migrations = reversal().without(List.of());
            if (ahead.isEmpty()) {
                return;
            }
            String names = String.join(", ", ahead);
            switch (Rollback.this.ahead) {
                case REFUSE -> throw new Failure("The database is ahead of release " + target.number() + " by " + names
                        + ": say migrations: 'keep' where that release can live with them, or migrations: 'reverse' to take them back, with what they hold.");
                case KEEP -> host.tell(Event.warning("migrate", "the database stays ahead of release " + target.number() + " by " + names));
                default -> {
                    held.renew(migrate.deadline());
                    applied.addAll(reversal().run(reverseCommand, host));
                    migrations = reversal().without(applied);
                }
            }
        }

        @Override
        String stays() {
            return "The migrations " + String.join(", ", applied) + " were taken back and stay so.";
        }

        @Override
        void switchOver() throws InterruptedException {
            restore().run(ready, before.services(), host);
        }

        @Override
        Release succeeded(RunningStack now) throws InterruptedException {
            return previous != null && now.differences(previous).isEmpty() && !book.isBroken() ? previous : book.again(target, now, applied, migrations, gates.keep());
        }

        @Override
        Compose files() {
            return written;
        }

        @Override
        JsonNode config() {
            return ready == null ? today : ready.config();
        }
    }
}
