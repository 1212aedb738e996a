package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.compose.check.Check;
import io.jenkins.plugins.igny8.compose.check.Finding;
import io.jenkins.plugins.igny8.compose.check.Rules;
import io.jenkins.plugins.igny8.compose.check.Sarif;
import io.jenkins.plugins.igny8.compose.check.Severity;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.ComposeFiles;
import io.jenkins.plugins.igny8.compose.read.DotEnv;
import io.jenkins.plugins.igny8.compose.read.Married;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.Problem;
import io.jenkins.plugins.igny8.compose.read.Value;
import io.jenkins.plugins.igny8.compose.read.YamlText;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.EnvFile;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a project's compose files with the Dockerfiles they name and says what will not work, each with file and line, before a container
 * moves. {@code docker compose config} is the truth about what the files mean; without a docker command they are checked as far as
 * YAML alone allows, and what was left out is said. Nothing is changed.
 *
 * @param options how it is checked
 */
public record CheckCompose(ComposeProject project, CheckOptions options) implements Operation<CheckCompose.Checked> {

    /**
     * What was found.
     *
     * @param checkedBy {@code docker compose} where that gave the meaning of the files, else {@code yaml}
     * @param accepted whether Compose accepts the files, as far as that is known
     * @param services names of the services that are on
     * @param files all that were read, included and extended ones too
     * @param findings in the order of the files' lines
     * @param leftOut what could not be looked at, a sentence each
     */
    public record Checked(
            String checkedBy,
            boolean accepted,
            List<String> services,
            List<String> files,
            List<Found> findings,
            int errors,
            int warnings,
            List<String> leftOut,
            double seconds) {}

    /** One finding as plain values. */
    public record Found(String rule, String severity, String file, int line, int column, String sentence, String suggestion) {

        static Found of(Finding one) {
            return new Found(one.rule(), one.severity().word(), one.place().file(), one.place().line(), one.place().column(), one.sentence(), one
                    .suggestion());
        }
    }

    @Override
    public Checked run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        Check check = options.check();
        try (PrivateFolder folder = host.privateFolder()) {
            Compose compose = project.compose(host, folder);
            Docker docker = project.docker(host, folder);
            ComposeFiles.Read read = ComposeFiles.read(host.workspace(), project.files(), project.values(host));
            List<String> leftOut = new ArrayList<>();
            Meaning meaning = Meaning.of(read, compose, docker, leftOut);
            Value model = meaning.byCompose() ? Married.of(meaning.config(), read.model()) : on(read.model());
            List<String> everyName = List.copyOf(read.model().get("services").members().keySet());
            Stack stack = new Stack(model, everyName, read.isWhole(), options.surroundings(model, project.name(), docker, host, leftOut),
                    host.workspace());
            List<Problem> problems = new ArrayList<>(read.problems());
            if (meaning.accepted()) {
                problems.removeIf(problem -> Rules.named(problem.rule()).filter(rule -> rule.when() == Rules.When.REFUSED).isPresent());
            }
            List<Finding> findings = check.findings(stack, meaning.accepted(), problems);
            if (!meaning.refusal().isEmpty() && findings.stream().noneMatch(CheckCompose::saysWhyRefused)) {
                problems.add(meaning.problem(read, project.files().get(0)));
                findings = check.findings(stack, false, problems);
            }
            List<String> secrets = EnvFile.secrets(project.envFileText(host));
            findings = findings.stream().map(one -> hidden(one, secrets)).toList();
            return told(findings, stack, meaning, read, leftOut, start, host);
        }
    }

    private static boolean saysWhyRefused(Finding finding) {
        return Rules.named(finding.rule()).filter(rule -> rule.when() == Rules.When.REFUSED).isPresent()
                || Set.of(Problem.YAML, Problem.FILE_MISSING).contains(finding.rule());
    }

    private Checked told(List<Finding> findings, Stack stack, Meaning meaning, ComposeFiles.Read read, List<String> leftOut, long start, Host host) {
        table(findings).forEach(row -> host.tell(Event.note("", row)));
        leftOut.forEach(sentence -> host.tell(Event.warning("", sentence)));
        if (options.sarif() != null) {
            host.workspace().write(options.sarif(), Sarif.of(findings));
        }
        int errors = (int) findings.stream().filter(one -> one.severity() == Severity.ERROR).count();
        boolean accepted = meaning.accepted()
                || (!meaning.byCompose() && meaning.refusal().isEmpty() && findings.stream().noneMatch(CheckCompose::saysWhyRefused));
        List<String> services = stack.services().stream().map(service -> service.name()).sorted().toList();
        Checked checked = new Checked(meaning.byCompose() || meaning.asked() ? "docker compose" : "yaml", accepted, services, read.files(),
                findings.stream().map(Found::of).toList(), errors, findings.size() - errors, leftOut, BuiltImage.secondsSince(start));
        host.tell(Event.note("", String.join(", ", project.files()) + ": " + services.size() + " services, " + errors + " errors, "
                + checked.warnings() + " warnings"));
        options.refuse(findings.stream().filter(options::fails).toList(), project.files());
        return checked;
    }

    /** Severity, place, rule and sentence in columns. */
    private static List<String> table(List<Finding> findings) {
        int place = findings.stream().mapToInt(one -> place(one).length()).max().orElse(0);
        int rule = findings.stream().mapToInt(one -> one.rule().length()).max().orElse(0);
        return findings.stream()
                .map(one -> String.format("%-7s  %-" + place + "s  %-" + rule + "s  %s %s", one.severity().word(), place(one), one.rule(),
                one.sentence(), one.suggestion()))
                .toList();
    }

    private static String place(Finding one) {
        return one.place().file() + ":" + one.place().line();
    }

    /** Compose may tell what a variable holds where it cannot be used. */
    private static Finding hidden(Finding one, List<String> secrets) {
        String sentence = one.sentence();
        for (String secret : secrets) {
            sentence = sentence.replace(secret, "****");
        }
        return new Finding(one.rule(), one.severity(), one.place(), sentence, one.suggestion());
    }

    /** Our own reading without the services whose profiles are off. */
    private Value on(Value model) {
        Value services = model.get("services");
        List<String> off = services.members().entrySet().stream()
                .filter(one -> one.getValue().get("profiles").oneOrMore().stream().map(Value::text).noneMatch(project.profiles()::contains))
                .filter(one -> !one.getValue().get("profiles").oneOrMore().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        return services.isMap() ? model.with("services", services.without(off)) : model;
    }
}
