package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tag under which images are pushed where none is given: the commit that is checked out, which says what is inside;
 * where the workspace is no Git checkout, or differs from its commit, branch and build number.
 */
final class DefaultTag {

    /** The distribution project's limit of a tag, in characters. */
    private static final int LONGEST = 128;

    /** So many changed files are named: enough to see what kind of change it is. */
    private static final int SHOWN = 5;

    private DefaultTag() {}

    static String of(Host host) throws InterruptedException {
        Checkout checkout = new Checkout(host);
        String hash = checkout.ask("rev-parse", "HEAD").orElse("");
        if (!hash.matches("[0-9a-f]{40,64}")) {
            return ofBuild(host.environment());
        }
        Optional<String> changes = checkout.changes();
        if (changes.isPresent() && changes.get().isBlank()) {
            return hash;
        }
        host.tell(Event.warning("", "the workspace is changed since its commit " + hash + ", which is therefore not the tag: "
                + changes.orElse("git status fails").lines().limit(SHOWN).map(String::trim).collect(Collectors.joining(", "))));
        return ofBuild(host.environment());
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
