package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A service that stays down once it has ended, and after the machine has started anew. One that has work to do once is none. */
public final class RestartMissing implements Rule {

    private static final Pattern ONCE = Pattern
            .compile("(?i).*(?:migrat|init|setup|seed|job|test|backup|bootstrap|install|create|import|config|build|composer|restor|certbot|playwright|cli).*");

    @Override
    public void look(Stack stack, Found found) {
        if (stack.isForSwarm()) {
            return;
        }
        Set<String> waitedForTheEnd = new TreeSet<>();
        stack.services().forEach(service -> service.get("depends_on").members().forEach((name, dependency) -> {
            if (dependency.get("condition").text().equals("service_completed_successfully")) {
                waitedForTheEnd.add(name);
            }
        }));
        for (Service service : stack.services()) {
            boolean says = service.get().has("restart") || service.get("deploy").has("restart_policy");
            boolean serves = service.has("ports") || service.has("healthcheck") || service.has("expose");
            boolean once = waitedForTheEnd.contains(service.name()) || ONCE.matcher(service.name()).matches() || service.has("profiles");
            if (!says && serves && !once && (service.isBuilt() || !service.image().isEmpty())) {
                found.add(service.place(), "The service " + service.name()
                        + " has no 'restart': once it ends, or the machine restarts, it stays down.", "Write 'restart: unless-stopped'.");
            }
        }
    }
}
