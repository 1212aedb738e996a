package io.jenkins.plugins.igny8.docker;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A docker command that knows its words, its kind and the type of its answer. The kind is part of the type, so that
 * nobody can run a change as if it were a question.
 */
public sealed interface DockerCommand {

    /** The words after {@code docker}. */
    List<String> words();

    /** One field of an option that is a line of comma-separated values: quoted, since a path may have a comma. */
    static String field(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    /**
     * Changes nothing, may be asked again at will.
     *
     * @param reader makes the answer of what the command wrote to its standard output
     * @param limit an engine that has not answered by then is taken for dead
     */
    record Question<R>(List<String> words, Function<String, R> reader, Duration limit) implements DockerCommand {

        /** Answers come within milliseconds; a loaded machine may take seconds. */
        static final Duration LIMIT = Duration.ofSeconds(60);

        Question(List<String> words, Function<String, R> reader) {
            this(words, reader, LIMIT);
        }
    }

    /**
     * Changes something on the engine or in a registry.
     *
     * @param target what is changed; two changes on one target never run beside each other
     * @param limit the longest time it may take; null: none but the step's own
     */
    record Change(List<String> words, String target, Duration limit) implements DockerCommand {

        Change(List<String> words, String target) {
            this(words, target, null);
        }

        /** The same change with a time limit. */
        public Change within(Duration time) {
            return new Change(words, target, time);
        }
    }

    /** Writes lines until it is closed; may be cut at any time and is never the truth. */
    record Streaming(List<String> words) implements DockerCommand {}
}
