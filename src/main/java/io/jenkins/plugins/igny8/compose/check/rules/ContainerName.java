package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** A container name for a service of several containers. Compose refuses it. */
public final class ContainerName implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            if (service.has("container_name") && service.replicas() > 1) {
                found.add(service.get("container_name").place(), "The service " + service.name() + " has " + service.replicas()
                        + " containers, which cannot all be named "
                        + service.get("container_name").text() + ".", "Take 'container_name' out.");
            }
        }
    }
}
