package io.jenkins.plugins.igny8.runner.build;

/** Scripts throw checked exceptions without declaring them; they must come out as they are, so that a script can catch them. */
public final class Sneaky {

    private Sneaky() {}

    /** Throws what it is given; the return type lets the caller write {@code throw}. */
    @SuppressWarnings("unchecked")
    public static <E extends Throwable> RuntimeException rethrow(Throwable error) throws E {
        throw (E) error;
    }
}
