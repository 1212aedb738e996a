package io.jenkins.plugins.igny8.compose.read;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The text of one YAML file as values with places, merge keys ({@code <<}) filled in. Bounded: whatever the text is, it is read or
 * refused within a second and little memory. Compose files of a thousand services stay far below the bounds.
 */
public final class YamlText {

    /** In bytes, of all files together; a thousand services are about a third of it. */
    public static final long LARGEST = 3_000_000;

    /** Keys, values, beginnings and ends of collections; a service has about thirty. Each takes about a kilobyte while it is read. */
    private static final int MOST_EVENTS = 100_000;

    /** In characters: the parser holds a line as a whole, and takes the square of its length. */
    private static final int LONGEST_LINE = 20_000;

    /** Compose itself nests about eight levels. */
    private static final int DEEPEST = 60;

    /** Values once all aliases are followed. */
    private static final long MOST_EXPANDED = 300_000;

    private static final String RESET = "!reset";
    private static final String OVERRIDE = "!override";

    private final String file;
    private final List<Problem> problems;
    private final Map<Node, Size> sizes = new IdentityHashMap<>();
    private final Map<Node, Value> values = new IdentityHashMap<>();

    private YamlText(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * @param problems gets what is wrong with the text
     * @return the documents of the text, mostly one; empty where it cannot be read
     */
    public static List<Value> read(String file, String text, List<Problem> problems) {
        YamlText reader = new YamlText(file, problems);
        int line = longLine(text);
        if (line > 0) {
            problems.add(new Problem(Problem.YAML, new Place(file, line, 1), "The line has more than " + LONGEST_LINE + " characters.",
                    "Break it, or check that this is a compose file."));
            return List.of();
        }
        try {
            return reader.documents(text);
        } catch (Refused e) {
            problems.add(new Problem(Problem.YAML, reader.place(e.mark), e.getMessage(), e.suggestion));
        } catch (MarkedYAMLException e) {
            problems.add(reader.unreadable(e));
        } catch (ReaderException e) {
            problems.add(new Problem(Problem.YAML, placeOf(file, text, e.getPosition()),
                    String.format("The character U+%04X is not allowed in YAML.", e.getCodePoint()),
                            "Remove it, or write it as an escape in double quotes."));
        } catch (YAMLException e) {
            problems.add(new Problem(Problem.YAML, Place.of(file), "The file cannot be read as YAML: " + firstLine(e.getMessage()) + ".",
                    "Make it valid YAML."));
        }
        return List.of();
    }

    /** The number of the first line that is too long; 0 where none is. */
    private static int longLine(String text) {
        int line = 1;
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            if (end - start > LONGEST_LINE) {
                return line;
            }
            start = end + 1;
            line++;
        }
        return text.length() - start > LONGEST_LINE ? line : 0;
    }

    private List<Value> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_EVENTS);
        options.setNestingDepthLimit(10 * DEEPEST);
        options.setCodePointLimit((int) LARGEST);
        Composer composer = new Composer(new Bounded(new StreamReader(text), options), new Resolver(), options);
        List<Value> documents = new ArrayList<>();
        while (composer.checkNode()) {
            Node node = composer.getNode();
            size(node);
            Value value = value(node);
            if (!value.isMap() && !value.isNothing()) {
                throw new Refused(node.getStartMark(), "The file is no compose file: its top level is no map of keys such as 'services:'.",
                        "Begin with 'services:'.");
            }
            if (value.isMap()) {
                documents.add(value);
            }
        }
        if (documents.isEmpty()) {
            problems.add(new Problem(Problem.YAML, Place.of(file), "The compose file is empty.", "Write the services, or take it out of 'files'."));
        }
        return documents;
    }

    private Problem unreadable(MarkedYAMLException e) {
        Mark mark = Optional.ofNullable(e.getProblemMark()).orElse(e.getContextMark());
        if (String.valueOf(e.getProblem()).contains("\\t(TAB)")) {
            return new Problem(Problem.YAML, place(mark), "A tab stands where YAML wants spaces.", "Indent with spaces.");
        }
        String why = e.getContext() == null ? e.getProblem() : e.getContext() + ", " + e.getProblem();
        return new Problem(Problem.YAML, place(mark), "The file cannot be read as YAML: " + firstLine(why) + ".",
                "Correct indentation, quotes or brackets here or just above.");
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("").replaceAll("\\.$", "");
    }

    private Place place(Mark mark) {
        return mark == null ? Place.of(file) : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Place placeOf(String file, String text, int position) {
        String before = text.substring(0, text.offsetByCodePoints(0, Math.min(position, text.codePointCount(0, text.length()))));
        int lines = (int) before.chars().filter(letter -> letter == '\n').count();
        return new Place(file, lines + 1, before.length() - before.lastIndexOf('\n'));
    }

    /** What a node is once every alias in it is followed. */
    private record Size(long values, int depth) {}

    /** Aliases refer to what stands before them, so this never goes deeper than the text is nested. */
    private Size size(Node node) {
        if (sizes.containsKey(node)) {
            Size known = sizes.get(node);
            if (known == null) {
                throw new Refused(node.getStartMark(), "The anchor here contains itself.", "Take the alias that leads back to it out.");
            }
            return known;
        }
        sizes.put(node, null);
        long values = 1;
        int depth = 0;
        for (Node child : children(node)) {
            Size size = size(child);
            values += size.values;
            depth = Math.max(depth, size.depth);
        }
        if (values > MOST_EXPANDED || depth > DEEPEST) {
            throw new Refused(node.getStartMark(), "The aliases here stand for more than " + MOST_EXPANDED + " values.",
                    "Use fewer aliases of aliases.");
        }
        Size size = new Size(values, depth + 1);
        sizes.put(node, size);
        return size;
    }

    private static List<Node> children(Node node) {
        List<Node> children = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            children.addAll(sequence.getValue());
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> children.addAll(List.of(entry.getKeyNode(), entry.getValueNode())));
        }
        return children;
    }

    private Value value(Node node) {
        Value known = values.get(node);
        if (known == null) {
            known = fresh(node);
            values.put(node, known);
        }
        return known;
    }

    private Value fresh(Node node) {
        Place place = place(node.getStartMark());
        String tag = node.getTag().getValue();
        if (tag.equals(RESET)) {
            return Value.reset(place);
        }
        Value value = Value.nothing(place);
        if (node instanceof ScalarNode scalar && !node.getTag().equals(Tag.NULL)) {
            value = Value.text(place, scalar.getValue());
        } else if (node instanceof SequenceNode sequence) {
            value = Value.list(place, sequence.getValue().stream().map(this::value).toList());
        } else if (node instanceof MappingNode mapping) {
            value = Value.map(place, members(mapping));
        }
        return tag.equals(OVERRIDE) ? value.overriding() : value;
    }

    private Map<String, Value> members(MappingNode mapping) {
        Map<String, Value> own = new LinkedHashMap<>();
        Map<String, Value> merged = new LinkedHashMap<>();
        Map<String, Place> seen = new LinkedHashMap<>();
        for (var entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new Refused(entry.getKeyNode().getStartMark(), "A key here is no text.", "Write a name before the colon.");
            }
            Place place = place(key.getStartMark());
            Place first = seen.putIfAbsent(key.getValue(), place);
            if (first != null) {
                problems.add(new Problem(Problem.YAML, place, "The key '" + key.getValue() + "' stands here a second time, first in line "
                        + first.line() + ".",
                        "Keep one of them."));
            }
            Value value = value(entry.getValueNode());
            if (key.getTag().equals(Tag.MERGE)) {
                value.oneOrMore().forEach(from -> from.members().forEach(merged::putIfAbsent));
            } else {
                own.put(key.getValue(), value.at(place));
            }
        }
        // A map's own keys win, wherever the merge key stands.
        merged.forEach(own::putIfAbsent);
        return own;
    }

    private static final class Refused extends YAMLException {
        private static final long serialVersionUID = 1L;

        private final transient Mark mark;
        private final String suggestion;

        Refused(Mark mark, String sentence, String suggestion) {
            super(sentence);
            this.mark = mark;
            this.suggestion = suggestion;
        }
    }

    /** Stops where a text is more than any compose file, before it fills the memory. */
    private static final class Bounded extends ParserImpl {

        private int events;
        private int depth;

        Bounded(StreamReader reader, LoaderOptions options) {
            super(reader, options);
        }

        @Override
        public Event getEvent() {
            Event event = super.getEvent();
            events++;
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (events > MOST_EVENTS) {
                throw new Refused(event.getStartMark(), "The file has more than " + MOST_EVENTS + " keys and values.",
                        "Split it, or check that it is the right one.");
            }
            if (depth > DEEPEST) {
                throw new Refused(event.getStartMark(), "The file is nested more than " + DEEPEST + " levels deep.",
                        "Check that it is a compose file.");
            }
            return event;
        }
    }
}
