package io.jenkins.plugins.igny8.compose;

import io.jenkins.plugins.igny8.compose.read.Place;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A compose file as a person wrote it, but for some paths in it, which lead elsewhere. */
public final class Redirected {

    private final WrittenText text;
    private final Map<Place, String> paths;

    private Redirected(WrittenText text, Map<Place, String> paths) {
        this.text = text;
        this.paths = paths;
    }

    /**
     * @param file what the places call it
     * @param paths by the place of the path that they come instead of, or that of its key
     */
    public static String of(String file, String text, Map<Place, String> paths) {
        WrittenText written = new WrittenText(text);
        Redirected redirected = new Redirected(written, paths);
        written.documents(document -> redirected.look(document, file));
        return written.applied();
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
        if (path != null && node instanceof ScalarNode scalar) {
            text.replace(scalar, path.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$"));
        }
    }

    private static Place place(Node node, String file) {
        return new Place(file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
    }
}
