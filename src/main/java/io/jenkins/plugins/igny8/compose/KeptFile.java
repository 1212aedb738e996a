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

    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(PASS(WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|CREDENTIALS?|PRIVATE|API_?KEY|ACCESS_?KEY|_KEY|DSN)(_.*)?");
    private static final Pattern NO_SECRET = Pattern.compile("(?i)|.*_(FILE|PATH|URL|NAME|ID|HOST|PORT|HOURS|DAYS|SECONDS|LENGTH)|true|false|yes|no|\\d{1,4}");
    private static final Pattern LOGIN_IN_URL = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s:@]*:[^/\\s@]+@.*");

    /** A variable of Compose with a default that is plain text. */
    private static final Pattern DEFAULT = Pattern.compile("(?<!\\$)((?:\\$\\$)*\\$\\{([A-Za-z_]\\w*):?-)((?:[^{}$]++|\\$\\$)++)}");

    /** Keys whose values are commands. */
    private static final Set<String> COMMANDS = Set.of("command", "entrypoint", "test");

    private static final Pattern OPTION = Pattern.compile("--?([A-Za-z][\\w-]*)");

    /** An option and its value in a command that is one text, with quotes for a shell or without. */
    private static final Pattern OPTION_WITH_VALUE = Pattern.compile(
            "(?<![\\w-])--?([A-Za-z][\\w-]*)(?:=|\\s+)(?:'([^'$]+)'|\"([^\"$\\\\]+)\"|((?:[^\\s\"'$;|&<>(){}\\[\\],\\\\]++|\\$\\$)++))");

    public static KeptFile of(String text) {
        return of(text, "");
    }

    /**
     * A text that cannot be read as YAML is left as it is: Compose refuses it.
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
            return new KeptFile(text, Map.of());
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
                    if (key.equals("environment") || key.equals("args")) {
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
                defaults(scalar, false, owner);
            }
        }

        private static boolean isWord(String key) {
            return key.equals("services") || key.equals("build");
        }

        private void variables(Node node, String owner) {
            if (node instanceof MappingNode mapping) {
                mapping.getValue().forEach(entry -> {
                    if (entry.getKeyNode() instanceof ScalarNode name && entry.getValueNode() instanceof ScalarNode value) {
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
                options(line, owner);
            } else if (node instanceof SequenceNode words) {
                String option = "";
                for (Node item : words.getValue()) {
                    if (item instanceof ScalarNode word) {
                        if (!option.isEmpty() && !OPTION.matcher(word.getValue()).matches()) {
                            value(word, option, word.getValue(), "", owner);
                        } else {
                            options(word, owner);
                        }
                        Matcher found = OPTION.matcher(word.getValue());
                        option = found.matches() ? named(found.group(1)) : "";
                    }
                }
            } else {
                look(node, owner);
            }
        }

        private static String named(String option) {
            return option.replace('-', '_');
        }

        /** One place in a command, and what stands there. */
        private record Found(int end, String name, String value) {}

        /** The text as a whole, since it may stand where a brace has a meaning. */
        private void options(ScalarNode node, String owner) {
            String command = node.getValue();
            NavigableMap<Integer, Found> all = new TreeMap<>();
            Matcher option = OPTION_WITH_VALUE.matcher(command);
            while (option.find()) {
                int group = option.start(2) >= 0 ? 2 : option.start(3) >= 0 ? 3 : 4;
                add(all, option, group, named(option.group(1)));
            }
            if (all.isEmpty() || text.isCut(text.start(node))) {
                defaults(node, false, owner);
                return;
            }
            Matcher variable = DEFAULT.matcher(command);
            while (variable.find()) {
                add(all, variable, 3, variable.group(2));
            }
            StringBuilder kept = new StringBuilder();
            int end = 0;
            for (var one : all.entrySet()) {
                Found found = one.getValue();
                kept.append(quoted(command.substring(end, one.getKey()))).append(leftOut(owner + "_" + found.name(), found.value()));
                end = found.end();
            }
            text.replace(node, kept.append(quoted(command.substring(end))).toString());
        }

        private static void add(Map<Integer, Found> all, Matcher found, int group, String name) {
            if (isSecret(name, found.group(group))) {
                all.put(found.start(group), new Found(found.end(group), name, found.group(group)));
            }
        }

        private static String quoted(String text) {
            return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
        }

        private void value(ScalarNode node, String name, String value, String before, String owner) {
            boolean secret = isSecret(name, value);
            if (text.isCut(text.start(node))) {
                // Looked at before, by another reference to it.
                return;
            }
            if (value.replace("$$", "").contains("$")) {
                defaults(node, secret, owner);
            } else if (secret || LOGIN_IN_URL.matcher(value).matches()) {
                text.replace(node, before + leftOut(owner + "_" + name, value));
            }
        }

        /** Defaults of variables whose names say secret; of all where the value itself is one. */
        private void defaults(ScalarNode node, boolean secret, String owner) {
            int start = text.start(node);
            Matcher found = DEFAULT.matcher(text.written(node));
            while (found.find()) {
                // What YAML reads otherwise than it is written cannot be replaced piece by piece.
                if (!text.isCut(start + found.start(3)) && node.getValue().contains(found.group()) && (secret || isSecret(found.group(2), found.group(3)))) {
                    text.cut(start + found.start(3), start + found.end(3), leftOut(owner + "_" + found.group(2), found.group(3)));
                }
            }
        }

        private static boolean isSecret(String name, String value) {
            return SECRET_NAME.matcher(name).matches() && !NO_SECRET.matcher(name).matches() && !NO_SECRET.matcher(value).matches();
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
