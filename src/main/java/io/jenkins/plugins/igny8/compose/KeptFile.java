package io.jenkins.plugins.igny8.compose;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A compose file as it may be kept where others can read it: what a person wrote, but what stands in it as plain text under a name
 * that says secret, or as a password in a URL, is replaced by variables. So is the default of a variable, {@code ${DB_PASSWORD:-secret}},
 * and what a command gets by an option of such a name, {@code --requirepass secret}.
 *
 * @param text with variables in the place of those values
 * @param values the values, by the name of their variable; never to be kept
 */
public record KeptFile(String text, Map<String, String> values) {

    /** What our variables begin with; the name of the service's variable follows. */
    public static final String VARIABLE = "IGNY8_LEFT_OUT_";

    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(PASS(WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|CREDENTIALS?|PRIVATE|API_?KEY|ACCESS_?KEY|_KEY|DSN)S?\\d*(_.*)?");
    private static final Pattern NO_SECRET = Pattern.compile("(?i)|.*_(FILE|PATH|URL|NAME|ID|HOST|PORT|HOURS|DAYS|SECONDS|LENGTH)|true|false|yes|no|\\d{1,4}");
    private static final Pattern LOGIN_IN_URL = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s:@]*:[^/\\s@]+@.*");

    /** The same within a text with variables, or in a command: the password alone. */
    private static final Pattern PASSWORD_IN_URL =
            Pattern.compile("(?<![a-z0-9])[a-z][a-z0-9+.-]{0,20}://(?:\\$\\{[^{}]*}|[^/\\s:@{}])*+:((?:[^/\\s@${}'\"]++|\\$\\$)++)@");

    /** A variable of Compose with a default that is plain text. */
    private static final Pattern DEFAULT = Pattern.compile("(?<!\\$)((?:\\$\\$)*\\$\\{([A-Za-z_]\\w*):?-)((?:[^{}$]++|\\$\\$)++)}");

    /** Keys whose values are commands. */
    private static final Set<String> COMMANDS = Set.of("command", "entrypoint", "test");

    /** Keys whose values are names with values. */
    private static final Set<String> NAMED = Set.of("environment", "args", "labels", "annotations", "options", "driver_opts");

    private static final Pattern OPTION = Pattern.compile("--?([A-Za-z][\\w-]*)");
    private static final Pattern WHOLE_OPTION = Pattern.compile("(--?([A-Za-z][\\w-]*)=)(.+)", Pattern.DOTALL);

    /** An option or a variable and its value in a command that is one text, with quotes for a shell or without. */
    private static final Pattern OPTION_WITH_VALUE = Pattern.compile("(?<![\\w-])(?:--?([A-Za-z][\\w-]*)\\s+|-{0,2}([A-Za-z_][\\w-]*)=)"
            + "(?:'((?:[^'$]++|\\$\\$)++)'|\"((?:[^\"$\\\\]++|\\$\\$)++)\"|((?:[^\\s\"'$;|&<>(){}\\[\\],\\\\]++|\\$\\$)++))");

    public static KeptFile of(String text) {
        return of(text, "");
    }

    /**
     * Empty where the text cannot be read as YAML: Compose may read it all the same, such as tabs, and nothing shows what in it is a secret.
     *
     * @param mark for the variables: files that are not merged may have services and secrets of the same names
     */
    public static KeptFile of(String text, String mark) {
        try {
            WrittenText written = new WrittenText(text);
            Cuts cuts = new Cuts(written, mark.isEmpty() ? "" : mark + "_");
            written.documents(document -> cuts.look(document, ""));
            return new KeptFile(written.applied(), cuts.values);
        } catch (YAMLException e) {
            return new KeptFile("", Map.of());
        }
    }

    /** What is to be left out of a text. */
    private static final class Cuts {
        private final WrittenText text;
        private final String mark;
        private final Map<String, String> values = new LinkedHashMap<>();

        Cuts(WrittenText text, String mark) {
            this.text = text;
            this.mark = mark;
        }

        void look(Node node, String owner) {
            if (node instanceof MappingNode mapping) {
                mapping.getValue().forEach(entry -> {
                    String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
                    if (NAMED.contains(key)) {
                        variables(entry.getValueNode(), owner);
                    } else if (key.equals("content") && entry.getValueNode() instanceof ScalarNode content) {
                        value(content, owner, content.getValue(), "", "config");
                    } else if (COMMANDS.contains(key)) {
                        command(entry.getValueNode(), owner);
                    } else {
                        look(entry.getValueNode(), key.isEmpty() || key.equals("<<") || isWord(key) ? owner : key);
                    }
                });
            } else if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(item -> look(item, owner));
            } else if (node instanceof ScalarNode scalar) {
                pieces(scalar, false, false, owner);
            }
        }

        private static boolean isWord(String key) {
            return key.equals("services") || key.equals("build");
        }

        private void variables(Node node, String owner) {
            if (node instanceof MappingNode mapping) {
                mapping.getValue().forEach(entry -> {
                    if (entry.getKeyNode() instanceof ScalarNode name && entry.getValueNode() instanceof ScalarNode value) {
                        if (name.getValue().equals("o")) {
                            // Options of a mount.
                            pieces(value, false, true, owner);
                        }
                        value(value, name.getValue(), value.getValue(), "", owner);
                    } else {
                        // Variables that are merged in, or a list of such.
                        variables(entry.getValueNode(), owner);
                    }
                });
            } else if (node instanceof SequenceNode sequence) {
                for (Node item : sequence.getValue()) {
                    if (item instanceof ScalarNode word && word.getValue().contains("=")) {
                        String name = word.getValue().substring(0, word.getValue().indexOf('='));
                        value(word, name, word.getValue().substring(name.length() + 1), name + "=", owner);
                    } else {
                        variables(item, owner);
                    }
                }
            }
        }

        private void command(Node node, String owner) {
            if (node instanceof ScalarNode line) {
                pieces(line, false, true, owner);
            } else if (node instanceof SequenceNode words) {
                String option = "";
                for (Node item : words.getValue()) {
                    if (item instanceof ScalarNode word) {
                        if (!option.isEmpty() && !OPTION.matcher(word.getValue()).matches()) {
                            value(word, option, word.getValue(), "", owner);
                        } else {
                            word(word, owner);
                        }
                        Matcher found = OPTION.matcher(word.getValue());
                        option = found.matches() ? named(found.group(1)) : "";
                    }
                }
            } else {
                look(node, owner);
            }
        }

        /** A word of a command is an option with its value as a whole, or may itself be a command for a shell. */
        private void word(ScalarNode word, String owner) {
            Matcher option = WHOLE_OPTION.matcher(word.getValue());
            if (option.matches() && isSecret(named(option.group(2)), option.group(3))) {
                value(word, named(option.group(2)), option.group(3), option.group(1), owner);
            } else {
                pieces(word, false, true, owner);
            }
        }

        private static String named(String option) {
            return option.replace('-', '_').replace('.', '_');
        }

        /** One place in a text, and what stands there. */
        private record Found(int end, String name, String value) {}

        /**
         * The text is written anew as a whole, since it may stand where a brace has a meaning, or be read otherwise than it is written.
         *
         * @param secret whether all defaults of variables in it are secrets; else those of variables whose names say so
         */
        private void pieces(ScalarNode node, boolean secret, boolean command, String owner) {
            if (text.isCut(text.start(node))) {
                // Looked at before, by another reference to it.
                return;
            }
            String whole = node.getValue();
            NavigableMap<Integer, Found> all = new TreeMap<>();
            Matcher option = OPTION_WITH_VALUE.matcher(whole);
            for (int from = 0; command && option.find(from); ) {
                int group = option.start(3) >= 0 ? 3 : option.start(4) >= 0 ? 4 : 5;
                int named = option.start(1) >= 0 ? 1 : 2;
                String name = named(option.group(named));
                add(all, option, group, name, isSecret(name, option.group(group)));
                // What an option has may be a command, with options of its own: sh -c '…'.
                from = option.end(named);
            }
            Matcher variable = DEFAULT.matcher(whole);
            while (variable.find()) {
                add(all, variable, 3, variable.group(2), secret || isSecret(variable.group(2), variable.group(3)));
            }
            Matcher login = PASSWORD_IN_URL.matcher(whole);
            while (login.find()) {
                add(all, login, 1, "LOGIN", true);
            }
            if (all.isEmpty()) {
                return;
            }
            StringBuilder kept = new StringBuilder();
            int end = 0;
            for (var one : all.entrySet()) {
                Found found = one.getValue();
                kept.append(quoted(whole.substring(end, one.getKey()))).append(leftOut(owner + "_" + found.name(), found.value()));
                end = found.end();
            }
            text.replace(node, kept.append(quoted(whole.substring(end))).toString());
        }

        /** The first that was found has a place. */
        private static void add(NavigableMap<Integer, Found> all, Matcher found, int group, String name, boolean secret) {
            Map.Entry<Integer, Found> before = all.lowerEntry(found.end(group));
            if (secret && (before == null || before.getValue().end() <= found.start(group))) {
                all.put(found.start(group), new Found(found.end(group), name, found.group(group)));
            }
        }

        private static String quoted(String text) {
            StringBuilder quoted = new StringBuilder();
            for (char letter : text.toCharArray()) {
                if (letter == '\\' || letter == '"') {
                    quoted.append('\\').append(letter);
                } else if (letter == '\n') {
                    quoted.append("\\n");
                } else if (Character.isISOControl(letter) || letter == '\u2028' || letter == '\u2029' || letter == '\uFEFF') {
                    quoted.append(String.format("\\u%04x", (int) letter));
                } else {
                    quoted.append(letter);
                }
            }
            return quoted.toString();
        }

        private void value(ScalarNode node, String name, String value, String before, String owner) {
            boolean secret = isSecret(name, value);
            if (text.isCut(text.start(node))) {
                // Looked at before, by another reference to it.
                return;
            }
            if (value.replace("$$", "").contains("$")) {
                pieces(node, secret, false, owner);
            } else if (secret || LOGIN_IN_URL.matcher(value).matches()) {
                text.replace(node, before + leftOut(owner + "_" + name, value));
            }
        }

        private static boolean isSecret(String name, String value) {
            String named = named(name);
            return SECRET_NAME.matcher(named).matches() && !NO_SECRET.matcher(named).matches() && !NO_SECRET.matcher(value).matches();
        }

        /** @return the variable that comes in the place of a value */
        private String leftOut(String name, String written) {
            String value = written.replace("$$", "$");
            String variable = VARIABLE + (mark + name).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            while (values.containsKey(variable) && !values.get(variable).equals(value)) {
                variable += "_";
            }
            values.put(variable, value);
            return "${" + variable + ":?}";
        }
    }
}
