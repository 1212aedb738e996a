package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two services that publish one port of the machine: the second never starts. */
public final class PortTwice implements Rule {

    private record Published(Service service, String address, String port, Value value) {

        boolean clashesWith(Published other) {
            return address.equals(other.address) || everywhere() || other.everywhere();
        }

        boolean everywhere() {
            return address.isEmpty() || address.equals("0.0.0.0") || address.equals("::");
        }
    }

    @Override
    public void look(Stack stack, Found found) {
        Map<String, List<Published>> byPort = new HashMap<>();
        for (Service service : stack.services()) {
            for (Value port : service.get("ports").items()) {
                String number = port.get("published").text();
                if (!number.isEmpty() && !number.equals("0") && !number.contains("-")) {
                    Published one = new Published(service, port.get("host_ip").text(), number + "/" + port.get("protocol").text(), port);
                    List<Published> all = byPort.computeIfAbsent(one.port, any -> new ArrayList<>());
                    all.stream()
                            .filter(one::clashesWith)
                            .filter(earlier -> earlier.service != service)
                            .findFirst()
                            .ifPresent(earlier -> found.add(port.get("published").place(), "The services " + earlier.service.name() + " and "
                            + service.name() + " both publish the port "
                                    + number + " of the machine (the other one in " + earlier.value.place().file() + ", line " + earlier.value.place()
                                    .line() + ").",
                                    "Give one of them another port."));
                    all.add(one);
                }
            }
        }
    }
}
