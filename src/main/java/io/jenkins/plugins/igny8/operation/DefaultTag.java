package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tag under which images are pushed where none is given: the commit that is checked out, which says what is inside;
 * where the workspace is no Git checkout, or differs from its commit, branch and build number.
 */
final class DefaultTag {

    /** Git reads one small file, or compares the files that it knows with what it knows of them. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The distribution project's limit of a tag, in characters. */
    private static final int LONGEST = 128;

    /** So many changed files are named: enough to see what kind of change it is. */
    private static final int SHOWN = 5;

    private DefaultTag() {}

    static String of(Host host) throws InterruptedException {
        Answer commit = git(host, "rev-parse", "HEAD");
        String hash = commit.out().trim();
        if (!commit.succeeded() || !hash.matches("[0-9a-f]{40,64}")) {
            return ofBuild(host.environment());
        }
        // Files that Git does not know, such as a .env or reports, lie in most workspaces and say nothing about the commit.
        Answer changes = git(host, "--no-optional-locks", "status", "--porcelain", "--untracked-files=no");
        if (changes.succeeded() && changes.out().isBlank()) {
            return hash;
        }
        host.tell(Event.warning("", "the workspace is changed since its commit " + hash + ", which is therefore not the tag: "
                + changes.out().lines().limit(SHOWN).map(String::trim).collect(Collectors.joining(", "))));
        return ofBuild(host.environment());
    }

    private static Answer git(Host host, String... words) throws InterruptedException {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        return host.question(new Command(argv, withinTheWorkspace(host.environment()), LIMIT));
    }

    /**
     * Git looks upwards for a repository: from a folder inside the checkout that is wanted, but a repository in which the whole
     * workspace happens to lie, such as a home under version control, says nothing about these images.
     */
    private static Map<String, String> withinTheWorkspace(Map<String, String> environment) {
        String workspace = environment.getOrDefault("WORKSPACE", "").replaceAll("/+$", "");
        int name = workspace.lastIndexOf('/');
        return name < 1 ? Map.of() : Map.of("GIT_CEILING_DIRECTORIES", workspace.substring(0, name));
    }

    static String ofBuild(Map<String, String> environment) {
        String number = environment.getOrDefault("BUILD_NUMBER", "");
        if (number.isEmpty()) {
            throw new Failure("There is no tag to push: the workspace is no Git checkout without changes, and the build has no BUILD_NUMBER: give 'tags'.");
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
