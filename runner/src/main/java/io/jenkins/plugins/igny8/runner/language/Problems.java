package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.host.Failure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ASTNode;

/** Everything that is wrong with a file, by line, so that it can be said at once. */
final class Problems {

    private final String file;
    private final Map<Integer, Set<String>> byLine = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** Something that is no problem but worth saying. */
    void note(int line, String text) {
        notes.add(file + ":" + line + ": " + text);
    }

    List<String> notes() {
        return notes;
    }

    void add(ASTNode where, String problem) {
        add(where.getLineNumber(), problem);
    }

    void add(int line, String problem) {
        byLine.computeIfAbsent(line, none -> new LinkedHashSet<>()).add(problem);
    }

    /** Fails with all problems, one a line. */
    void failIfAny() {
        if (!byLine.isEmpty()) {
            throw new Failure(byLine.entrySet().stream()
                    .flatMap(line -> line.getValue().stream().map(problem -> file + ":" + line.getKey() + ": " + problem))
                    .collect(Collectors.joining("\n")));
        }
    }
}
