package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Host;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an image comes from, as the Open Container Initiative's labels say it: {@code org.opencontainers.image.revision},
 * {@code .created}, {@code .version} and {@code .source}.
 *
 * <p>The revision is the last commit that touched this image's context or Dockerfile, and its moment stands in
 * {@code created}. A label that changed with each commit or each minute would give an image a new ID of which nothing else
 * has changed, and a deployment would replace containers for nothing.
 */
final class SourceLabels {

    private static final String PREFIX = "org.opencontainers.image.";

    /** How Git decorates a commit whose parents were not fetched; all files look as if they were new in it. */
    private static final String CUT_OFF = "grafted";

    private final Checkout checkout;

    SourceLabels(Host host) {
        this.checkout = new Checkout(host);
    }

    /**
     * The labels of one image; none where the workspace is no checkout, only the source where the image's files differ from
     * their commit or a shallow clone hides it.
     */
    Map<String, String> of(ImageToBuild image) throws InterruptedException {
        Map<String, String> labels = new LinkedHashMap<>();
        Optional<String> commit = checkout.ask("log", "-1", "--format=%H %cI %D", "--", image.context(), image.dockerfile());
        if (commit.isEmpty() || commit.get().isEmpty()) {
            return labels;
        }
        checkout.ask("config", "--get", "remote.origin.url").ifPresent(url -> labels.put(PREFIX + "source", withoutLogin(url)));
        String[] parts = commit.get().split(" ", 3);
        boolean cutOff = parts.length > 2 && parts[2].contains(CUT_OFF);
        if (cutOff || !checkout.changes(image.context(), image.dockerfile()).orElse("unknown").isEmpty()) {
            return labels;
        }
        labels.put(PREFIX + "revision", parts[0]);
        labels.put(PREFIX + "created", parts[1]);
        checkout.ask("describe", "--tags", "--always", parts[0]).ifPresent(version -> labels.put(PREFIX + "version", version));
        return labels;
    }

    /** Some write a token into the address that they clone from. */
    static String withoutLogin(String url) {
        return url.replaceFirst("^([a-z+]+://)[^/@]*@", "$1");
    }
}
