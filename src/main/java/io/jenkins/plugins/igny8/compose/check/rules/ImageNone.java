package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** A service of which nothing says what it runs: mostly its file is meant to lie over another one. Compose refuses it. */
public final class ImageNone implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            if (service.image().isEmpty() && !service.isBuilt() && !service.has("provider")) {
                String written = service.get("image").written();
                found.add(service.place(), "The service " + service.name() + " has neither 'image' nor 'build'"
                        + (written.isEmpty() ? "." : ", since " + written + " is empty."),
                        written.isEmpty() ? "Give it one, or name the file that does in 'files', before this one." : "Give the variable a value.");
            }
        }
    }
}
