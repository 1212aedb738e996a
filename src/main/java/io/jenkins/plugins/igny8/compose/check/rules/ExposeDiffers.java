package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import java.util.List;

/** EXPOSE or the command line names a port that nothing else in the files knows. */
public final class ExposeDiffers implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            Ports ports = Ports.of(service);
            if (ports.commandIsOdd()) {
                add("The command of " + service.name() + " listens on ", ports.command(), ports, found);
            } else if (ports.exposeIsOdd()) {
                add("EXPOSE in the Dockerfile of " + service.name() + " names ", ports.exposed(), ports, found);
            } else if (ports.declaredIsOdd()) {
                add("'expose' of " + service.name() + " names ", ports.declared(), ports, found);
            }
        }
    }

    private static void add(String who, List<Ports.Claim> claims, Ports ports, Found found) {
        claims.forEach(claim -> found.add(claim.place(), who + claim.port() + ", but everything else says " + Ports.words(ports.otherThan(claims))
                + ".",
                "Write the same port everywhere."));
    }
}
