package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.check.Surroundings;

/** A relative path on an engine of another machine, which does not have the workspace: it would mount an empty folder of its own. */
public final class SourceRemote implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        Surroundings.Engine engine = stack.surroundings().engine();
        if (engine == null || !engine.remote()) {
            return;
        }
        for (Service service : stack.services()) {
            for (Mount mount : Mount.of(service)) {
                if (mount.isBind() && mount.isRelative()) {
                    found.add(mount.value().get("source").place(), "The service " + service.name() + " mounts " + mount.value().get("source")
                            .written()
                            + " of the workspace, but the engine runs on another machine.",
                            "Copy it into the image, use a named volume, or name a path of the engine's machine.");
                }
            }
        }
    }
}
