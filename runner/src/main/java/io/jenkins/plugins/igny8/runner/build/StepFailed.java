package io.jenkins.plugins.igny8.runner.build;

import groovy.lang.GroovyRuntimeException;
import io.jenkins.plugins.igny8.host.Failure;

/** A step did not do what it was asked for. The message is the step's own, so that a script that catches it reads what it would in Jenkins. */
public final class StepFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String step;
    private final int line;

    /** @param line where the step, or what is as good as one, stands in the file */
    public StepFailed(String step, int line, Throwable cause) {
        super(inWords(cause), cause);
        this.step = step;
        this.line = line;
    }

    /** Where the step stands in the file. */
    public int line() {
        return line;
    }

    /** With the step and its place in the file. */
    public String located(String file) {
        // Sentences about a step's arguments begin with its name.
        return file + ":" + line + ": " + (getMessage().startsWith(step) ? "" : step + ": ") + getMessage();
    }

    /** Any exception as one sentence with its place in the file; a failure of ours without its class, a programming error with it. */
    public static String describe(String file, Throwable error) {
        if (error instanceof StepFailed failed) {
            return failed.located(file);
        }
        int line = Lines.in(error.getStackTrace());
        return (line > 0 ? file + ":" + line + ": " : "") + inWords(error);
    }

    private static String inWords(Throwable error) {
        if (error instanceof Failure || error instanceof Aborted) {
            return error.getMessage();
        }
        if (error instanceof GroovyRuntimeException groovy) {
            return groovy.getMessageWithoutLocationText();
        }
        StackTraceElement[] trace = error.getStackTrace();
        boolean ours = trace.length > 0 && trace[0].getClassName().startsWith("io.jenkins.plugins.igny8.");
        return error.getClass().getSimpleName() + (error.getMessage() == null ? "" : ": " + error.getMessage()) + (ours ? " (at " + trace[0] + ")" : "");
    }
}
