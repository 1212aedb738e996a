package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.DockerCommand.Change;
import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The docker commands that concern images. */
public final class Images {

    private Images() {}

    /** An image as the engine has it. */
    public record Image(String id, List<String> tags, List<String> repoDigests) {

        /** The digest under which a repository knows this image: {@code RepoDigests} lists those of all repositories. */
        public Optional<String> digestIn(ImageReference repository) {
            String start = repository.familiarRepository() + "@";
            return repoDigests.stream()
                    .filter(digest -> digest.startsWith(start))
                    .map(digest -> digest.substring(start.length()))
                    .findFirst();
        }
    }

    public static Question<Image> inspect(String reference) {
        return new Question<>(List.of("image", "inspect", reference), out -> {
            JsonNode image = Json.read(out).get(0);
            return new Image(
                    image.path("Id").asText(), strings(image.path("RepoTags")), strings(image.path("RepoDigests")));
        });
    }

    private static List<String> strings(JsonNode array) {
        return Json.elements(array).map(JsonNode::asText).toList();
    }

    /** Whether the docker command builds with BuildKit's plugin; the answer's exit code tells. */
    public static Question<String> buildxVersion() {
        return new Question<>(List.of("buildx", "version"), String::trim);
    }

    /** What a build is made of; paths as the docker command takes them. */
    public record Build(
            String reference, String dockerfile, String context, List<String> buildArgs, String target, boolean pull, boolean noCache) {}

    /**
     * @param idFile where the command writes the new image's ID
     * @param buildKit whether the command is BuildKit's: the legacy builder rejects {@code --progress}
     */
    public static Change build(Build build, String idFile, boolean buildKit) {
        List<String> words = new ArrayList<>(List.of("build", "-t", build.reference(), "-f", build.dockerfile(), "--iidfile", idFile));
        if (buildKit) {
            words.add("--progress=plain");
        }
        for (String argument : build.buildArgs()) {
            words.addAll(List.of("--build-arg", argument));
        }
        if (build.target() != null) {
            words.addAll(List.of("--target", build.target()));
        }
        if (build.pull()) {
            words.add("--pull");
        }
        if (build.noCache()) {
            words.add("--no-cache");
        }
        words.add(build.context());
        return new Change(words, "image " + build.reference());
    }

    public static Change tag(String image, ImageReference reference) {
        return new Change(List.of("tag", image, reference.toString()), "image " + reference);
    }

    public static Change push(ImageReference reference) {
        return new Change(List.of("push", reference.toString()), "image " + reference);
    }

    public static Change pull(ImageReference reference) {
        return new Change(List.of("pull", reference.toString()), "image " + reference);
    }
}
