package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** A privileged container is root on the machine. */
public final class Privileged implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            if (service.get("privileged").isTrue()) {
                found.add(service.get("privileged").place(), "The service " + service.name()
                        + " is privileged: its container is root on the machine.",
                        "Give it the single rights that it needs by 'cap_add' or 'devices'.");
            }
        }
    }
}
