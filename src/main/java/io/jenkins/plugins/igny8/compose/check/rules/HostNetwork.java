package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** On the machine's own network every port that the container opens is open, and others do not find it by its name. */
public final class HostNetwork implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            if (service.get("network_mode").text().equals("host")) {
                found.add(service.get("network_mode").place(), "The service " + service.name() + " is on the machine's own network.",
                        "Publish the ports that are needed by 'ports'.");
            }
        }
    }
}
