package io.jenkins.plugins.igny8.runner;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The variables that Jenkins sets for every build. */
final class Variables {

    /** git reads two small files; a workspace on a dead network drive must not hold the build. */
    private static final Duration GIT_LIMIT = Duration.ofSeconds(10);

    private Variables() {}

    static Map<String, String> of(String job, int number, Path workspace) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("JOB_NAME", job);
        variables.put("JOB_BASE_NAME", job);
        variables.put("BUILD_NUMBER", String.valueOf(number));
        variables.put("BUILD_ID", String.valueOf(number));
        variables.put("BUILD_DISPLAY_NAME", "#" + number);
        variables.put("BUILD_TAG", "jenkins-" + job + "-" + number);
        variables.put("WORKSPACE", workspace.toString());
        putIfKnown(variables, "GIT_COMMIT", git(workspace, "rev-parse", "HEAD"));
        putIfKnown(variables, "BRANCH_NAME", git(workspace, "symbolic-ref", "--short", "HEAD"));
        return variables;
    }

    private static void putIfKnown(Map<String, String> into, String name, String value) {
        if (!value.isEmpty()) {
            into.put(name, value);
        }
    }

    private static String git(Path workspace, String... words) {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        LocalHost host = new LocalHost(workspace, Map.of(), Credentials.none(), new ConcurrentHashMap<>(), event -> {});
        try {
            Answer answer = host.question(new Command(argv, Map.of(), GIT_LIMIT));
            return answer.succeeded() ? answer.out().strip() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
