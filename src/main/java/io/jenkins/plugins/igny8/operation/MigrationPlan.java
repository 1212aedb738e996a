package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.release.Release;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code showmigrations --plan} writes: one line per migration in the order in which they are applied.
 *
 * @param pending names of those that are not applied yet, in their order
 * @param applied names of those that are, in their order
 */
record MigrationPlan(List<String> pending, List<String> applied) {

    /** {@code [X]  app.0001_initial} or {@code [ ]  app.0002_more}; what follows the name is for people. */
    private static final Pattern LINE = Pattern.compile("\\[([ X])\\]\\s+(\\S+).*");

    /** What Django writes where no app has any. */
    private static final String EMPTY = "(no migrations)";

    /** @param command for the failure where it wrote no plan: to take that for "nothing pending" would skip a migration */
    static MigrationPlan read(String output, String command) {
        List<Matcher> lines = output.lines().map(String::strip).map(LINE::matcher).filter(Matcher::matches).toList();
        if (lines.isEmpty() && !output.contains(EMPTY)) {
            throw new Failure("'" + command + "' wrote no line such as '[X]  app.0001_initial' or '[ ]  app.0002_more': let 'pendingCommand'"
                    + " list the migrations in this form.");
        }
        return new MigrationPlan(names(lines, " "), names(lines, "X"));
    }

    /** What the database had before these were applied, and has now. */
    Release.Migrations since(List<String> justApplied) {
        return new Release.Migrations(applied.stream().filter(one -> !justApplied.contains(one)).toList(), applied);
    }

    private static List<String> names(List<Matcher> lines, String mark) {
        return lines.stream().filter(line -> line.group(1).equals(mark)).map(line -> line.group(2)).toList();
    }
}
