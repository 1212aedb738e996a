package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** Who has Docker's socket has the machine, mounted read-only or not. */
public final class DockerSocket implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            for (Mount mount : Mount.of(service)) {
                if (mount.isBind() && mount.source().endsWith("/docker.sock") && !service.image().contains("socket-proxy")) {
                    found.add(mount.value().get("source").place(), "The service " + service.name()
                            + " gets Docker's socket, and with it the whole machine.",
                            "Let it talk to a proxy that allows only what it needs.");
                }
            }
        }
    }
}
