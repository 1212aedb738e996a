package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.KnownImages;
import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;

/** {@code service_healthy} on a service that has no health check: Compose gives up as soon as it comes to it. */
public final class HealthMissing implements Rule {

    private final boolean certain;

    private HealthMissing(boolean certain) {
        this.certain = certain;
    }

    /** The check is switched off, or the image is known to bring none. */
    public static HealthMissing certain() {
        return new HealthMissing(true);
    }

    /** No file has one; the image is not at hand and might. */
    public static HealthMissing likely() {
        return new HealthMissing(false);
    }

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            service.get("depends_on").members().forEach((name, dependency) -> {
                Value condition = dependency.get("condition");
                if (condition.text().equals("service_healthy")) {
                    stack.service(name)
                            .filter(needed -> !needed.hasCheck() && isCertain(needed) == certain)
                            .ifPresent(needed -> found.add(condition.place(),
                                    "The service " + service.name() + " waits until " + name + " is healthy, but " + name + " has " + what(needed) + ".",
                                    "Give " + name + " a 'healthcheck', or wait for service_started."));
                }
            });
        }
    }

    private String what(Service needed) {
        return needed.checkIsOff() ? "its health check switched off" : certain ? "no health check" : "no health check in any file that was read";
    }

    private static boolean isCertain(Service service) {
        boolean unhealthyBase = KnownImages.bringsNoHealthCheck(service.base()) && !service.base().contains("$");
        return service.checkIsOff() || service.atHand().isPresent() || unhealthyBase;
    }
}
