package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** A published port behind which nothing listens, by what the files say. */
public final class PortSilent implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            Ports ports = Ports.of(service);
            if (ports.published().stream().anyMatch(claim -> ports.listening().contains(claim.port()))) {
                // It serves what it is known for; the others may be for debuggers or extensions.
                continue;
            }
            for (Ports.Claim claim : ports.published()) {
                if (!ports.isPlausible(claim.port())) {
                    found.add(claim.place(), "The service " + service.name() + " publishes its port " + claim.port() + ", but listens on "
                            + Ports.words(ports.listening()) + ".",
                            "Publish the port that it listens on.");
                }
            }
        }
    }
}
