package io.jenkins.plugins.igny8.runner.report;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The log that a person reads. Lines of parallel branches carry the branch's name; secrets are shown as {@code ****}. */
public final class Console {

    /** Shorter lines of a secret text, such as a single brace, would blacken the whole log and tell nothing. */
    private static final int TELLING_LENGTH = 8;

    private final PrintStream out;
    private final Supplier<Collection<String>> secrets;
    private volatile Supplier<String> branch = () -> "";

    public Console(PrintStream out, Supplier<Collection<String>> secrets) {
        this.out = out;
        this.secrets = secrets;
    }

    /** Who knows on which branch the current thread works; empty text: on none. */
    public void branches(Supplier<String> current) {
        branch = current;
    }

    /** Prints a text, each of its lines marked with the branch. */
    public void say(String text) {
        String mark = branch.get().isEmpty() ? "" : "[" + branch.get() + "] ";
        String masked = mask(text);
        synchronized (out) {
            masked.lines().forEach(line -> out.println(mark + line));
            if (masked.isEmpty()) {
                out.println(mark);
            }
            out.flush();
        }
    }

    /** As {@link #say}, with an empty line before it where one stage follows another. */
    public void headline(String text) {
        if (branch.get().isEmpty()) {
            say("");
        }
        say(text);
    }

    /** The text without the secrets handed out so far. */
    public String mask(String text) {
        String masked = text;
        // The longest first: one secret may be the beginning of another. Lines of a secret text appear one by one.
        List<String> all = secrets.get().stream()
                .flatMap(secret -> Stream.concat(Stream.of(secret), secret.lines().filter(line -> line.length() >= TELLING_LENGTH)))
                .filter(secret -> !secret.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String secret : all) {
            masked = masked.replace(secret, "****");
        }
        return masked;
    }
}
