package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.KnownImages;
import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** In a release {@code latest} is whatever was pushed last; the images of this pipeline are pinned when they are deployed. */
public final class NotPinned implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            String image = service.image();
            String tag = KnownImages.tag(image);
            boolean moving = !image.isEmpty() && !image.endsWith(":") && !image.contains("@") && (tag.isEmpty() || tag.equals("latest"));
            boolean ours = stack.surroundings().builtImages().stream()
                    .anyMatch(built -> KnownImages.repository(built).equals(KnownImages.repository(image)));
            if (moving && !ours && !service.isBuilt()) {
                found.add(service.get("image").place(), "The service " + service.name() + " runs " + image + ", which is another image tomorrow.",
                        "Name a version, or better a digest (@sha256:…).");
            }
        }
    }
}
