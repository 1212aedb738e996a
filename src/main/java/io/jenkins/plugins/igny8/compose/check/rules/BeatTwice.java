package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;

/** More than one Celery beat: each scheduled task is sent as often as there are. */
public final class BeatTwice implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            if (service.isCeleryBeat() && service.replicas() > 1) {
                found.add(service.get("scale").isText() ? service.get("scale").place() : service.get("deploy", "replicas").place(), "The service "
                        + service.name() + " runs Celery beat "
                        + service.replicas() + " times, so each scheduled task would be sent as often.", "Run one, and scale the workers.");
            }
        }
    }
}
