package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** A health check that asks for another path than the one that the pipeline says is this service's. */
public final class HealthPath implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            String wanted = stack.surroundings().healthPaths().get(service.name());
            if (wanted == null) {
                continue;
            }
            for (HealthAsk ask : HealthAsk.of(service)) {
                if (ask.asksItself(service) && !ask.path().equals(wanted)) {
                    found.add(ask.place(), "The health check of " + service.name() + " asks for " + (ask.path().isEmpty() ? "/" : ask.path())
                            + ", but 'healthPaths' says " + wanted + ".",
                            "Write the same path in both places.");
                }
            }
        }
    }
}
