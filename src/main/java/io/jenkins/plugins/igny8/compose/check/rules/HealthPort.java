package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** A health check that asks a port on which the service does not listen, by what the files say. */
public final class HealthPort implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            Ports ports = Ports.of(service);
            for (Ports.Claim claim : ports.checked()) {
                if (!ports.isPlausible(claim.port())) {
                    found.add(claim.place(), "The health check of " + service.name() + " asks the port " + claim.port()
                            + ", but the service listens on " + Ports.words(ports.listening())
                            + ".", "Ask the port that it listens on.");
                }
            }
        }
    }
}
