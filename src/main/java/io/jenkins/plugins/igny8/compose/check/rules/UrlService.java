package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.host.Nearest;
import java.util.List;

/**
 * A URL that leads to a service that does not exist. Where other files may bring it, or other stacks on an external network, only what is
 * nearly one of our names is taken for a mistake.
 */
public final class UrlService implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            boolean sharesNetwork = service.has("network_mode") || service.networks().stream().anyMatch(stack::isExternal);
            List<UrlHost> urls = UrlHost.of(service);
            boolean complete = stack.isWhole() && (service.has("depends_on") || urls.stream().anyMatch(url -> isKnown(url, stack)));
            for (UrlHost url : urls) {
                boolean mistaken = (complete && !sharesNetwork) || Nearest.of(url.host(), stack.everyName()).isPresent();
                if (!isKnown(url, stack) && mistaken) {
                    found.add(url.value().place(), url.where(service) + ", but there is no such service.",
                            Stack.instead(url.host(), stack.everyName()));
                }
            }
        }
    }

    private static boolean isKnown(UrlHost url, Stack stack) {
        return stack.named(url.host()).isPresent() || stack.everyName().contains(url.host());
    }
}
