package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.KnownImages;
import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;

/** A service that waits until a database, queue or store has started, and not until it is healthy, though that has a health check. */
public final class HealthWait implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        if (stack.isForSwarm()) {
            return;
        }
        for (Service service : stack.services()) {
            if (KnownImages.isViewer(service.image()) || service.line().contains(" flower")) {
                continue;
            }
            service.get("depends_on").members().forEach((name, dependency) -> {
                Value condition = dependency.get("condition");
                boolean checked = stack.service(name).filter(Service::hasCheck).filter(needed -> matters(service, needed)).isPresent();
                if (checked && condition.text().equals("service_started")) {
                    found.add(condition.place(), "The service " + service.name() + " starts as soon as " + name
                            + " has started, and does not wait for its health check.",
                            "Write 'condition: service_healthy' for " + name + ".");
                }
            });
        }
    }

    private static boolean matters(Service service, Service needed) {
        return KnownImages.isNeededToAnswer(needed.image()) || FrontendWaits.isPair(service, needed);
    }
}
