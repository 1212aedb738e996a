package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.KnownImages;
import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.Set;

/** A database that listens on every address of the machine. Docker opens the port before any firewall of the machine's. */
public final class DatabasePublished implements Rule {

    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            if (!KnownImages.isDatabase(service.image())) {
                continue;
            }
            for (Value port : service.get("ports").items()) {
                if (EVERYWHERE.contains(port.get("host_ip").text())) {
                    found.add(port.get("target").place(), "The port " + port.get("target").text() + " of " + service.name()
                            + " is published to everybody who reaches the machine.",
                            "Leave 'ports' out, since the services reach it anyway, or put 127.0.0.1: in front.");
                }
            }
        }
    }
}
