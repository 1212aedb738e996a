package io.jenkins.plugins.igny8.compose.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills variables into the values of a compose file as Compose does: {@code $NAME}, <code>${NAME}</code> with {@code :-}, {@code -},
 * {@code :?}, {@code ?}, {@code :+} and {@code +}, nested, and {@code $$} for a dollar. A variable that has no value is empty.
 */
final class Interpolation {

    /** Defaults within defaults; nobody writes more than three. */
    private static final int DEEPEST = 20;

    private final Map<String, String> variables;
    private final List<Problem> problems;

    Interpolation(Map<String, String> variables, List<Problem> problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /** The same values with all variables filled in. */
    Value in(Value value) {
        if (value.isText()) {
            return value.text().indexOf('$') < 0 ? value : text(value);
        }
        if (value.isList()) {
            List<Value> items = new ArrayList<>();
            value.items().forEach(item -> items.add(in(item)));
            Value list = Value.list(value.place(), items);
            return value.isOverriding() ? list.overriding() : list;
        }
        if (value.isMap()) {
            Map<String, Value> members = new LinkedHashMap<>();
            value.members().forEach((key, member) -> members.put(key, in(member)));
            Value map = Value.map(value.place(), members);
            return value.isOverriding() ? map.overriding() : map;
        }
        return value;
    }

    /** Nothing where a variable is wrong, which is a problem of its own and must not become a second one. */
    private Value text(Value written) {
        try {
            return Value.text(written.place(), filled(written.text(), 0), written.text());
        } catch (Wrong e) {
            problems.add(new Problem(Problem.VARIABLE, written.place(), e.getMessage(), e.suggestion));
            return Value.nothing(written.place());
        }
    }

    private String filled(String text, int depth) {
        if (depth > DEEPEST) {
            throw new Wrong("Variables are nested more than " + DEEPEST + " levels deep.", "Use fewer defaults within defaults.");
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (letter != '$') {
                out.append(letter);
                at++;
            } else if (next == '$') {
                out.append('$');
                at += 2;
            } else if (next == '{') {
                int end = closing(text, at + 2);
                out.append(braced(text.substring(at + 2, end), depth));
                at = end + 1;
            } else if (isNameStart(next)) {
                int end = nameEnd(text, at + 1);
                out.append(variables.getOrDefault(text.substring(at + 1, end), ""));
                at = end;
            } else {
                throw new Wrong("A single $ stands here that begins no variable.", "Write $$ for a dollar.");
            }
        }
        return out.toString();
    }

    private String braced(String inside, int depth) {
        int end = nameEnd(inside, 0);
        String name = inside.substring(0, end);
        String rest = inside.substring(end);
        if (name.isEmpty()) {
            throw new Wrong("'${" + inside + "}' names no variable.", "Write ${NAME}, or $$ for a dollar.");
        }
        String value = variables.get(name);
        if (rest.isEmpty()) {
            return value == null ? "" : value;
        }
        boolean emptyToo = rest.startsWith(":");
        char kind = rest.length() > (emptyToo ? 1 : 0) ? rest.charAt(emptyToo ? 1 : 0) : ' ';
        String word = rest.substring(Math.min(rest.length(), emptyToo ? 2 : 1));
        boolean given = value != null && !(emptyToo && value.isEmpty());
        return switch (kind) {
            case '-' -> given ? value : filled(word, depth + 1);
            case '+' -> given ? filled(word, depth + 1) : "";
            case '?' -> {
                if (!given) {
                    throw new Wrong("The variable " + name + " is required here and has no value"
                            + (word.isBlank() ? "" : ": " + filled(word, depth + 1)) + ".",
                            "Give it in 'envFile' or 'environment', or in a file .env beside the compose file.");
                }
                yield value;
            }
            default -> throw new Wrong("'${" + inside + "}' is no variable that Compose knows.", "Write ${" + name + "} or ${" + name
                    + ":-default}.");
        };
    }

    /** Where the variable ends whose name begins at {@code from}: its closing brace. */
    static int closing(String text, int from) {
        int open = 1;
        for (int at = from; at < text.length(); at++) {
            if (text.startsWith("${", at)) {
                open++;
            } else if (text.charAt(at) == '}' && --open == 0) {
                return at;
            }
        }
        throw new Wrong("A variable begins here with ${ and has no end.", "Close it with }, or write $$ for a dollar.");
    }

    private static int nameEnd(String text, int from) {
        int at = from;
        while (at < text.length() && (isNameStart(text.charAt(at)) || (at > from && Character.isDigit(text.charAt(at))))) {
            at++;
        }
        return at;
    }

    private static boolean isNameStart(char letter) {
        return letter == '_' || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    }

    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String suggestion;

        Wrong(String sentence, String suggestion) {
            super(sentence);
            this.suggestion = suggestion;
        }
    }
}
