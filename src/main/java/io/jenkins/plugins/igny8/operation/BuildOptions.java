package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one image is built, beside what is in its folder. The names are those of {@code docker build}'s options.
 *
 * @param buildArgs {@code KEY=value} each
 * @param target stage at which the build stops; null: the last one
 * @param tags further tags of the same repository
 * @param labels {@code KEY=value} each
 * @param secrets {@code ID=credentialsId} each: what a {@code RUN --mount=type=secret,id=ID} reads
 * @param ssh IDs of ssh agents or keys that {@code RUN --mount=type=ssh} uses, mostly {@code default}
 * @param cacheFrom where the builder may take layers from, as {@code --cache-from} says it
 * @param cacheTo where the builder keeps layers, as {@code --cache-to} says it
 * @param platforms {@code os/architecture} each; empty: the engine's own
 * @param pull look for newer base images in their registry first
 * @param noCache build every layer anew
 */
public record BuildOptions(
        List<String> buildArgs,
        String target,
        List<String> tags,
        List<String> labels,
        List<String> secrets,
        List<String> ssh,
        List<String> cacheFrom,
        List<String> cacheTo,
        List<String> platforms,
        boolean pull,
        boolean noCache) {

    /** Just as the Dockerfile says. */
    public static final BuildOptions NONE = new BuildOptions(
            List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), false, false);

    /** BuildKit's own rule for the names of secrets and keys; a path, which would lead out of the workspace, is none. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    /** The folder of a local cache, in what is a line of comma-separated values. */
    private static final Pattern CACHE_FOLDER = Pattern.compile("(?:^|,)\"?(?:src|dest)=([^,\"]*)");

    public BuildOptions {
        buildArgs = List.copyOf(buildArgs);
        tags = List.copyOf(tags);
        labels = List.copyOf(labels);
        secrets = List.copyOf(secrets);
        ssh = List.copyOf(ssh);
        cacheFrom = List.copyOf(cacheFrom);
        cacheTo = List.copyOf(cacheTo);
        platforms = List.copyOf(platforms);
    }

    /** Credentials IDs by the names under which the Dockerfile asks for them. */
    Map<String, String> secretCredentials() {
        Map<String, String> credentials = new LinkedHashMap<>();
        ComposeProject.variables(secrets, "secrets").forEach((id, credentialsId) -> {
            if (!ID.matcher(id).matches() || credentialsId.isBlank()) {
                throw new Failure("'secrets' wants ID=credentialsId each, but '" + id + "' is no such ID or names no credentials: use letters,"
                        + " digits, '_', '.' and '-'.");
            }
            credentials.put(id, credentialsId.trim());
        });
        return credentials;
    }

    /** All that is wrong with them; empty where nothing is. */
    List<String> problems(Folder workspace) {
        List<String> problems = new ArrayList<>();
        Problems.note(problems, () -> ComposeProject.variables(buildArgs, "buildArgs"));
        Problems.note(problems, () -> ComposeProject.variables(labels, "labels"));
        Problems.note(problems, this::secretCredentials);
        for (String tag : tags) {
            Problems.note(problems, () -> ImageReference.checkedTag(tag));
        }
        for (String id : ssh) {
            if (!ID.matcher(id).matches()) {
                problems.add("'ssh' wants the ID of an ssh agent, such as 'default', but '" + id + "' is none: run the step inside sshagent {…}"
                        + " for a key from Jenkins' credentials.");
            }
        }
        for (String cache : concat(cacheFrom, cacheTo)) {
            Matcher folder = CACHE_FOLDER.matcher(cache);
            while (folder.find()) {
                String path = folder.group(1);
                Problems.note(problems, () -> workspace.path(path));
            }
        }
        return problems;
    }

    /** Those that only BuildKit knows. */
    List<String> buildKitOnly() {
        List<String> names = new ArrayList<>();
        addUnlessEmpty(names, "secrets", secrets);
        addUnlessEmpty(names, "ssh", ssh);
        addUnlessEmpty(names, "cacheTo", cacheTo);
        addUnlessEmpty(names, "platforms", platforms);
        return names;
    }

    private static void addUnlessEmpty(List<String> names, String name, List<String> values) {
        if (!values.isEmpty()) {
            names.add(name);
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
