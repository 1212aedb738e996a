package io.jenkins.plugins.igny8.compose.check;

import io.jenkins.plugins.igny8.compose.read.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the rules.
 *
 * @param severities of rules that weigh something else than by default, by their IDs
 */
public record Check(Map<String, Severity> severities) {

    /** Findings of one rule; a file of a thousand services may have one thing wrong in each. */
    private static final int MOST_OF_A_RULE = 1_000;

    public Check {
        severities = Map.copyOf(severities);
    }

    /** What a rule weighs. */
    public Severity severity(Rules.Entry rule) {
        return severities.getOrDefault(rule.id(), rule.severity());
    }

    /**
     * @param stack what was read; rules for refused files are asked where {@code accepted} is not true
     * @param accepted whether Compose itself accepts the files
     * @param problems that reading the files found
     * @return in the order of the files' lines
     */
    public List<Finding> findings(Stack stack, boolean accepted, List<Problem> problems) {
        List<Finding> all = new ArrayList<>();
        problems.forEach(problem -> Rules.named(problem.rule()).ifPresent(rule -> add(rule, problem, all)));
        for (Rules.Entry rule : Rules.all()) {
            if (rule.rule() != null && isAsked(rule, stack, accepted)) {
                ask(rule, stack, all);
            }
        }
        // An anchor is written once and used by many: it is told once.
        Map<List<Object>, Finding> once = new LinkedHashMap<>();
        all.forEach(one -> once.putIfAbsent(List.of(one.rule(), one.place(), one.suggestion()), one));
        List<Finding> sorted = new ArrayList<>(once.values());
        sorted.sort(Comparator.comparing((Finding one) -> one.place().file()).thenComparing(one -> one.place().line())
                .thenComparing(one -> one.place().column()));
        return sorted;
    }

    private void ask(Rules.Entry rule, Stack stack, List<Finding> all) {
        int before = all.size();
        try {
            rule.rule().look(stack, (place, sentence, suggestion) -> {
                add(rule, new Problem(rule.id(), place, sentence, suggestion), all);
                if (all.size() - before >= MOST_OF_A_RULE) {
                    throw new Enough();
                }
            });
        } catch (Enough e) {
            // What a person has not mended in so many places is told the next time.
            return;
        }
    }

    /** Ends a rule that has found enough. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }

    private void add(Rules.Entry rule, Problem problem, List<Finding> all) {
        Severity severity = severity(rule);
        if (severity != Severity.OFF) {
            all.add(new Finding(rule.id(), severity, problem.place(), problem.sentence(), problem.suggestion()));
        }
    }

    private boolean isAsked(Rules.Entry rule, Stack stack, boolean accepted) {
        return severity(rule) != Severity.OFF && switch (rule.when()) {
            case ALWAYS -> true;
            case REFUSED -> !accepted && stack.isWhole();
            case RELEASE -> stack.surroundings().release() || severities.containsKey(rule.id());
            case ENGINE -> stack.surroundings().engine() != null;
        };
    }
}
