package io.jenkins.plugins.igny8.runner.binding;

import java.util.Collection;
import java.util.Comparator;
import java.util.TreeSet;
import org.codehaus.groovy.runtime.MethodRankHelper;

/** What somebody probably meant by a name that does not exist. */
public final class Nearest {

    /** What Groovy's measure counts for one letter that is wrong, missing or too many; two that changed places are half of that. */
    private static final int OTHER_LETTER = 10;

    private Nearest() {}

    /** {@code "did you mean 'x'?"}, or the whole choice where nothing is near. */
    public static String to(String name, Collection<String> known) {
        String nearest = known.stream().min(Comparator.comparingInt((String one) -> distance(name, one)).thenComparing(one -> one)).orElse("");
        // A third of the letters wrong is another word, not a slip.
        if (!nearest.isEmpty() && distance(name, nearest) <= OTHER_LETTER * Math.max(2, name.length() / 3)) {
            return "did you mean '" + nearest + "'?";
        }
        return known.isEmpty() ? "there is nothing to choose from." : "known here: " + String.join(", ", new TreeSet<>(known)) + ".";
    }

    private static int distance(String one, String other) {
        return one.equalsIgnoreCase(other) ? 0 : MethodRankHelper.damerauLevenshteinDistance(letters(one), letters(other));
    }

    private static Object[] letters(String text) {
        return text.chars().mapToObj(letter -> (char) letter).toArray();
    }
}
