package io.jenkins.plugins.igny8.compose;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One value in a compose file and where it stands. What a file means is asked of Compose, whose answer has no lines; what a person
 * wrote, and where, is asked here.
 *
 * @param value as written, with its variables
 * @param line beginning with 1
 */
public record Scalar(String value, int line) {

    /**
     * Every value below a path of keys, in the order of the file; nothing for a text that cannot be read, of which Compose itself says
     * why.
     *
     * @param path such as services, web, volumes
     */
    public static List<Scalar> below(String yaml, String... path) {
        try {
            Node node = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
            for (String key : path) {
                node = child(node, key);
            }
            List<Scalar> found = new ArrayList<>();
            collect(node, found);
            return found;
        } catch (YAMLException e) {
            return List.of();
        }
    }

    private static Node child(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (var entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                    return entry.getValueNode();
                }
            }
        }
        return null;
    }

    private static void collect(Node node, List<Scalar> found) {
        if (node instanceof ScalarNode scalar) {
            found.add(new Scalar(scalar.getValue(), scalar.getStartMark().getLine() + 1));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> collect(item, found));
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> collect(entry.getValueNode(), found));
        }
    }
}
