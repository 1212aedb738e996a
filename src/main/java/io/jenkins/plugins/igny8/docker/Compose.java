package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.DockerCommand.Change;
import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The docker compose commands of one project.
 *
 * @param project name of the project: {@code -p}
 * @param files compose files in the order in which they are merged: {@code -f}
 * @param profiles profiles that are switched on
 * @param envFile file with variables for the compose file; null: Compose's own default
 * @param directory what relative paths in the files mean; null: the folder of the first file
 */
public record Compose(String project, List<String> files, List<String> profiles, String envFile, String directory) {

    public Compose {
        files = List.copyOf(files);
        profiles = List.copyOf(profiles);
    }

    public static Compose of(String project, String... files) {
        return new Compose(project, List.of(files), List.of(), null, null);
    }

    /** The same project with one more file, merged last. */
    public Compose and(String file) {
        List<String> all = new ArrayList<>(files);
        all.add(file);
        return new Compose(project, all, profiles, envFile, directory);
    }

    private List<String> words(String... command) {
        List<String> words = new ArrayList<>(List.of("compose"));
        files.forEach(file -> words.addAll(List.of("-f", file)));
        words.addAll(List.of("-p", project));
        profiles.forEach(profile -> words.addAll(List.of("--profile", profile)));
        if (envFile != null) {
            words.addAll(List.of("--env-file", envFile));
        }
        if (directory != null) {
            words.addAll(List.of("--project-directory", directory));
        }
        words.addAll(List.of(command));
        return words;
    }

    /**
     * The files merged and with all variables filled in. The answer holds secrets: variables and env files stand in it as
     * plain text, and each {@code $} is doubled, so that it can be given to Compose again.
     */
    public Question<JsonNode> config() {
        return new Question<>(words("config", "--format", "json"), Json::read);
    }

    /**
     * The files merged, with their variables, env files and relative paths as they are written. Compose can make no sense of some short
     * forms then: what holds is {@link #config} of what this gave.
     */
    public Question<JsonNode> written() {
        return new Question<>(words("config", "--format", "json", "--no-interpolate", "--no-path-resolution"), Json::read);
    }

    /** Names of the services that the files have; Compose answers it without reading the services' env files. */
    public Question<List<String>> services() {
        return new Question<>(words("config", "--services"), out -> out.lines().filter(line -> !line.isBlank()).toList());
    }

    /** What {@code up} may be told, in the order in which it is typed. */
    public enum UpFlag {
        /** Fail where an image is missing, even if the file says how to build it. */
        NO_BUILD,
        /** Leave what the services depend on as it is. */
        NO_DEPS,
        /** Replace every container, also one that is as the files say. */
        FORCE_RECREATE,
        /** Remove containers of services that the files no longer have. */
        REMOVE_ORPHANS;

        private String word() {
            return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One {@code up}.
     *
     * @param services only these and what they depend on; empty: all
     * @param scale {@code SERVICE=NUMBER} each
     * @param grace how long a container that is replaced gets to end by itself; null: as its file says
     */
    public record Up(List<String> services, Set<UpFlag> flags, List<String> scale, Duration grace) {}

    /** Never with {@code --wait}: that judges one-shot services by a race and cannot be bounded. */
    public Change up(Up up) {
        List<String> words = words("up", "-d");
        // Compose's own progress display is made for a terminal.
        words.addAll(1, List.of("--ansi=never", "--progress=plain"));
        up.flags().stream().sorted().map(UpFlag::word).forEach(words::add);
        if (up.grace() != null) {
            words.addAll(List.of("--timeout", String.valueOf(up.grace().toSeconds())));
        }
        up.scale().forEach(scale -> words.addAll(List.of("--scale", scale)));
        words.addAll(up.services());
        return new Change(words, "project " + project);
    }

    /**
     * What {@link #up} would do before it starts anything: read {@link UpPlan} from both outputs. A dry run of the start would wait for
     * ever for a service that others want to have ended.
     */
    public Question<String> plan(Up up) {
        List<String> words = new ArrayList<>(up(up).words());
        words.add(1, "--dry-run");
        words.add(words.indexOf("-d"), "--no-start");
        return new Question<>(words, out -> out);
    }

    /** @param grace how long each container gets to end by itself; null: as its file says */
    public Change down(Duration grace, boolean volumes) {
        List<String> words = words("down");
        words.addAll(1, List.of("--ansi=never", "--progress=plain"));
        if (grace != null) {
            words.addAll(List.of("--timeout", String.valueOf(grace.toSeconds())));
        }
        if (volumes) {
            words.add("--volumes");
        }
        return new Change(words, "project " + project);
    }

    /**
     * Runs a service's command once, in a container of this name that is gone afterwards; output and exit code are the
     * command's. It takes no service's name on a network and publishes no ports. For commands that only read.
     */
    public Question<String> runAndRead(String service, String name, Duration limit) {
        return new Question<>(words("run", "--rm", "-T", "--quiet-pull", "--name", name, service), out -> out, limit);
    }

    /** The same for a command that changes something: it runs on by itself, and the engine allows the name only once. */
    public Change runDetached(String service, String name) {
        return new Change(words("run", "-d", "-T", "--quiet-pull", "--name", name, service), "project " + project);
    }
}
