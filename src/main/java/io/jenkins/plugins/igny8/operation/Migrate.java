package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.compose.OneService;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.release.Release;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Applies pending migrations with the new image and the service's own environment, networks and mounts, before anything is
 * switched: the running stack is not touched. What is pending is looked at first; where nothing is, nothing runs. They are applied
 * at most once at a time per project, in a container that outlives an interruption and is found again.
 *
 * @param project which project
 * @param service the service whose surroundings the migration needs
 * @param images the images of this build; empty: what earlier steps made. One that the service is named after is used
 * @param pendingCommand a text for the container's {@code sh} that lists all migrations as {@code showmigrations --plan} does
 * @param applyCommand a text for the container's {@code sh} that applies them
 * @param sqlCommand a text for the container's {@code sh} that writes the SQL of the migration {@code $APP} {@code $MIGRATION};
 *     null: they are applied; else they are only looked at
 * @param deadline the longest time that applying may take
 * @param code what holds where a folder of the engine's machine covers the image's code
 */
public record Migrate(
        ComposeProject project,
        String service,
        List<BuiltImage> images,
        String pendingCommand,
        String applyCommand,
        String sqlCommand,
        Duration deadline,
        CodeTruth code)
        implements Operation<Migrate.Migrated> {

    /** The service in IGNY8's pipeline document. */
    public static final String DEFAULT_SERVICE = "backend";

    public static final String DEFAULT_PENDING = "python manage.py showmigrations --plan";

    /** The command in IGNY8's pipeline document; it must not ask anybody anything. */
    public static final String DEFAULT_APPLY = "python manage.py migrate --noinput";

    public static final String DEFAULT_SQL = "python manage.py sqlmigrate \"$APP\" \"$MIGRATION\"";

    /** Ten minutes: long enough for an index on a big table; what needs more is worth a thought of its own. */
    public static final Duration DEADLINE = Duration.ofSeconds(600);

    /** Subject of all that is told. */
    private static final String SUBJECT = "migrate";

    private static final String COMMAND_LABEL = "io.jenkins.plugins.igny8.migrate.command";
    private static final String PENDING_LABEL = "io.jenkins.plugins.igny8.migrate.pending";

    /** Compose's project of the two containers: of the application's own one, all running containers would be orphans. */
    private static final String PROJECT_SUFFIX = "-migrate";

    /** Holds the name of the container of the last look. */
    private static final String PENDING_FILE = "pending-container";

    /** Somebody else may have started and ended between two of our looks; more than a few times in a row is no accident. */
    private static final int ATTEMPTS = 5;

    public Migrate {
        images = List.copyOf(images);
    }

    /**
     * What was done.
     *
     * @param image what the migration ran with
     * @param pending what was pending before, in its order
     * @param applied those of them that were applied
     * @param ran whether there was anything to apply
     * @param exitCode of the command; null where it did not run
     * @param sql of each that is pending, in the same order; null where it was not asked for
     * @param code folders of the engine's machine that cover the image's code
     */
    public record Migrated(
            String service,
            String image,
            String imageId,
            List<String> pending,
            List<String> applied,
            boolean ran,
            Integer exitCode,
            List<String> sql,
            List<HeldCode> code,
            double seconds) {}

    @Override
    public Migrated run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        try (PrivateFolder folder = host.privateFolder()) {
            Run run = begun(start, host, folder);
            return sqlCommand == null ? run.migrate() : run.plan();
        }
    }

    /** What the database had before and has now, and which migrations make the difference. */
    record Done(List<String> applied, Release.Migrations migrations) {}

    /** The same as {@link #run}, told for a release's record. */
    Done done(Host host) throws InterruptedException {
        try (PrivateFolder folder = host.privateFolder()) {
            Run run = begun(System.nanoTime(), host, folder);
            List<String> applied = run.migrate().applied();
            return new Done(applied, run.looked.since(applied));
        }
    }

    /** What the image knows and what of it is applied; nothing is changed. */
    MigrationPlan look(Host host) throws InterruptedException {
        try (PrivateFolder folder = host.privateFolder()) {
            return begun(System.nanoTime(), host, folder).look();
        }
    }

    private Run begun(long start, Host host, PrivateFolder folder) throws InterruptedException {
        WaitHealthy.refuseNoTime(deadline);
        Compose compose = project.compose(host, folder);
        Docker docker = project.docker(host, folder);
        JsonNode config = docker.ask(compose.config());
        OneService.of(config, service);
        InfraOfBuild.askAgain(config, docker, host);
        BuiltImage built = Pins.of(config, ImagesOfBuild.orGiven(images, host)).images().get(service);
        String image = built == null ? OneService.of(config, service).image() : built.pin();
        String imageId = built == null ? idOf(image, docker) : Pins.establish(docker, built);
        MountedCode mounted =
                MountedCode.of(code, config, List.of(service), built == null ? Map.of() : Map.of(service, imageId), docker, host);
        JsonNode decided = mounted.decided(config);
        UnseenFiles.refuse(decided, List.of(service), project, docker, host, folder);
        mounted.compare();
        OneService one = OneService.of(decided, service);
        host.tell(Event.note(SUBJECT, "runs " + image));
        var surroundings = Alone.surroundings(one, image, project.name(), docker);
        return new Run(start, docker.with(Alone.ENVIRONMENT), host, folder, one, surroundings, imageId, mounted.result());
    }

    private static String idOf(String image, Docker docker) throws InterruptedException {
        return docker.find(Images.inspect(image))
                .map(Images.Image::id)
                .orElseThrow(() -> new Failure(
                        "There is no image " + image + " on this engine: build it (igny8Build) or pull it (igny8Pull) first."));
    }

    /** One run with what it needs at every turn. */
    private final class Run {
        private final long start;
        private final Docker docker;
        private final Host host;
        private final PrivateFolder folder;
        private final OneService one;
        private final OneService.Surroundings surroundings;
        private final String imageId;
        private final List<HeldCode> held;
        private final MigrationContainer container;
        /** The last look. */
        private MigrationPlan looked;

        Run(
                long start,
                Docker docker,
                Host host,
                PrivateFolder folder,
                OneService one,
                OneService.Surroundings surroundings,
                String imageId,
                List<HeldCode> held) {
            this.start = start;
            this.docker = docker;
            this.host = host;
            this.folder = folder;
            this.one = one;
            this.surroundings = surroundings;
            this.imageId = imageId;
            this.held = held;
            this.container = new MigrationContainer(project.name(), docker, host);
        }

        private Migrated plan() throws InterruptedException {
            List<String> pending = pending();
            if (pending.isEmpty()) {
                host.tell(Event.note(SUBJECT, "no migration is pending"));
                return result(pending, List.of(), null, List.of());
            }
            MigrationSql sql = new MigrationSql(pending);
            List<String> texts = sql.read(look("sql", sql.script(sqlCommand), failed -> {
                List<String> said = failed.lines().stream().filter(line -> !sql.isMark(line)).toList();
                return sentence("The SQL of " + sql.reached(failed.lines()) + " cannot be told", sqlCommand, failed, said);
            }));
            for (int i = 0; i < texts.size(); i++) {
                host.tell(Event.note(SUBJECT, "pending: " + pending.get(i)));
                texts.get(i).lines().forEach(line -> host.tell(Event.line(SUBJECT, line)));
            }
            return result(pending, List.of(), null, texts);
        }

        private Migrated migrate() throws InterruptedException {
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Optional<Container> running = container.running();
                if (running.isPresent()) {
                    refuseAnother(running.get());
                    host.tell(Event.note(SUBJECT, "the container " + container.name() + " applies the same already: waiting for it"));
                    return applied(running.get().id(), List.of(running.get().labels().get(PENDING_LABEL).split(" ")));
                }
                List<String> pending = pending();
                if (pending.isEmpty()) {
                    host.tell(Event.note(SUBJECT, "no migration is pending: nothing runs"));
                    return result(pending, pending, null, null);
                }
                host.tell(Event.note(SUBJECT, "pending: " + String.join(", ", pending)));
                Optional<Container> started = start(pending);
                if (started.isPresent()) {
                    return applied(started.get().id(), pending);
                }
            }
            throw new Failure("Others keep starting migrations of the project " + project.name() + " in the container "
                    + container.name() + ": look who does, and run this again.");
        }

        private void refuseAnother(Container running) {
            boolean same = running.imageId().equals(imageId)
                    && applyCommand.equals(running.labels().get(COMMAND_LABEL))
                    && running.labels().containsKey(PENDING_LABEL);
            if (!same) {
                throw new Failure("Another migration of the project " + project.name() + " runs in the container " + running.name()
                        + " with the image " + running.image() + ": wait until it has ended, or end it with docker stop "
                        + running.name() + ", then run this again.");
            }
        }

        private List<String> pending() throws InterruptedException {
            return look().pending();
        }

        private MigrationPlan look() throws InterruptedException {
            looked = MigrationPlan.read(
                    look("pending", pendingCommand, failed -> sentence("Cannot tell which migrations are pending", pendingCommand, failed, failed.lines())),
                    pendingCommand);
            return looked;
        }

        /**
         * What a command that changes nothing writes.
         *
         * @param trouble the sentence where the command fails
         */
        private String look(String what, String command, Function<CommandFailed, String> trouble) throws InterruptedException {
            // A name of its own each time, since two builds may look at once.
            String name = project.name() + "-" + what + "-" + UUID.randomUUID().toString().substring(0, 8);
            if (folder.exists(PENDING_FILE)) {
                // A look that an interruption has cut left its container; one that ended has taken it away.
                Leftovers.remove(folder.read(PENDING_FILE), docker, host);
            }
            folder.write(PENDING_FILE, name);
            Compose compose = rendered(what, command, Map.of());
            try {
                return docker.ask(compose.runAndRead(OneService.NAME, name, deadline));
            } catch (CommandFailed failed) {
                failed.lines().forEach(line -> host.tell(Event.line(SUBJECT, line)));
                throw new Failure(trouble.apply(failed));
            } finally {
                Leftovers.remove(name, docker, host);
            }
        }

        private String sentence(String trouble, String command, CommandFailed failed, List<String> said) {
            return trouble + ": "
                    + (failed.saidByEngine()
                            ? failed.getMessage()
                            : "'" + command + "' in the image " + surroundings.image() + " ended with exit code " + failed.exitCode() + ": "
                                    + (said.isEmpty() ? "it wrote nothing" : said.get(said.size() - 1).strip()));
        }

        private Optional<Container> start(List<String> pending) throws InterruptedException {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put(COMMAND_LABEL, applyCommand);
            labels.put(PENDING_LABEL, String.join(" ", pending));
            Compose compose = rendered("apply", applyCommand, labels);
            try {
                return container.start(compose, OneService.NAME);
            } catch (InterruptedException e) {
                sayWhatIsLeft();
                throw e;
            }
        }

        /** The rendered file holds the service's secrets: it lies in the private folder and goes with it. */
        private Compose rendered(String file, String command, Map<String, String> labels) {
            folder.write(file + ".json", one.rendered(surroundings, command, labels));
            return Compose.of(project.name() + PROJECT_SUFFIX, folder.path(file + ".json"));
        }

        private void sayWhatIsLeft() {
            host.tell(Event.warning(SUBJECT, "aborted; a migration that has begun is not cut: it goes on in the container " + container.name()
                    + " (docker logs -f " + container.name() + "), and igny8Migrate finds it there. docker stop ends it."));
        }

        private Migrated applied(String id, List<String> pending) throws InterruptedException {
            MigrationContainer.End end = followed(id);
            List<String> still = stillPending(end);
            List<String> applied = pending.stream().filter(one -> !still.contains(one)).toList();
            List<String> left = pending.stream().filter(still::contains).toList();
            boolean succeeded = end.gone() || end.container().exitCode() == 0;
            boolean cut = end.gone() || end.overdue();
            if (!succeeded || (cut && !left.isEmpty())) {
                // Applied in their order: the first that is left is the one that did not get through.
                String what = left.isEmpty() ? "The command '" + applyCommand + "'" : "The migration " + left.get(0);
                throw new MigrationFailed(
                        what + " " + outcome(end) + "; "
                                + (applied.isEmpty() ? "none was applied" : "applied before it, and still so: " + String.join(", ", applied))
                                + ". The running stack was not touched." + whereLogIs(end),
                        applied,
                        looked.since(applied));
            }
            if (!end.gone()) {
                container.remove(id);
            }
            host.tell(Event.note(SUBJECT, "applied: " + (applied.isEmpty() ? "none" : String.join(", ", applied))));
            if (!left.isEmpty()) {
                host.tell(Event.warning(SUBJECT, "still pending, though the command succeeded: " + String.join(", ", left)));
            }
            return result(pending, applied, 0, null);
        }

        private MigrationContainer.End followed(String id) throws InterruptedException {
            try {
                return container.followed(id, SUBJECT, deadline);
            } catch (InterruptedException e) {
                sayWhatIsLeft();
                throw e;
            }
        }

        private List<String> stillPending(MigrationContainer.End end) throws InterruptedException {
            try {
                return pending();
            } catch (Failure unknown) {
                throw new Failure("The command '" + applyCommand + "' " + outcome(end) + "; what was applied is not known: "
                        + unknown.getMessage() + ". The running stack was not touched." + whereLogIs(end));
            }
        }

        private String outcome(MigrationContainer.End end) throws InterruptedException {
            if (end.gone()) {
                return "did not get through, as its container " + container.name() + " was removed by somebody";
            }
            if (end.overdue()) {
                return "was stopped after " + deadline.toSeconds() + " s, its 'deadline'";
            }
            int exitCode = end.container().exitCode();
            return exitCode == 0
                    ? "succeeded"
                    : "failed with exit code " + exitCode + ": " + container.lastLine(end.container().id());
        }

        private String whereLogIs(MigrationContainer.End end) {
            return end.gone() ? "" : " Its log is kept until the next migration: docker logs " + container.name();
        }

        private Migrated result(List<String> pending, List<String> applied, Integer exitCode, List<String> sql) {
            return new Migrated(
                    service,
                    surroundings.image(),
                    imageId,
                    pending,
                    applied,
                    exitCode != null,
                    exitCode,
                    sql,
                    held,
                    BuiltImage.secondsSince(start));
        }
    }
}
