package io.jenkins.plugins.igny8.release;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One state of a project that was brought to an engine, as it is kept there. It holds no value of a
 * variable; of the files' own text, what looks like a secret is left out.
 *
 * @param project Compose's project name
 * @param number counts up for each project of an engine; 0 for what ran before the first deployment that was kept
 * @param outcome what became of it: {@code deployed}, {@code rolled back}, {@code broken}, {@code unchanged};
 *     {@code adopted} for what others deployed
 * @param at when, as ISO 8601
 * @param build which build, as people call it
 * @param url where to look at that build; empty where there is no such place
 * @param user who started it
 * @param services what runs in it
 * @param profiles profiles of the compose files that were switched on
 * @param files the compose files, in the order in which they are merged; empty where they are not known
 * @param others files of the workspace that those include, or extend services of
 * @param variables names of the variables that the files are filled in with, each with a keyed fingerprint of its value, or of
 *     having none; empty where nobody had a key
 * @param code what held where a folder of the engine's machine covered an image's code: the step's {@code code}
 * @param leftOut what stands in the files as a secret and was left out: the names of the variables in its place
 * @param applied migrations that were applied for it, or taken back
 * @param migrations what the database had before it and after it; null: nobody asked
 * @param again the number of the release that this one is once more, since somebody went back to it; null: it is its own
 */
public record Release(
        String project,
        long number,
        String outcome,
        String at,
        String build,
        String url,
        String user,
        List<Service> services,
        List<String> profiles,
        List<File> files,
        List<File> others,
        Map<String, String> variables,
        String code,
        List<String> leftOut,
        List<String> applied,
        Migrations migrations,
        Long again) {

    public static final String DEPLOYED = "deployed";
    public static final String ROLLED_BACK = "rolled back";
    public static final String BROKEN = "broken";
    public static final String ADOPTED = "adopted";

    /** Nothing was switched, but migrations were applied for it. */
    public static final String UNCHANGED = "unchanged";

    /**
     * One service.
     *
     * @param image what the compose file or its pin called the image
     * @param imageId what it was
     * @param configHash Compose's own mark of a container's configuration
     * @param containers how many there were
     */
    public record Service(String name, String image, String imageId, String configHash, int containers) {}

    /** A compose file: its path relative to the workspace, and its text without the values that were left out. */
    public record File(String path, String text) {}

    /** Names of the migrations that are applied, of those that the images know which were asked, in their order. */
    public record Migrations(List<String> before, List<String> after) {}

    /** What was read may be anything. */
    public Release {
        Objects.requireNonNull(outcome);
        services = List.copyOf(services);
        profiles = List.copyOf(profiles);
        files = List.copyOf(files);
        // Older records have none.
        others = Optional.ofNullable(others).map(List::copyOf).orElse(List.of());
        leftOut = List.copyOf(leftOut);
        applied = List.copyOf(applied);
    }

    /** Whether a project was healthy as this release. */
    public boolean stood() {
        return outcome.equals(DEPLOYED) || outcome.equals(ADOPTED);
    }

    /** The number under which it stood first. */
    public long origin() {
        return again == null ? number : again;
    }

    /** This one, which is another one once more. */
    public Release as(Release other) {
        return new Release(
                project, number, outcome, at, build, url, user, services, other.profiles, files, others, variables, other.code, leftOut, applied, migrations,
                other.origin());
    }

    /** The same without its files. */
    Release withoutFiles() {
        return new Release(
                project, number, outcome, at, build, url, user, services, profiles, List.of(), List.of(), variables, code, leftOut, applied, migrations, again);
    }
}
