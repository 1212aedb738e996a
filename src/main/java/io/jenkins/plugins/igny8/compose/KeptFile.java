package io.jenkins.plugins.igny8.compose;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A compose file as it may be kept where others can read it: what a person wrote, but values that stand in it as plain text under a name
 * that says secret, or as a password in a URL, are replaced by variables.
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

    /** One value in the text. */
    private record Cut(int start, int end, String variable, String value, String before) {}

    /** A text that cannot be read as YAML is left as it is: Compose refuses it. */
    public static KeptFile of(String text) {
        List<Cut> cuts = new ArrayList<>();
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            look(root, "", cuts);
        } catch (YAMLException e) {
            return new KeptFile(text, Map.of());
        }
        cuts.sort(Comparator.comparingInt(Cut::start).reversed());
        Map<String, String> values = new LinkedHashMap<>();
        StringBuilder kept = new StringBuilder(text);
        for (Cut cut : cuts) {
            values.put(cut.variable(), cut.value());
            // Marks count characters as people do, of which Java needs two for some.
            int start = text.offsetByCodePoints(0, cut.start());
            int end = text.offsetByCodePoints(0, cut.end());
            String line = text.substring(start, end).endsWith("\n") ? "\n" : "";
            kept.replace(start, end, "\"" + cut.before() + "${" + cut.variable() + ":?}\"" + line);
        }
        return new KeptFile(kept.toString(), values);
    }

    private static void look(Node node, String owner, List<Cut> cuts) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
                boolean variables = key.equals("environment") || key.equals("args");
                if (variables) {
                    variables(entry.getValueNode(), owner, cuts);
                } else {
                    look(entry.getValueNode(), key.isEmpty() || key.equals("<<") || isWord(key) ? owner : key, cuts);
                }
            });
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> look(item, owner, cuts));
        }
    }

    private static boolean isWord(String key) {
        return key.equals("services") || key.equals("build");
    }

    private static void variables(Node node, String owner, List<Cut> cuts) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                if (entry.getKeyNode() instanceof ScalarNode name && entry.getValueNode() instanceof ScalarNode value) {
                    cut(value, name.getValue(), value.getValue(), "", owner, cuts);
                }
            });
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                if (item instanceof ScalarNode word && word.getValue().contains("=")) {
                    String name = word.getValue().substring(0, word.getValue().indexOf('='));
                    cut(word, name, word.getValue().substring(name.length() + 1), name + "=", owner, cuts);
                }
            }
        }
    }

    private static void cut(ScalarNode node, String name, String value, String before, String owner, List<Cut> cuts) {
        boolean secret = SECRET_NAME.matcher(name).matches() && !NO_SECRET.matcher(name).matches() && !NO_SECRET.matcher(value).matches();
        boolean known = cuts.stream().anyMatch(cut -> cut.start() == node.getStartMark().getIndex());
        if (!known && !value.contains("$") && (secret || LOGIN_IN_URL.matcher(value).matches())) {
            String variable = VARIABLE + (owner + "_" + name).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            cuts.add(new Cut(node.getStartMark().getIndex(), node.getEndMark().getIndex(), variable, value, before));
        }
    }
}
