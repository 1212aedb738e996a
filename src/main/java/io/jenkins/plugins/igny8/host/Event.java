package io.jenkins.plugins.igny8.host;

/**
 * Something that happened while an operation ran. Log, terminal and records are listeners of these.
 *
 * @param subject what it is about: an image, a service, a container; empty for the operation itself
 */
public record Event(Kind kind, String subject, String text) {

    /** How a listener may tell events apart. */
    public enum Kind {
        /** Said by the operation: what it does and what it found. */
        NOTE,
        /** A line that a command wrote. */
        LINE,
        /** Something is not as it should be, but the operation goes on. */
        WARNING
    }

    public static Event note(String subject, String text) {
        return new Event(Kind.NOTE, subject, text);
    }

    public static Event line(String subject, String text) {
        return new Event(Kind.LINE, subject, text);
    }

    public static Event warning(String subject, String text) {
        return new Event(Kind.WARNING, subject, text);
    }

    /** As a log shows it: with the subject in front, so that parallel outputs stay readable. */
    public String asLine() {
        String mark = kind == Kind.WARNING ? "warning: " : "";
        return subject.isEmpty() ? mark + text : "[" + subject + "] " + mark + text;
    }
}
