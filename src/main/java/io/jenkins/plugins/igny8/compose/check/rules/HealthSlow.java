package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Place;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A health check that says "unhealthy" later than a deployment waits: the wait ends without knowing why. */
public final class HealthSlow implements Rule {

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|m|s|us|ns)");

    /** Docker's own, in seconds. */
    private static final double INTERVAL = 30;

    private static final int RETRIES = 3;

    @Override
    public void look(Stack stack, Found found) {
        int deadline = stack.surroundings().deadline();
        for (Service service : stack.services()) {
            Value check = service.get("healthcheck");
            if (service.check().isEmpty() || service.checkIsOff()) {
                continue;
            }
            double interval = seconds(check.get("interval"), INTERVAL);
            double retries = check.get("retries").text().matches("\\d{1,9}") ? Double.parseDouble(check.get("retries").text()) : RETRIES;
            double start = seconds(check.get("start_period"), 0);
            if (start + interval * retries > deadline) {
                found.add(longest(check, start, interval, retries), "The service " + service.name() + " is called unhealthy after "
                        + Math.round(start + interval * retries)
                        + " s at the earliest (start_period, then retries times interval), but a deployment waits " + deadline + " s.",
                        "Ask more often or give up sooner.");
            }
        }
    }

    /** Where the most is to be won. */
    private static Place longest(Value check, double start, double interval, double retries) {
        if (start > interval * retries) {
            return check.get("start_period").place();
        }
        boolean asksTooLong = retries / RETRIES > interval / INTERVAL;
        return check.get(asksTooLong ? "retries" : "interval").place();
    }

    private static double seconds(Value duration, double otherwise) {
        Matcher part = PART.matcher(duration.text());
        double seconds = 0;
        boolean any = false;
        while (part.find()) {
            any = true;
            double unit = switch (part.group(2)) {
                case "h" -> 3600;
                case "m" -> 60;
                case "s" -> 1;
                case "ms" -> 1e-3;
                default -> 0;
            };
            seconds += Double.parseDouble(part.group(1)) * unit;
        }
        return any ? seconds : otherwise;
    }
}
