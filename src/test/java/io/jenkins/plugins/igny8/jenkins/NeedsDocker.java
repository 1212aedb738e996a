package io.jenkins.plugins.igny8.jenkins;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Left out where no engine answers, and nowhere else: {@code docker info} is really asked, once for all tests. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Asked.class)
public @interface NeedsDocker {

    /** The condition. */
    final class Asked implements ExecutionCondition {

        private static final long SECONDS = 30;

        private static ConditionEvaluationResult answer;

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return answer();
        }

        private static synchronized ConditionEvaluationResult answer() {
            if (answer == null) {
                answer = ask();
            }
            return answer;
        }

        private static ConditionEvaluationResult ask() {
            try {
                Process process = new ProcessBuilder("docker", "info")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return ConditionEvaluationResult.disabled("docker info gave no answer within " + SECONDS + " s");
                }
                return process.exitValue() == 0
                        ? ConditionEvaluationResult.enabled("docker info succeeds")
                        : ConditionEvaluationResult.disabled("docker info ends with " + process.exitValue() + ": no engine answers");
            } catch (IOException e) {
                return ConditionEvaluationResult.disabled("there is no docker command: " + e.getMessage());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
