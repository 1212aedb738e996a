package io.jenkins.plugins.igny8.compose;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A compose file as YAML for people: the same values give the same bytes, with keys in one order and what they are looked for first. */
public final class RenderedText {

    /** Of a file and of a service; others follow by the alphabet. */
    private static final List<String> FIRST = List.of("name", "services", "image");

    /** What no version of YAML takes for anything but a text; all else is quoted. */
    private static final Pattern PLAIN = Pattern.compile("(?:[A-Za-z/_$]|\\./)(?:[A-Za-z0-9/_.$@%+=~?;{}()*-]|:(?! |$)| (?![ #]|$))*");

    /** Those that an older YAML takes for truth or nothing. */
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private RenderedText() {}

    /**
     * @param comment the file's first line
     * @param file as {@code docker compose config --format json} writes it
     */
    public static String of(String comment, JsonNode file) {
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(node(file, 0), text);
        return "# " + comment.replaceAll("\\p{Cntrl}", "?") + "\n" + text;
    }

    /** @param depth how many keys lead here */
    private static Node node(JsonNode value, int depth) {
        if (value.isObject()) {
            List<String> keys = new ArrayList<>();
            value.fieldNames().forEachRemaining(keys::add);
            keys.sort(Comparator.comparingInt((String key) -> rank(key, depth)).thenComparing(Comparator.naturalOrder()));
            List<NodeTuple> members = keys.stream().map(key -> new NodeTuple(text(key), node(value.get(key), depth + 1))).toList();
            return new MappingNode(Tag.MAP, members, members.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (value.isArray()) {
            List<Node> items = new ArrayList<>();
            value.forEach(item -> items.add(node(item, depth + 1)));
            return new SequenceNode(Tag.SEQ, items, items.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (value.isTextual()) {
            return text(value.asText());
        }
        return value.isNumber()
                ? scalar(value.isIntegralNumber() ? Tag.INT : Tag.FLOAT, value.decimalValue().toPlainString(), ScalarStyle.PLAIN)
                : scalar(value.isNull() ? Tag.NULL : Tag.BOOL, value.asText(), ScalarStyle.PLAIN);
    }

    /** A variable or a label may be called {@code image}: only the keys of a file and of a service are put first. */
    private static int rank(String key, int depth) {
        return (depth == 0 || depth == 2) && FIRST.contains(key) ? FIRST.indexOf(key) : FIRST.size();
    }

    private static Node text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        boolean lines = text.contains("\n") && !text.contains("\r");
        return scalar(Tag.STR, text, plain ? ScalarStyle.PLAIN : lines ? ScalarStyle.LITERAL : ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node scalar(Tag tag, String text, ScalarStyle style) {
        return new ScalarNode(tag, text, null, null, style);
    }
}
