package io.jenkins.plugins.igny8.runner.build;

import java.util.Arrays;
import java.util.stream.Stream;

/** Where in the Jenkinsfile something happens: its compiled code carries this name and the line numbers of the file. */
public final class Lines {

    /** Name of the compiled source, whatever the file is called. */
    public static final String SOURCE = "Jenkinsfile";

    private Lines() {}

    /** The line that is being executed by this thread; 0 where none is. */
    public static int now() {
        return StackWalker.getInstance().walk(frames -> first(frames.map(StackWalker.StackFrame::toStackTraceElement)));
    }

    static int in(StackTraceElement[] trace) {
        return first(Arrays.stream(trace));
    }

    private static int first(Stream<StackTraceElement> frames) {
        return frames.filter(frame -> SOURCE.equals(frame.getFileName()) && frame.getLineNumber() > 0)
                .mapToInt(StackTraceElement::getLineNumber)
                .findFirst()
                .orElse(0);
    }
}
