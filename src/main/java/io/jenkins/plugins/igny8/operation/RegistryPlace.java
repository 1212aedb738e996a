package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where images lie: a registry and a namespace in it.
 *
 * @param registry {@code host[:port]}; empty: Docker Hub
 * @param namespace such as {@code team} or {@code team/project}; empty: none
 */
record RegistryPlace(String registry, String namespace) {

    /** What docker writes about a layer on the way, and repeats of what the operation tells; what became of a layer is enough. */
    private static final Pattern PASSING = Pattern.compile(
            "[0-9a-f]{12}: (?:Preparing|Waiting|Pushing|Layer already exists|Pulling fs layer|Downloading|Verifying Checksum|Download complete"
                    + "|Extracting|Already exists|Retrying in \\d*[^05 ] )\\b.*"
                    + "|The push refers to repository .*|\\S+: Pulling from .*|Digest: .*|\\S+/\\S+");

    RegistryPlace {
        registry = registry == null ? "" : registry;
        namespace = namespace == null ? "" : namespace;
    }

    /** All that is wrong with it; empty where nothing is. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!registry.isEmpty()) {
            Problems.note(problems, () -> ImageReference.checkedRegistry(registry));
        }
        if (!namespace.isEmpty()) {
            Problems.note(problems, () -> ImageReference.checkedNamespace(namespace));
        }
        if (problems.isEmpty() && registry.isEmpty() && !namespace.isEmpty() && !of("x").path().equals(namespace + "/x")) {
            problems.add("Docker takes the first part of the namespace '" + namespace + "' for a registry: give it in 'registry'.");
        }
        return problems;
    }

    /** A name at this place; {@code name} may carry a tag. */
    ImageReference of(String name) {
        String registryPart = registry.isEmpty() ? "" : registry + "/";
        String namespacePart = namespace.isEmpty() ? "" : namespace + "/";
        return ImageReference.parse(registryPart + namespacePart + name);
    }

    /** Whether docker's line is one that a log is better without. */
    static boolean passing(String line) {
        return PASSING.matcher(line).matches();
    }
}
