package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which service of a compose file runs which image of this build: every service whose {@code image:} is an image's name
 * gets exactly that image, whatever the tag points to by then.
 *
 * @param images service name → image; services that no image of this build concerns are absent
 */
record Pins(Map<String, BuiltImage> images) {

    /** @param config the merged file, as {@code docker compose config} gives it */
    static Pins of(JsonNode config, List<BuiltImage> candidates) {
        Map<String, BuiltImage> images = new LinkedHashMap<>();
        config.path("services").fields().forEachRemaining(service -> {
            String named = service.getValue().path("image").asText();
            refuseNoReference(service.getKey(), named);
            // What Compose calls the image of a service that says how to build it and no name for it.
            String builtName = config.path("name").asText() + "-" + service.getKey() + ":latest";
            for (BuiltImage candidate : candidates) {
                if (named.isEmpty() ? BuiltImage.tagged(candidate.name()).equals(builtName) : candidate.isNamed(named) || isPinned(named, candidate)) {
                    images.put(service.getKey(), candidate);
                }
            }
        });
        return new Pins(images);
    }

    /** A rendered file names it by our own tag, which the engine may not have yet. */
    private static boolean isPinned(String named, BuiltImage candidate) {
        return candidate.digest() == null && candidate.imageId() != null && named.equals(candidate.pin());
    }

    /** Mostly a variable without a value: {@code app:${TAG}}. */
    private static void refuseNoReference(String service, String image) {
        try {
            if (!image.isEmpty()) {
                ImageReference.parse(image);
            }
        } catch (Failure e) {
            throw new Failure("The service '" + service + "' of the compose file has an image that cannot be: " + e.getMessage()
                    + " Check the variables in it: one without a value is an empty text.");
        }
    }

    boolean none() {
        return images.isEmpty();
    }

    /**
     * Makes sure that the engine has every pinned image under its pin.
     *
     * @return the engine's image ID per service, to be compared with what runs later
     */
    Map<String, String> establish(Docker docker) throws InterruptedException {
        Map<String, String> ids = new LinkedHashMap<>();
        for (Map.Entry<String, BuiltImage> entry : images.entrySet()) {
            ids.put(entry.getKey(), establish(docker, entry.getValue()));
        }
        return ids;
    }

    /** Makes sure that the engine has one image under its pin; returns its ID. */
    static String establish(Docker docker, BuiltImage image) throws InterruptedException {
        var present = docker.find(Images.inspect(image.pin()));
        if (present.isPresent()) {
            return present.get().id();
        }
        if (image.digest() != null) {
            throw new Failure("The image " + image.pin() + " is not on this engine: pull it first (igny8Pull).");
        }
        if (docker.find(Images.inspect(image.imageId())).isEmpty()) {
            throw new Failure("The image " + image.imageId() + " of " + image.name()
                    + " is not on this engine: build here, or bring it here (igny8Push and igny8Pull, or igny8Save and igny8Load).");
        }
        docker.change(Images.tag(image.imageId(), image.localPin()), line -> {});
        return image.imageId();
    }

    /** A compose file to be merged last. JSON is YAML, and Compose reads it as such. */
    String overrideFile() {
        Map<String, Object> services = new LinkedHashMap<>();
        // Never pulled by Compose: the pin is here or the deployment does not start.
        images.forEach((service, image) -> services.put(service, Map.of("image", image.pin(), "pull_policy", "never")));
        return Json.write(Map.of("services", services));
    }
}
