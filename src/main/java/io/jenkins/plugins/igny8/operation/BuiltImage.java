package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.ImageReference;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An image on its way from build to target.
 *
 * @param name what it was built as, tag included; a compose service whose {@code image:} is this name gets this image
 * @param reference where it is to be had now: the local name, after a push the registry's reference with its tag
 * @param imageId the engine's ID of it, {@code sha256:…}; null where this engine never had it
 * @param digest the registry's digest of it, {@code sha256:…}; null until pushed or pulled
 * @param seconds how long the last operation on it took
 * @param cached whether the last build changed nothing; null where it was not built
 */
public record BuiltImage(String name, String reference, String imageId, String digest, Double seconds, Boolean cached) {

    /**
     * The form in which a compose file is to name it: exactly this image and no later one of the same tag. One image keeps
     * one form on an engine, since Compose recreates a container when the text changes.
     */
    public String pin() {
        if (digest != null) {
            return ImageReference.parse(reference).withDigest(digest).toString();
        }
        return localPin().toString();
    }

    /** What the tags of {@link #localPin} look like. */
    static final Pattern LOCAL_PIN = Pattern.compile("igny8-[0-9a-f]{12}");

    /** A tag of our own for an image that is in no registry; it also keeps {@code image prune} from taking it. */
    ImageReference localPin() {
        return localPin(name, imageId);
    }

    /** @param image what an image is called, by tag or digest */
    static ImageReference localPin(String image, String imageId) {
        String id = imageId.substring(imageId.indexOf(':') + 1);
        return ImageReference.parse(image).withTag("igny8-" + id.substring(0, 12));
    }

    /** Its name as a part of a variable's: {@code IGNY8_BACKEND} for {@code igny8-backend:latest}. */
    String variable() {
        return ImageReference.parse(name).name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Whether a compose file that says {@code image: text} means this image; no tag means {@code latest}. */
    public boolean isNamed(String text) {
        return Objects.equals(tagged(name), tagged(text));
    }

    /** A reference in full: no tag means {@code latest}. */
    static String tagged(String text) {
        ImageReference reference = ImageReference.parse(text);
        return reference.tag().isEmpty() && reference.digest().isEmpty()
                ? reference.withTag("latest").toString()
                : reference.toString();
    }

    /** Seconds since a moment of {@link System#nanoTime}, rounded to hundredths. */
    static double secondsSince(long start) {
        return Math.round((System.nanoTime() - start) / 1e7) / 100.0;
    }

    /** What Build, Push and Pull return. */
    public record Images(List<BuiltImage> images, double seconds) {}
}
