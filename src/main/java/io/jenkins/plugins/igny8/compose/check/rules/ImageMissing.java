package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.check.Surroundings;

/** An image that this pipeline does not make, the engine does not have and, where that was asked, no registry gives. */
public final class ImageMissing implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        Surroundings.Engine engine = stack.surroundings().engine();
        for (Service service : stack.services()) {
            if (engine != null && !service.isBuilt() && engine.missing().contains(service.image())) {
                found.add(service.get("image").place(), "The image " + service.image() + " of the service " + service.name()
                        + " is not made by this pipeline, and cannot be had.",
                        "Correct its name, or build or pull it before (igny8Build, igny8Pull).");
            }
        }
    }
}
