package io.jenkins.plugins.igny8.runner.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.apache.tools.ant.types.selectors.SelectorUtils;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** What a section {@code when} asks. Numbers are those of blocks. */
public sealed interface Condition {

    /** @param code runs the block of that number */
    boolean holds(IntFunction<Object> code, Map<String, String> environment);

    /** Any expression that Groovy takes for true. */
    record Expression(int code) implements Condition {
        @Override
        public boolean holds(IntFunction<Object> blocks, Map<String, String> environment) {
            return DefaultTypeTransformation.castToBoolean(blocks.apply(code));
        }
    }

    /** The branch that is being built, compared like a path by Ant's patterns. */
    record Branch(int pattern) implements Condition {
        @Override
        public boolean holds(IntFunction<Object> blocks, Map<String, String> environment) {
            String branch = environment.get("BRANCH_NAME");
            return branch != null && SelectorUtils.matchPath(String.valueOf(blocks.apply(pattern)), branch);
        }
    }

    /** A variable that has a value. */
    record Environment(int name, int value) implements Condition {
        @Override
        public boolean holds(IntFunction<Object> blocks, Map<String, String> environment) {
            return Objects.equals(environment.get(String.valueOf(blocks.apply(name))), String.valueOf(blocks.apply(value)));
        }
    }

    /** Two values that are the same, compared as Groovy does. */
    record Equal(int expected, int actual) implements Condition {
        @Override
        public boolean holds(IntFunction<Object> blocks, Map<String, String> environment) {
            return DefaultTypeTransformation.compareEqual(blocks.apply(actual), blocks.apply(expected));
        }
    }

    /** None of these is false. */
    record AllOf(List<Condition> all) implements Condition {
        @Override
        public boolean holds(IntFunction<Object> blocks, Map<String, String> environment) {
            return all.stream().allMatch(each -> each.holds(blocks, environment));
        }
    }

    /** One of these is true. */
    record AnyOf(List<Condition> all) implements Condition {
        @Override
        public boolean holds(IntFunction<Object> blocks, Map<String, String> environment) {
            return all.stream().anyMatch(each -> each.holds(blocks, environment));
        }
    }

    /** The contrary. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(IntFunction<Object> blocks, Map<String, String> environment) {
            return !condition.holds(blocks, environment);
        }
    }
}
