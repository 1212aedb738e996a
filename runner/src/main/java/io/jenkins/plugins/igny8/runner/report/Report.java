package io.jenkins.plugins.igny8.runner.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What a run leaves: a table for people, JSON for programs. */
public final class Report {

    private final RunRecord run;
    private final String outcome;
    private final String error;

    /** @param error why it did not succeed, in one sentence; null where it did */
    public Report(RunRecord run, String outcome, String error) {
        this.run = run;
        this.outcome = outcome;
        this.error = error;
    }

    /** Stage, result and seconds, then the outcome. */
    public String table() {
        List<String[]> rows = new ArrayList<>();
        for (StageRecord stage : run.stages()) {
            rows.add(new String[] {"  ".repeat(depth(stage)) + stage.name(), stage.result().name(), seconds(stage.seconds())});
        }
        int width = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        String form = "%-" + Math.max(width, "stage".length()) + "s  %-9s  %8s%n";
        if (!rows.isEmpty()) {
            text.append(String.format(form, "stage", "result", "seconds"));
        }
        for (String[] row : rows) {
            text.append(String.format(form, (Object[]) row));
        }
        text.append(outcome).append(" after ").append(seconds(run.seconds())).append(" s");
        return text.append(error == null ? "" : ": " + error).toString();
    }

    private static int depth(StageRecord stage) {
        return stage.parent() == null ? 0 : 1 + depth(stage.parent());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", seconds);
    }

    /**
     * Writes it all as JSON.
     *
     * @param parameters values of the build's parameters
     * @param jenkinsfile what was run
     * @param mask takes secrets out of a text
     */
    public void write(Path json, String jenkinsfile, Map<String, Object> parameters, UnaryOperator<String> mask) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("file", jenkinsfile);
        all.put("outcome", outcome);
        all.put("seconds", run.seconds());
        putIfKnown(all, "error", error);
        all.put("parameters", parameters);
        all.put("stages", run.stages().stream().map(Report::stage).toList());
        all.put("steps", run.steps().stream().map(Report::step).toList());
        try {
            if (json.toAbsolutePath().getParent() != null) {
                Files.createDirectories(json.toAbsolutePath().getParent());
            }
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), masked(all, mask));
        } catch (IOException e) {
            throw new Failure("Cannot write the report " + json + ": " + e.getMessage());
        }
    }

    private static Map<String, Object> stage(StageRecord stage) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", stage.name());
        all.put("parent", stage.parent() == null ? null : stage.parent().name());
        all.put("result", stage.result().name());
        all.put("seconds", stage.seconds());
        putIfKnown(all, "error", stage.error());
        return all;
    }

    private static Map<String, Object> step(StepRecord step) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("stage", step.stage() == null ? null : step.stage().name());
        all.put("name", step.name());
        all.put("arguments", step.arguments());
        all.put("result", step.result());
        all.put("seconds", step.seconds());
        putIfKnown(all, "error", step.error());
        return all;
    }

    private static void putIfKnown(Map<String, Object> into, String key, Object value) {
        if (value != null) {
            into.put(key, value);
        }
    }

    private static Object masked(Object value, UnaryOperator<String> mask) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> masked = new LinkedHashMap<>();
            map.forEach((key, each) -> masked.put(mask.apply(String.valueOf(key)), masked(each, mask)));
            return masked;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(each -> masked(each, mask)).toList();
        }
        return value instanceof String text ? mask.apply(text) : value;
    }
}
