package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** In a release a folder of the machine over the code of the image: what was built and tested is not what runs. */
public final class CodeMount implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            for (Mount mount : Mount.of(service)) {
                if (mount.isBind()) {
                    mount.hides(service).ifPresent(copy -> found.add(mount.value().get("source").place(), "The service " + service.name()
                            + " runs the code of the machine's "
                            + mount.source() + " in the place of " + mount.target() + " in its image (" + copy.place().file() + ", line "
                            + copy.place().line() + ").",
                            "Take the mount out of the released file; the image has the code."));
                }
            }
        }
    }
}
