package io.jenkins.plugins.igny8.compose;

import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A YAML text as a person wrote it, in which some pieces are replaced. */
final class WrittenText {

    /** An anchor or a tag before a value, both of which count as part of it. */
    private static final Pattern PROPERTY = Pattern.compile("\\G([&!]\\S*)\\s+");

    private final String text;
    /** Where each character begins; null: each takes one of Java's. */
    private final int[] begins;
    /** By their beginning. */
    private final TreeMap<Integer, Cut> cuts = new TreeMap<>();

    private record Cut(int end, String instead) {}

    WrittenText(String text) {
        this.text = text;
        int count = text.codePointCount(0, text.length());
        this.begins = count == text.length() ? null : new int[count + 1];
        for (int index = 0, at = 0; begins != null && index <= count; index++) {
            begins[index] = at;
            at += index < count ? Character.charCount(text.codePointAt(at)) : 0;
        }
    }

    /** A file may have several documents. What Compose took may have any number of aliases, and any depth. */
    void documents(Consumer<Node> look) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setNestingDepthLimit(1000);
        new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text)).forEach(look);
    }

    int start(ScalarNode node) {
        return at(node.getStartMark().getIndex());
    }

    int end(ScalarNode node) {
        return at(node.getEndMark().getIndex());
    }

    /** Marks count characters as people do, of which Java needs two for some. */
    private int at(int index) {
        return begins == null ? index : begins[index];
    }

    String written(ScalarNode node) {
        return text.substring(start(node), end(node));
    }

    boolean isCut(int start) {
        return cuts.containsKey(start);
    }

    void cut(int start, int end, String instead) {
        cuts.put(start, new Cut(end, instead));
    }

    /**
     * Its anchor stays, for the aliases of it, and a tag that is Compose's own.
     *
     * @param content as it stands between double quotes
     */
    void replace(ScalarNode node, String content) {
        String written = written(node);
        StringBuilder properties = new StringBuilder();
        Matcher property = PROPERTY.matcher(written);
        while (property.find()) {
            properties.append(property.group(1).startsWith("!!") ? "" : property.group(1) + " ");
        }
        cut(start(node), end(node), properties + "\"" + content + "\"" + (written.endsWith("\n") ? "\n" : ""));
    }

    String applied() {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (Map.Entry<Integer, Cut> cut : cuts.entrySet()) {
            result.append(text, at, cut.getKey()).append(cut.getValue().instead());
            at = cut.getValue().end();
        }
        return result.append(text, at, text.length()).toString();
    }
}
