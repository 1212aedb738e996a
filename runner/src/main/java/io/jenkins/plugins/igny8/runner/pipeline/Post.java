package io.jenkins.plugins.igny8.runner.pipeline;

import io.jenkins.plugins.igny8.runner.report.Result;
import java.util.Locale;
import java.util.Map;

/** A section {@code post}: the number of the block for each of its conditions. */
public record Post(Map<When, Integer> blocks) {

    public static final Post NONE = new Post(Map.of());

    /** The conditions in the order in which Jenkins looks at them. */
    public enum When {
        ALWAYS,
        ABORTED,
        SUCCESS,
        UNSUCCESSFUL,
        UNSTABLE,
        FAILURE,
        CLEANUP;

        /** As a Jenkinsfile says it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it holds for what the build, as far as this section can tell, has come to. */
        boolean holds(Result result) {
            return switch (this) {
                case ALWAYS, CLEANUP -> true;
                case SUCCESS -> result == Result.SUCCESS;
                case UNSTABLE -> result == Result.UNSTABLE;
                case ABORTED -> result == Result.ABORTED;
                case UNSUCCESSFUL -> result != Result.SUCCESS;
                case FAILURE -> result == Result.FAILURE;
            };
        }
    }
}
