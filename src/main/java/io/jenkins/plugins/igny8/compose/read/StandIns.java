package io.jenkins.plugins.igny8.compose.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Plain variables in the place of those that Compose cannot leave as they are. It splits a mount in its short form at every colon where
 * it fills in no variables, also within <code>${CODE:-./code}:/app</code>: that becomes <code>${IGNY8_STANDS_IN_1}:/app</code>, and back.
 */
public final class StandIns {

    private static final String NAME = "IGNY8_STANDS_IN_";

    /** Lists whose items have short forms with colons. */
    private static final Set<String> LISTS = Set.of("volumes", "devices");

    /** What stands in → what is written. */
    private final Map<String, String> written = new LinkedHashMap<>();

    /** Whether nothing had to be replaced so far. */
    public boolean none() {
        return written.isEmpty();
    }

    /** A compose file with plain variables; as it is where it is no YAML. The same variable gets the same stand-in in all files. */
    public String in(String text) {
        try {
            Found found = new Found(text);
            found.look(new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text)));
            return found.replaced();
        } catch (YAMLException e) {
            return text;
        }
    }

    /** The same values as they are written. */
    public JsonNode restored(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            object.fields().forEachRemaining(member -> all.set(restored(member.getKey()), restored(member.getValue())));
            return all;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> all.add(restored(item)));
            return all;
        }
        return value.isTextual() ? TextNode.valueOf(restored(value.asText())) : value;
    }

    private String restored(String text) {
        String all = text;
        for (Map.Entry<String, String> one : written.entrySet()) {
            all = all.replace(one.getKey(), one.getValue());
        }
        return all;
    }

    private String standIn(String variable) {
        for (Map.Entry<String, String> one : written.entrySet()) {
            if (one.getValue().equals(variable)) {
                return one.getKey();
            }
        }
        String name = "${" + NAME + (written.size() + 1) + "}";
        written.put(name, variable);
        return name;
    }

    /** One text and what is to be replaced in it. */
    private final class Found {
        private final String text;
        private final Map<Integer, String> variables = new LinkedHashMap<>();
        private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        Found(String text) {
            this.text = text;
        }

        String replaced() {
            StringBuilder all = new StringBuilder(text);
            List<Integer> places = new ArrayList<>(variables.keySet());
            places.sort(Comparator.reverseOrder());
            places.forEach(place -> all.replace(place, place + variables.get(place).length(), standIn(variables.get(place))));
            return all.toString();
        }

        /** An alias is the very node that it refers to, so what is mounted by one is found too. */
        void look(Node node) {
            if (node == null || !seen.add(node)) {
                return;
            }
            if (node instanceof MappingNode mapping) {
                mapping.getValue().forEach(entry -> {
                    boolean isShort = entry.getKeyNode() instanceof ScalarNode key && LISTS.contains(key.getValue());
                    if (isShort && entry.getValueNode() instanceof SequenceNode list) {
                        list.getValue().forEach(this::note);
                    }
                    look(entry.getValueNode());
                });
            } else if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(this::look);
            }
        }

        private void note(Node item) {
            if (!(item instanceof ScalarNode scalar)) {
                return;
            }
            // Marks count characters as people do, of which Java needs two for some.
            int end = text.offsetByCodePoints(0, scalar.getEndMark().getIndex());
            int at = text.indexOf("${", text.offsetByCodePoints(0, scalar.getStartMark().getIndex()));
            while (at >= 0 && at < end) {
                int close = closing(at);
                String variable = text.substring(at, close);
                // What YAML reads otherwise than it is written cannot be replaced piece by piece.
                if (variable.contains(":") && (at == 0 || text.charAt(at - 1) != '$') && scalar.getValue().contains(variable)) {
                    variables.put(at, variable);
                }
                at = text.indexOf("${", close);
            }
        }

        private int closing(int at) {
            try {
                return Interpolation.closing(text, at + 2) + 1;
            } catch (Interpolation.Wrong e) {
                return text.length();
            }
        }
    }
}
