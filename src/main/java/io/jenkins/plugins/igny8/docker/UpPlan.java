package io.jenkins.plugins.igny8.docker;

import io.jenkins.plugins.igny8.host.Answer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@code up} would do with a project, by the names of its containers: Compose's own answer, since only it knows what it recreates.
 *
 * @param complete whether Compose came to the end; else it may want to do more than this
 */
public record UpPlan(List<String> created, List<String> recreated, List<String> started, List<String> removed, boolean complete) {

    /** Such as {@code DRY-RUN MODE -  Container app-web-1  Recreate}. */
    private static final Pattern LINE = Pattern.compile("\\s*(?:DRY-RUN MODE - )?\\s*Container (\\S+)\\s+(\\S+)");

    /** A container that takes another one's place has a name of its own for a moment. */
    private static final Pattern TEMPORARY = Pattern.compile("[0-9a-f]{12}_(.+)");

    /**
     * Reads what Compose wrote.
     *
     * @param stopped containers that do not run, and are started if nothing else happens to them
     */
    public static UpPlan of(Answer answer, List<String> stopped) {
        Set<String> created = new LinkedHashSet<>();
        Set<String> recreated = new LinkedHashSet<>();
        Set<String> started = new LinkedHashSet<>(stopped);
        Set<String> removed = new LinkedHashSet<>();
        Stream.concat(answer.err().lines(), answer.out().lines()).map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            String container = TEMPORARY.matcher(line.group(1)).replaceFirst("$1");
            switch (line.group(2)) {
                case "Creating" -> created.add(container);
                case "Recreate" -> recreated.add(container);
                case "Removing" -> removed.add(container);
                default -> { }
            }
        });
        started.removeAll(created);
        started.removeAll(recreated);
        started.removeAll(removed);
        return new UpPlan(List.copyOf(created), List.copyOf(recreated), List.copyOf(started), List.copyOf(removed), answer.succeeded());
    }

    /** What both would do, one after the other. */
    public UpPlan and(UpPlan other) {
        List<String> allCreated = both(created, other.created);
        List<String> allRecreated = both(recreated, other.recreated);
        List<String> allRemoved = both(removed, other.removed);
        List<String> onlyStarted = both(started, other.started).stream()
                .filter(name -> !allCreated.contains(name) && !allRecreated.contains(name) && !allRemoved.contains(name))
                .toList();
        return new UpPlan(allCreated, allRecreated, onlyStarted, allRemoved, complete && other.complete);
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    /** Whether nothing would be changed. */
    public boolean none() {
        return complete && created.isEmpty() && recreated.isEmpty() && started.isEmpty() && removed.isEmpty();
    }
}
