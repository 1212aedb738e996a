package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.ImageReference;
import java.util.List;

/**
 * One image to be built.
 *
 * @param name its reference, such as {@code igny8-backend:latest}
 * @param dockerfile path of the Dockerfile, relative to the workspace
 * @param context folder that is sent to the builder, relative to the workspace
 * @param options how it is built
 */
public record ImageToBuild(String name, String dockerfile, String context, BuildOptions options) {

    /** Built just as its Dockerfile says. */
    public ImageToBuild(String name, String dockerfile, String context) {
        this(name, dockerfile, context, BuildOptions.NONE);
    }

    /** The four images that IGNY8's pipeline document builds, in its order and with its names. */
    public static List<ImageToBuild> documented() {
        return List.of(
                new ImageToBuild("igny8-backend:latest", "backend/Dockerfile", "backend"),
                new ImageToBuild("igny8-frontend-dev:latest", "frontend/Dockerfile.dev", "frontend"),
                new ImageToBuild("igny8-marketing-dev:latest", "frontend/Dockerfile.marketing.dev", "frontend"),
                new ImageToBuild("igny8-sites-dev:latest", "sites/Dockerfile.dev", "sites"));
    }

    /** What log lines call it. */
    String title() {
        return ImageReference.parse(name).name();
    }
}
