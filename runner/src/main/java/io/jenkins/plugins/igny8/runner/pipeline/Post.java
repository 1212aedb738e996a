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
        FAILURE,
        SUCCESS,
        UNSTABLE,
        UNSUCCESSFUL,
        CLEANUP;

        /** As a Jenkinsfile says it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Whether it holds.
         *
         * @param result of the build so far and of the stage
         * @param stageFailed whether the stage itself has failed or was marked so; null for the post section of the pipeline. A stage's
         *     {@code failure} looks at nothing else, while its {@code success} is also over when another branch has failed.
         */
        boolean holds(Result result, Boolean stageFailed) {
            return switch (this) {
                case ALWAYS, CLEANUP -> true;
                case SUCCESS -> result == Result.SUCCESS;
                case UNSTABLE -> result == Result.UNSTABLE;
                case ABORTED -> result == Result.ABORTED;
                case UNSUCCESSFUL -> result != Result.SUCCESS;
                case FAILURE -> stageFailed == null ? result == Result.FAILURE : stageFailed && result != Result.ABORTED;
            };
        }
    }
}
