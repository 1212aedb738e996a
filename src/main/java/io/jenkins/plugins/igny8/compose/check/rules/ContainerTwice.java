package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import java.util.HashMap;
import java.util.Map;

/** Two services that give their containers one name: Compose takes the file, and the second never starts. */
public final class ContainerTwice implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        Map<String, String> holders = new HashMap<>();
        for (Service service : stack.services()) {
            String name = service.get("container_name").text();
            String holder = name.isEmpty() ? null : holders.putIfAbsent(name, service.name());
            if (holder != null) {
                found.add(service.get("container_name").place(), "The services " + holder + " and " + service.name() + " both name their container "
                        + name + ".",
                        "Give each its own, or take 'container_name' out.");
            }
        }
    }
}
