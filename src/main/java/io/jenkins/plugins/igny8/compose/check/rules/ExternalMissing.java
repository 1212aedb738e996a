package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.check.Surroundings;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.Set;

/** An external network or volume that the engine does not have. */
public final class ExternalMissing implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        Surroundings.Engine engine = stack.surroundings().engine();
        if (engine != null) {
            look("network", stack.get("networks"), engine.networks(), found);
            look("volume", stack.get("volumes"), engine.volumes(), found);
        }
    }

    private static void look(String kind, Value all, Set<String> there, Found found) {
        all.members().forEach((key, one) -> {
            String name = one.get("name").isText() ? one.get("name").text() : one.get("external", "name").isText()
                    ? one.get("external", "name").text() : key;
            if ((one.get("external").isTrue() || one.get("external").isMap()) && !there.contains(name)) {
                found.add(one.place(), "The external " + kind + " " + name + " does not exist on the engine.",
                        "Make it, or start the stack that does.");
            }
        });
    }
}
