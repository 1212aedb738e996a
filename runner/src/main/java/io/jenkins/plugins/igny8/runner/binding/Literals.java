package io.jenkins.plugins.igny8.runner.binding;

import java.util.Optional;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;

/**
 * Declarative's check of literals, which comes before anything runs and is not that of {@link Binder}: it refuses a text for a
 * number, which the binding would take, and takes what can be cast, which the binding may refuse later.
 */
public final class Literals {

    private Literals() {}

    /** What is wrong with a literal as the value of a parameter; empty where Declarative takes it. */
    public static Optional<String> problem(Class<?> wanted, Object literal) {
        // Groovy would cast them. That it takes a text of one letter for an Integer is left as Declarative leaves it: binding '5' gives 5.
        boolean neverCast = wanted == String.class && (literal instanceof Integer || literal instanceof Boolean)
                || wanted == int.class && (literal instanceof String || literal instanceof Boolean);
        try {
            if (!neverCast) {
                ScriptBytecodeAdapter.castToType(literal, wanted);
                return Optional.empty();
            }
        } catch (Throwable e) {
            // Reported below in our own words: Groovy's speak of Java classes.
        }
        return Optional.of("wants " + Binder.typeName(wanted) + ", but was given " + Binder.inWords(literal));
    }
}
