package io.jenkins.plugins.igny8.host;

/**
 * Something a person has to act on. Its message is the whole story in one sentence or a short list: what is wrong,
 * where, and what to do. It is shown without a stack trace.
 */
public class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
