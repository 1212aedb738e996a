package io.jenkins.plugins.igny8.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What somebody probably meant by a name that does not exist. */
public final class Nearest {

    /** Longer ones, and more of them, are no names that a person has typed. */
    private static final int LONGEST_NAME = 100;

    private static final int MOST_NAMES = 1_000;

    private Nearest() {}

    /** {@code "did you mean 'x'?"}, or the whole choice where nothing is near. */
    public static String to(String name, Collection<String> known) {
        return of(name, known, 2)
                .map(near -> "did you mean '" + near + "'?")
                .orElse(known.isEmpty() ? "there is nothing to choose from." : "known here: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    /** The nearest name, if it is near: a third of the letters wrong is another word, not a slip. */
    public static Optional<String> of(String name, Collection<String> known) {
        return of(name, known, 1);
    }

    /** @param slips so many letters may be wrong in a short name too */
    private static Optional<String> of(String name, Collection<String> known, int slips) {
        if (name.length() > LONGEST_NAME || known.size() > MOST_NAMES) {
            return Optional.empty();
        }
        int least = Math.max(slips, name.length() / 3);
        List<String> near = new ArrayList<>();
        for (String one : new TreeSet<>(known)) {
            if (one.length() > LONGEST_NAME) {
                continue;
            }
            int distance = distance(name.toLowerCase(Locale.ROOT), one.toLowerCase(Locale.ROOT));
            if (distance <= least) {
                least = distance - 1;
                near.add(one);
            }
        }
        return near.isEmpty() ? Optional.empty() : Optional.of(near.get(near.size() - 1));
    }

    /** How many letters have to be changed, added or taken away; two that changed places count as one. */
    private static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[one.length()][other.length()];
    }
}
