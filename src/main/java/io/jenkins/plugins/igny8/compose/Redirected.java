package io.jenkins.plugins.igny8.compose;

import io.jenkins.plugins.igny8.compose.read.Place;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A compose file as a person wrote it, but for some paths in it, which lead elsewhere. */
public final class Redirected {

    private final String text;
    private final Map<Place, String> paths;
    /** By their beginning, in characters of the text. */
    private final TreeMap<Integer, Cut> cuts = new TreeMap<>();

    private record Cut(int end, String instead) {}

    private Redirected(String text, Map<Place, String> paths) {
        this.text = text;
        this.paths = paths;
    }

    /**
     * @param file what the places call it
     * @param paths by the place of the path that they come instead of, or that of its key
     */
    public static String of(String file, String text, Map<Place, String> paths) {
        Redirected redirected = new Redirected(text, paths);
        new Yaml(new SafeConstructor(new LoaderOptions())).composeAll(new StringReader(text)).forEach(document -> redirected.look(document, file));
        StringBuilder result = new StringBuilder(text);
        redirected.cuts.descendingMap().forEach((start, cut) -> result.replace(start, cut.end(), cut.instead()));
        return result.toString();
    }

    private void look(Node node, String file) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                redirect(entry.getValueNode(), paths.get(place(entry.getKeyNode(), file)));
                look(entry.getValueNode(), file);
            });
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> look(item, file));
        } else {
            redirect(node, paths.get(place(node, file)));
        }
    }

    private void redirect(Node node, String path) {
        if (path != null && node instanceof ScalarNode) {
            // Marks count characters as people do, of which Java needs two for some.
            int start = text.offsetByCodePoints(0, node.getStartMark().getIndex());
            int end = text.offsetByCodePoints(0, node.getEndMark().getIndex());
            String quoted = "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + "\"";
            cuts.put(start, new Cut(end, quoted + (text.substring(start, end).endsWith("\n") ? "\n" : "")));
        }
    }

    private static Place place(Node node, String file) {
        return new Place(file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
    }
}
