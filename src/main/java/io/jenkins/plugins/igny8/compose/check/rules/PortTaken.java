package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.check.Surroundings;
import io.jenkins.plugins.igny8.compose.read.Value;

/** A port that a container of something else publishes on the engine now. */
public final class PortTaken implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        Surroundings.Engine engine = stack.surroundings().engine();
        if (engine == null) {
            return;
        }
        for (Service service : stack.services()) {
            for (Value port : service.get("ports").items()) {
                Value published = port.get("published");
                String address = port.get("host_ip").text();
                engine.taken().stream()
                        .filter(one -> one.port().equals(published.text()) && one.protocol().equals(port.get("protocol").text()))
                        .filter(one -> one.address().equals(address) || isEverywhere(address) || isEverywhere(one.address()))
                        .findFirst()
                        .ifPresent(one -> found.add(published.place(), "The port " + published.text() + " that " + service.name()
                                + " publishes is taken on the engine by the container " + one.container() + ".",
                                "Stop that container, or publish another port."));
            }
        }
    }

    private static boolean isEverywhere(String address) {
        return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
    }
}
