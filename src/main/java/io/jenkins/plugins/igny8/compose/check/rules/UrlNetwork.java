package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import java.util.Collections;

/** A URL that leads to a service on another network, where it cannot be reached by its name. */
public final class UrlNetwork implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            for (UrlHost url : UrlHost.of(service)) {
                stack.named(url.host())
                        .filter(other -> other != service && !other.has("network_mode") && !service.has("network_mode"))
                        .filter(other -> Collections.disjoint(other.networks(), service.networks()))
                        .ifPresent(other -> found.add(url.value().place(),
                                url.where(service) + ", but " + on(service) + " shares no network with " + on(other) + ".", "Put both on one network."));
            }
        }
    }

    private static String on(Service service) {
        return service.name() + " (on " + String.join(", ", service.networks()) + ")";
    }
}
