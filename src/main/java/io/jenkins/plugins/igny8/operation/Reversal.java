package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.release.Release;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The migrations by which a database is ahead of a release, and how they are taken back. Two images are asked: the one that runs knows
 * them, the release's does not.
 *
 * @param with tells and changes migrations with the image that runs
 * @param applied all that are applied, as far as the two images know them; null: nobody asked
 * @param ahead names of those that the release does not know, in the order in which they were applied
 * @param targets for each app the last migration that the release knows, {@code zero} where it knows none; the app whose migration was
 *     applied last comes first
 */
record Reversal(Migrate with, List<String> applied, List<String> ahead, Map<String, String> targets) {

    /** Django's word for "none of them". */
    private static final String NONE = "zero";

    static Reversal of(Migrate migrate, RunningStack running, Release release, JsonNode today, Host host) throws InterruptedException {
        String service = migrate.service();
        String name = today.path("services").path(service).path("image").asText(service);
        RunningStack.One newer = running.containers().stream().filter(one -> one.service().equals(service)).findFirst().orElse(null);
        Release.Service older = release.services().stream().filter(one -> one.name().equals(service)).findFirst().orElse(null);
        if (newer == null || older == null || newer.imageId().equals(older.imageId())) {
            return new Reversal(migrate, null, List.of(), Map.of());
        }
        Migrate with = with(migrate, name, newer.imageId(), migrate.pendingCommand(), migrate.applyCommand());
        List<String> applied = with.look(host).applied();
        MigrationPlan known = with(migrate, name, older.imageId(), migrate.pendingCommand(), migrate.applyCommand()).look(host);
        List<String> ahead = applied.stream().filter(one -> !known.applied().contains(one) && !known.pending().contains(one)).toList();
        Map<String, String> targets = new LinkedHashMap<>();
        for (int i = ahead.size() - 1; i >= 0; i--) {
            String app = app(ahead.get(i));
            targets.putIfAbsent(app, known.applied().stream().filter(one -> app(one).equals(app)).reduce((first, second) -> second).map(Reversal::migration).orElse(NONE));
        }
        Set<String> all = new LinkedHashSet<>(known.applied());
        all.addAll(applied);
        return new Reversal(with, List.copyOf(all), ahead, targets);
    }

    private static Migrate with(Migrate migrate, String name, String imageId, String pendingCommand, String applyCommand) {
        BuiltImage image = new BuiltImage(name, name, imageId, null, null, null);
        return new Migrate(
                migrate.project(), migrate.service(), List.of(image), pendingCommand, applyCommand, null, migrate.deadline(), migrate.code());
    }

    private static String app(String name) {
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private static String migration(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    /**
     * Takes them back.
     *
     * @param command see {@link Rollback#reverseCommand}
     * @return their names
     * @throws Failure where one of them stays
     */
    List<String> run(String command, Host host) throws InterruptedException {
        List<String> commands = new ArrayList<>();
        targets.forEach((app, target) -> commands.add("APP=" + quoted(app) + "; TARGET=" + quoted(target) + "; export APP TARGET\n" + command + "\n"));
        // For this run, what is still to be taken back is what is pending.
        StringBuilder pending = new StringBuilder("plan=$(" + with.pendingCommand() + "\n) || exit\nnl='\n'\nplan=$plan$nl\necho '[X]  igny8.asked'\n");
        for (String name : ahead) {
            String line = "*\"[X]  \"" + quoted(name);
            pending.append("case $plan in ").append(line).append("\"$nl\"*|").append(line).append("' '*) echo '[ ]  '").append(quoted(name)).append(";; esac\n");
        }
        Migrate reverse = new Migrate(
                with.project(), with.service(), with.images(), pending.toString(), "set -e\n" + String.join("", commands), null, with.deadline(), with.code());
        try {
            List<String> back = reverse.run(host).applied();
            if (back.size() < ahead.size()) {
                throw new MigrationFailed(
                        "the command succeeded, but " + String.join(", ", ahead.stream().filter(one -> !back.contains(one)).toList()) + " is still applied.", back,
                        without(back));
            }
            return back;
        } catch (Failure e) {
            List<String> back = e instanceof MigrationFailed partly ? partly.applied() : List.of();
            throw new MigrationFailed(
                    "The migrations " + String.join(", ", ahead) + " could not be taken back, and nothing was switched: " + e.getMessage(), back, without(back));
        }
    }

    /** What the database had before some were taken back, and has now; null: nobody asked. */
    Release.Migrations without(List<String> back) {
        return applied == null ? null : new Release.Migrations(applied, applied.stream().filter(one -> !back.contains(one)).toList());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
