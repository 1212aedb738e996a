package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** In a release a {@code build:} section makes the target build an image of its own wherever it does not find the one that was tested. */
public final class BuildSection implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            if (service.isBuilt()) {
                found.add(service.get("build").place(), "The service " + service.name() + " would be built where it is deployed"
                        + (service.image().isEmpty() ? "." : ", should "
                        + service.image() + " be missing there."), "Build and push the image before, and take 'build' out of the released file.");
            }
        }
    }
}
