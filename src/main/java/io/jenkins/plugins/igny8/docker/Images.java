package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.DockerCommand.Change;
import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The docker commands that concern images. */
public final class Images {

    private static final Pattern SIZE = Pattern.compile("([0-9.e+]+)([kMGTP]?)B");

    private Images() {}

    /**
     * An image as the engine has it.
     *
     * @param tags its references by tag
     * @param repoDigests its references by digest, of all repositories
     * @param workingDirectory where its command starts; empty where it says nothing
     * @param lastNamed when it was made or last got a tag, whichever is later
     */
    public record Image(String id, List<String> tags, List<String> repoDigests, String workingDirectory, Instant lastNamed) {

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
        return new Question<>(List.of("image", "inspect", reference), out -> image(Json.read(out).get(0)));
    }

    /** The same for several; one that is gone meanwhile makes the question fail. */
    public static Question<List<Image>> inspect(List<String> references) {
        List<String> words = new ArrayList<>(List.of("image", "inspect"));
        words.addAll(references);
        return new Question<>(words, out -> Json.elements(Json.read(out)).map(Images::image).toList());
    }

    /**
     * What an image says of how it runs.
     *
     * @param hasHealthCheck whether it brings a health check
     * @param exposed ports without their protocol
     */
    public record Ways(String id, boolean hasHealthCheck, List<Integer> exposed) {}

    public static Question<Ways> ways(String reference) {
        return new Question<>(List.of("image", "inspect", reference), out -> {
            JsonNode image = Json.read(out).get(0);
            JsonNode check = image.path("Config").path("Healthcheck").path("Test");
            List<Integer> exposed = new ArrayList<>();
            image.path("Config").path("ExposedPorts").fieldNames().forEachRemaining(port -> exposed.add(Integer.valueOf(port.replaceAll("/.*", ""))));
            return new Ways(image.path("Id").asText(), check.size() > 0 && !check.get(0).asText().equals("NONE"), exposed);
        });
    }

    /** Whether a registry has an image, asked with whatever login the docker command has; the answer's exit code tells. */
    public static Question<String> inRegistry(String reference) {
        return new Question<>(List.of("manifest", "inspect", reference), out -> out);
    }

    private static Image image(JsonNode image) {
        Instant created = instant(image.path("Created").asText());
        Instant tagged = instant(image.path("Metadata").path("LastTagTime").asText());
        return new Image(
                image.path("Id").asText(),
                strings(image.path("RepoTags")),
                strings(image.path("RepoDigests")),
                image.path("Config").path("WorkingDir").asText(),
                tagged.isAfter(created) ? tagged : created);
    }

    private static Instant instant(String text) {
        return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
    }

    /** IDs of all images that have a name, each once. */
    public static Question<List<String>> all() {
        return new Question<>(
                List.of("image", "ls", "--quiet", "--no-trunc", "--filter", "dangling=false"),
                out -> out.lines().map(String::trim).filter(line -> !line.isEmpty()).distinct().toList());
    }

    /**
     * The bytes that each image shares with no other, by its ID: what removing it wins at least. The engine adds up all layers
     * for it, which takes minutes where there are many.
     */
    public static Question<Map<String, Long>> uniqueSizes() {
        return new Question<>(List.of("system", "df", "--verbose", "--format", "{{json .Images}}"), out -> {
            Map<String, Long> sizes = new HashMap<>();
            Json.elements(Json.read(out)).forEach(image -> sizes.put(image.path("ID").asText(), bytes(image.path("UniqueSize").asText())));
            return sizes;
        }, Duration.ofMinutes(5));
    }

    /** Reads what Docker writes for people: {@code 502B}, {@code 1.2kB}, {@code 121.2MB}. */
    static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return 0;
        }
        return Math.round(Double.parseDouble(size.group(1)) * Math.pow(1000, "kMGTP".indexOf(size.group(2)) + 1));
    }

    /** Takes one name from an image; with the last one goes the image. Refused while a container uses it. */
    public static Change remove(String reference) {
        return new Change(List.of("image", "rm", reference), "image " + reference);
    }

    private static List<String> strings(JsonNode array) {
        return Json.elements(array).map(JsonNode::asText).toList();
    }

    /** Whether the docker command builds with BuildKit's plugin; the answer's exit code tells. */
    public static Question<String> buildxVersion() {
        return new Question<>(List.of("buildx", "version"), String::trim);
    }

    /**
     * What a build is made of; paths as the docker command takes them.
     *
     * @param references names of the image; the first one is the one that counts
     * @param secrets files by the IDs under which a Dockerfile asks for them
     */
    public record Build(
            List<String> references,
            String dockerfile,
            String context,
            List<String> buildArgs,
            String target,
            Map<String, String> labels,
            Map<String, String> secrets,
            List<String> ssh,
            List<String> cacheFrom,
            List<String> cacheTo,
            List<String> platforms,
            boolean pull,
            boolean noCache) {}

    /**
     * @param idFile where the command writes the new image's ID
     * @param buildKit whether the command is BuildKit's: the legacy builder rejects {@code --progress}
     */
    public static Change build(Build build, String idFile, boolean buildKit) {
        List<String> words = new ArrayList<>(List.of("build"));
        each(words, "-t", build.references());
        words.addAll(List.of("-f", build.dockerfile(), "--iidfile", idFile));
        if (buildKit) {
            words.add("--progress=plain");
        }
        each(words, "--build-arg", build.buildArgs());
        if (build.target() != null) {
            words.addAll(List.of("--target", build.target()));
        }
        build.labels().forEach((key, value) -> words.addAll(List.of("--label", key + "=" + value)));
        build.secrets().forEach((id, file) -> words.addAll(List.of("--secret", "id=" + id + "," + DockerCommand.field("src=" + file))));
        each(words, "--ssh", build.ssh());
        each(words, "--cache-from", build.cacheFrom());
        each(words, "--cache-to", build.cacheTo());
        if (!build.platforms().isEmpty()) {
            words.addAll(List.of("--platform", String.join(",", build.platforms())));
        }
        if (build.pull()) {
            words.add("--pull");
        }
        if (build.noCache()) {
            words.add("--no-cache");
        }
        words.add(build.context());
        return new Change(words, "image " + build.references().get(0));
    }

    private static void each(List<String> words, String option, List<String> values) {
        values.forEach(value -> words.addAll(List.of(option, value)));
    }

    public static Change tag(String image, ImageReference reference) {
        return new Change(List.of("tag", image, reference.toString()), "image " + reference);
    }

    /**
     * @param images an ID, and names of the same image that a load is to give back: by an ID alone an image is saved without any name,
     *     by a name alone it is whatever image has that name by then, and a name without tag means all tags there are
     * @param file absolute; its folder must be there. Docker writes beside it and then moves, but leaves what it wrote when it is killed
     */
    public static Change save(List<String> images, String file) {
        List<String> words = new ArrayList<>(List.of("save", "--output", file));
        words.addAll(images);
        return new Change(words, "file " + file);
    }

    /** Gives the engine what {@link #save} wrote, with the names that it was saved with. */
    public static Change load(String file) {
        return new Change(List.of("load", "--quiet", "--input", file), "images of " + file);
    }

    public static Change push(ImageReference reference) {
        return new Change(List.of("push", reference.toString()), "image " + reference);
    }

    public static Change pull(ImageReference reference) {
        return pull(reference, "");
    }

    /** @param platform such as {@code linux/arm64}; empty: the engine's own */
    public static Change pull(ImageReference reference, String platform) {
        List<String> words = new ArrayList<>(List.of("pull"));
        if (!platform.isEmpty()) {
            words.addAll(List.of("--platform", platform));
        }
        words.add(reference.toString());
        return new Change(words, "image " + reference);
    }
}
