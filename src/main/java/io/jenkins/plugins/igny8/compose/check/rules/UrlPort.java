package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import java.util.HashMap;
import java.util.Map;

/** A URL that leads to a port on which the service does not listen, by what the files say. */
public final class UrlPort implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        Map<Service, Ports> known = new HashMap<>();
        for (Service service : stack.services()) {
            for (UrlHost url : UrlHost.of(service)) {
                stack.named(url.host()).filter(other -> url.port() > 0).ifPresent(other -> {
                    Ports ports = known.computeIfAbsent(other, Ports::of);
                    if (!ports.isPlausible(url.port())) {
                        found.add(url.value().place(), url.where(service) + ", but " + other.name() + " listens on " + Ports.words(ports.listening())
                                + ".",
                                "Write the port that it listens on: between containers the published one does not count.");
                    }
                });
            }
        }
    }
}
