package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The tag under which images are pushed where none is given: the commit that is checked out, which says what is inside;
 * where the workspace is no Git checkout, branch and build number.
 */
final class DefaultTag {

    /** Git reads one small file. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The distribution project's limit of a tag, in characters. */
    private static final int LONGEST = 128;

    private DefaultTag() {}

    static String of(Host host) throws InterruptedException {
        Answer commit = host.question(new Command(List.of("git", "rev-parse", "HEAD"), Map.of(), LIMIT));
        String hash = commit.out().trim();
        if (commit.succeeded() && hash.matches("[0-9a-f]{40,64}")) {
            return hash;
        }
        return ofBuild(host.environment());
    }

    static String ofBuild(Map<String, String> environment) {
        String number = environment.getOrDefault("BUILD_NUMBER", "");
        if (number.isEmpty()) {
            throw new Failure("There is no tag to push: the workspace is no Git checkout and the build has no BUILD_NUMBER: give 'tags'.");
        }
        String branch = environment.getOrDefault("BRANCH_NAME", "").replaceAll("[^A-Za-z0-9_.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        if (branch.isEmpty()) {
            branch = "build";
        }
        // The number tells builds apart, so it is not what is cut off.
        String end = "-" + number;
        return branch.substring(0, Math.min(branch.length(), LONGEST - end.length())) + end;
    }
}
