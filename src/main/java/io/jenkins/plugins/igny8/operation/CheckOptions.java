package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.compose.check.Check;
import io.jenkins.plugins.igny8.compose.check.Finding;
import io.jenkins.plugins.igny8.compose.check.Rules;
import io.jenkins.plugins.igny8.compose.check.Severity;
import io.jenkins.plugins.igny8.compose.check.Surroundings;
import io.jenkins.plugins.igny8.compose.read.Value;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How compose files are checked.
 *
 * @param rules {@code ID=error}, {@code ID=warning} or {@code ID=off} each, for rules that are to weigh something else than by default
 * @param failOn {@code error}, {@code warning} or {@code never}: from which weight on a finding makes the step fail
 * @param sarif file to write, relative to the workspace; null: none
 * @param release whether the files are those of a release
 * @param dockerfiles {@code IMAGE=path} each: the Dockerfiles of images that services only name; empty: the documented four
 * @param healthPaths {@code SERVICE=/path} each: what the service's health check must ask for
 * @param deadline seconds that a deployment waits for healthy containers
 * @param askEngine whether to ask the engine for what it has: images, networks, volumes, ports
 * @param pull whether to ask registries for images that the engine does not have
 */
public record CheckOptions(
        List<String> rules,
        String failOn,
        String sarif,
        boolean release,
        List<String> dockerfiles,
        List<String> healthPaths,
        int deadline,
        boolean askEngine,
        boolean pull) {

    public static final String FAIL_ON = "error";

    /** The longest list that a failure carries; all findings are in the log, the result and the SARIF file. */
    private static final int SHOWN = 20;

    private static final List<String> LEVELS = List.of("error", "warning", "never");

    public CheckOptions {
        rules = List.copyOf(rules);
        dockerfiles = List.copyOf(dockerfiles);
        healthPaths = List.copyOf(healthPaths);
    }

    /** By the defaults alone, for a deployment that waits so long. */
    static CheckOptions within(Duration deadline) {
        return new CheckOptions(List.of(), FAIL_ON, null, false, List.of(), List.of(), (int) deadline.toSeconds(), false, false);
    }

    /** The rules as they are to be asked; a {@link Failure} with all that is wrong with the options. */
    Check check() {
        List<String> problems = new ArrayList<>();
        Map<String, Severity> severities = new LinkedHashMap<>();
        pairs(rules, "rules", "ID=error, ID=warning or ID=off", problems).forEach((id, word) -> {
            if (Rules.named(id).isEmpty()) {
                problems.add("'rules' names '" + id + "', which is no rule: "
                        + Nearest.of(id, Rules.all().stream().map(Rules.Entry::id).toList()).map(near -> "did you mean '" + near + "'?")
                        .orElse("see the list in docs/compose-checks.md."));
            }
            Arrays.stream(Severity.values())
                    .filter(one -> one.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .ifPresentOrElse(one -> severities.put(id, one), () -> problems
                    .add("'rules' says " + id + "=" + word + ": write error, warning or off."));
        });
        if (!LEVELS.contains(failOn)) {
            problems.add("'failOn' is '" + failOn + "': write one of " + String.join(", ", LEVELS) + ".");
        }
        pairs(dockerfiles, "dockerfiles", "IMAGE=path", problems);
        pairs(healthPaths, "healthPaths", "SERVICE=/path", problems);
        Problems.note(problems, () -> WaitHealthy.refuseNoTime(Duration.ofSeconds(deadline)));
        Problems.refuse(problems);
        return new Check(severities);
    }

    private static Map<String, String> pairs(List<String> words, String parameter, String form, List<String> problems) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1 || equals == word.length() - 1) {
                problems.add("'" + parameter + "' wants " + form + " each, but was given '" + word + "'.");
            } else {
                pairs.put(word.substring(0, equals).strip(), word.substring(equals + 1).strip());
            }
        }
        return pairs;
    }

    /** Whether a finding makes the step fail. */
    boolean fails(Finding finding) {
        return failOn.equals("warning") || (failOn.equals("error") && finding.severity() == Severity.ERROR);
    }

    /** Fails where there is anything to fail on. */
    void refuse(List<Finding> failing, List<String> files) {
        if (!failing.isEmpty()) {
            String shown = failing.stream().limit(SHOWN).map(Finding::toString).collect(Collectors.joining("\n"));
            String rest = failing.size() > SHOWN ? "\n… and " + (failing.size() - SHOWN) + " more: see the log above." : "";
            throw new Failure("The compose files (" + String.join(", ", files) + ") are not as they should be:\n" + shown + rest);
        }
    }

    /** What is known around the files; the engine is asked only where that is wanted. */
    Surroundings surroundings(Value model, String project, Docker docker, Host host, List<String> leftOut) throws InterruptedException {
        Map<String, String> makers = makers(host.workspace());
        List<String> built = new ArrayList<>(makers.keySet());
        ImagesOfBuild.of(host).forEach(image -> built.addAll(List.of(image.name(), image.reference())));
        Surroundings.Engine engine = null;
        if (askEngine || !host.engine().isEmpty()) {
            engine = new EngineLook(docker, host, pull).at(model, project, built, leftOut);
        }
        return new Surroundings(host.workspace().path(), release, built, makers, pairs(healthPaths, "", "", new ArrayList<>()), deadline, engine);
    }

    private Map<String, String> makers(Folder workspace) {
        if (!dockerfiles.isEmpty()) {
            return pairs(dockerfiles, "", "", new ArrayList<>());
        }
        Map<String, String> documented = new LinkedHashMap<>();
        ImageToBuild.documented().stream().filter(image -> workspace.exists(image.dockerfile()))
                .forEach(image -> documented.put(image.name(), image.dockerfile()));
        return documented;
    }
}
