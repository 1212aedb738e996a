package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Dockerfile;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.List;
import java.util.Optional;

/**
 * A mount of a service.
 *
 * @param value its entry in the file
 */
record Mount(String type, String source, String target, boolean readOnly, Value value) {

    static List<Mount> of(Service service) {
        return service.get("volumes").items().stream()
                .map(volume -> new Mount(volume.get("type").text(), volume.get("source").text(), Paths.resolved("/", volume.get("target").text()),
                volume.get("read_only").isTrue(), volume))
                .toList();
    }

    boolean isBind() {
        return type.equals("bind");
    }

    /** Whether the file gives the source relative to itself. */
    boolean isRelative() {
        return value.get("source").written().startsWith(".");
    }

    /** What the image has where this is mounted: the COPY that brought it. */
    Optional<Dockerfile.Line> hides(Service service) {
        List<Dockerfile.Line> copied = service.dockerfile().map(Dockerfile::copied).orElse(List.of());
        return copied.stream().filter(copy -> Paths.isWithin(copy.text().replaceAll("(?<=.)/$", ""), target)).findFirst();
    }
}
