package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** A health check that asks another service: that one's health would be taken for this one's. */
public final class HealthHost implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            for (HealthAsk ask : HealthAsk.of(service)) {
                if (!ask.asksItself(service) && !ask.host().contains(".")) {
                    String whose = stack.named(ask.host()).isPresent() ? "another service" : "no service here";
                    found.add(ask.place(), "The health check of " + service.name() + " asks " + ask.host() + ", which is " + whose + ".",
                            "Ask 127.0.0.1, which is the container itself.");
                }
            }
        }
    }
}
