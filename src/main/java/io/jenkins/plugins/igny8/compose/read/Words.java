package io.jenkins.plugins.igny8.compose.read;

import java.util.ArrayList;
import java.util.List;

/** A command line as words, split as a shell would: blanks, quotes, backslashes. */
public final class Words {

    /** Nobody types more, and no rule looks further. */
    private static final int MOST = 5_000;

    private Words() {}

    public static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int at = 0; at < line.length() && words.size() < MOST; at++) {
            char letter = line.charAt(at);
            if (quote != 0 && letter == quote) {
                quote = 0;
            } else if (letter == '\\' && quote != '\'' && at + 1 < line.length()) {
                word = append(word, line.charAt(++at));
            } else if (quote != 0 || !(Character.isWhitespace(letter) || letter == '"' || letter == '\'')) {
                word = append(word, letter);
            } else if (letter == '"' || letter == '\'') {
                quote = letter;
                word = word == null ? new StringBuilder() : word;
            } else if (word != null) {
                words.add(word.toString());
                word = null;
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    private static StringBuilder append(StringBuilder word, char letter) {
        return (word == null ? new StringBuilder() : word).append(letter);
    }
}
