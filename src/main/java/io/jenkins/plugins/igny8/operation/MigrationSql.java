package io.jenkins.plugins.igny8.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Asks in one container for the SQL of several migrations: starting a Python for a container each would take seconds. */
final class MigrationSql {

    /** Stands alone on the line before each migration's text; nothing that a program writes is the same. */
    private final String mark = "-- " + UUID.randomUUID();

    private final List<String> migrations;

    /** @param migrations {@code app.name} each */
    MigrationSql(List<String> migrations) {
        this.migrations = List.copyOf(migrations);
    }

    /** The text for the container's shell; it ends at the first migration for which the command fails. */
    String script(String command) {
        StringBuilder script = new StringBuilder("set -e\nexport APP MIGRATION\n");
        for (String migration : migrations) {
            int dot = migration.indexOf('.');
            script.append("APP=").append(quoted(migration.substring(0, Math.max(0, dot))));
            script.append(" MIGRATION=").append(quoted(migration.substring(dot + 1)));
            script.append("\necho '").append(mark).append("'\n").append(command).append('\n');
        }
        return script.toString();
    }

    /** The SQL of each migration, in their order, from what the script wrote. */
    List<String> read(String output) {
        List<String> texts = new ArrayList<>();
        StringBuilder text = null;
        for (String line : output.lines().toList()) {
            if (isMark(line)) {
                if (text != null) {
                    texts.add(text.toString().strip());
                }
                text = new StringBuilder();
            } else if (text != null) {
                text.append(line).append('\n');
            }
        }
        if (text != null) {
            texts.add(text.toString().strip());
        }
        return texts;
    }

    boolean isMark(String line) {
        return line.equals(mark);
    }

    /** The migration at which the script ended, by the lines that it wrote last. */
    String reached(List<String> lines) {
        long marks = lines.stream().filter(this::isMark).count();
        // What is remembered of a long output may have lost them.
        return marks == 0 ? "one of them" : migrations.get((int) marks - 1);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
