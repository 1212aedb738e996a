package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Git knows of the workspace. Nothing where it is no checkout, or where there is no Git: an answer, and no failure. */
final class Checkout {

    /** Git reads a few small files, or compares the files that it knows with what it knows of them. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Host host;

    Checkout(Host host) {
        this.host = host;
    }

    /** What the command prints, where it succeeds. */
    Optional<String> ask(String... words) throws InterruptedException {
        List<String> argv = new ArrayList<>(List.of("git", "--literal-pathspecs"));
        argv.addAll(List.of(words));
        Answer answer = host.question(new Command(argv, withinTheWorkspace(host.environment()), LIMIT));
        return answer.succeeded() ? Optional.of(answer.out().trim()) : Optional.empty();
    }

    /**
     * The files that differ from the commit, as {@code git status} lists them. Files that Git does not know, such as a .env or
     * reports, lie in most workspaces and say nothing about the commit.
     *
     * @param paths where to look; none: everywhere
     */
    Optional<String> changes(String... paths) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("--no-optional-locks", "status", "--porcelain", "--untracked-files=no", "--"));
        words.addAll(List.of(paths));
        return ask(words.toArray(String[]::new));
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
}
