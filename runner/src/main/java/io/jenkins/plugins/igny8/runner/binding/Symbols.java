package io.jenkins.plugins.igny8.runner.binding;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ScanResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jenkinsci.Symbol;

/** Everything a Jenkinsfile may call by name: found by its {@link Symbol}, so adding one means adding a class. */
public final class Symbols {

    private final Map<String, Class<?>> steps = new TreeMap<>();
    private final Map<String, List<Class<?>>> describables = new TreeMap<>();

    private final List<Class<?>> stepBases;

    private Symbols(List<Class<?>> stepBases) {
        this.stepBases = stepBases;
    }

    /**
     * Finds the plugin's steps and the runner's own.
     *
     * @param stepBases what a step extends; everything else with a symbol is a describable
     */
    public static Symbols scan(Class<?>... stepBases) {
        Symbols symbols = new Symbols(List.of(stepBases));
        try (ScanResult found = new ClassGraph()
                .acceptPackages("io.jenkins.plugins.igny8.steps", "io.jenkins.plugins.igny8.runner.steps", "io.jenkins.plugins.igny8.runner.parameters")
                .enableAnnotationInfo()
                .scan()) {
            for (Class<?> marked : found.getClassesWithAnnotation(Symbol.class).loadClasses()) {
                // In the plugin the descriptor, a class inside the described one, carries the symbol.
                Class<?> type = marked.getEnclosingClass() == null ? marked : marked.getEnclosingClass();
                for (String symbol : marked.getAnnotation(Symbol.class).value()) {
                    symbols.add(symbol, type);
                }
            }
        }
        return symbols;
    }

    private void add(String symbol, Class<?> type) {
        if (stepBases.stream().anyMatch(base -> base.isAssignableFrom(type))) {
            steps.put(symbol, type);
        } else {
            describables.computeIfAbsent(symbol, name -> new ArrayList<>()).add(type);
        }
    }

    /** Names and classes of all steps. */
    public Map<String, Class<?>> steps() {
        return steps;
    }

    /** Names of all describables, each with the types that it may mean. */
    public Map<String, List<Class<?>>> describables() {
        return describables;
    }

    /** What a symbol means where a {@code base} is wanted. */
    public Optional<Class<?>> describable(String symbol, Class<?> base) {
        return describables.getOrDefault(symbol, List.of()).stream().filter(base::isAssignableFrom).findFirst();
    }

    /** All describables of one kind, by name. */
    public Map<String, Class<?>> describables(Class<?> base) {
        return describables.keySet().stream()
                .filter(symbol -> describable(symbol, base).isPresent())
                .collect(Collectors.toMap(symbol -> symbol, symbol -> describable(symbol, base).get(), (one, other) -> one, TreeMap::new));
    }
}
