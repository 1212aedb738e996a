package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** A named volume over what the image brings: it keeps the files of the first image that it met, whatever later ones bring. */
public final class MountHides implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            for (Mount mount : Mount.of(service)) {
                if (mount.type().equals("volume") && !mount.source().isEmpty()) {
                    mount.hides(service).ifPresent(copy -> found.add(mount.value().place(), "The volume " + mount.source() + " covers "
                            + mount.target() + " of " + service.name()
                            + ", which its image brings (" + copy.place().file() + ", line " + copy.place().line()
                            + "), and keeps the files of the first image.",
                            "Mount the volume where only data is written."));
                }
            }
        }
    }
}
