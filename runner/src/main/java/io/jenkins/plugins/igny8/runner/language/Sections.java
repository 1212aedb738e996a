package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.host.Nearest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** The sections that may stand in one block, each at most once, and who reads them. */
final class Sections {

    /** What Jenkins has and this runner has not: said as such, since the file is right. */
    private static final Set<String> ONLY_IN_JENKINS = Set.of(
            "tools", "triggers", "libraries", "matrix", "input", "changed", "fixed", "regression", "notBuilt", "beforeAgent", "beforeInput",
            "beforeOptions", "buildingTag", "tag", "changelog", "changeset", "changeRequest", "triggeredBy");

    private final Problems problems;
    private final String where;
    private final Map<String, Consumer<Call>> readers = new LinkedHashMap<>();

    Sections(Problems problems, String where) {
        this.problems = problems;
        this.where = where;
    }

    Sections with(String name, Consumer<Call> reader) {
        readers.put(name, reader);
        return this;
    }

    /** Reads them all; gives the names of those that were there. */
    Set<String> read(ClosureExpression block) {
        Set<String> seen = new HashSet<>();
        for (Statement statement : Call.statements(block)) {
            Call call = Call.of(statement).orElse(null);
            if (call == null) {
                problems.add(statement, "only sections stand in " + where + ", each on a line of its own: " + String.join(", ", readers.keySet()) + ".");
            } else if (!readers.containsKey(call.name())) {
                problems.add(call.node(), unknown(call.name()));
            } else if (!seen.add(call.name())) {
                problems.add(call.node(), where + " has '" + call.name() + "' more than once.");
            } else {
                readers.get(call.name()).accept(call);
            }
        }
        return seen;
    }

    private String unknown(String name) {
        return ONLY_IN_JENKINS.contains(name)
                ? "'" + name + "' in " + where + " works in Jenkins, but this runner does not know it (known here: " + String.join(", ", readers.keySet()) + ")."
                : "there is no '" + name + "' in " + where + ": " + Nearest.to(name, readers.keySet());
    }
}
