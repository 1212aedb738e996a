package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Place;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A service, network, volume, secret or config that is referred to and not defined. Compose refuses the files. */
public final class NameUndefined implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        Set<String> services = stack.services().stream().map(Service::name).collect(Collectors.toCollection(LinkedHashSet::new));
        for (Service service : stack.services()) {
            String who = "The service " + service.name() + " ";
            service.get("depends_on").members().forEach((name, dependency) -> {
                if (!dependency.get("required").text().equals("false")) {
                    refer(who + "depends on", "service", name, dependency.place(), services, stack, found);
                }
            });
            service.get("networks").members().forEach((name, network) -> {
                if (!name.equals("default")) {
                    refer(who + "is on", "network", name, network.place(), stack.get("networks").members().keySet(), stack, found);
                }
            });
            for (Value volume : service.get("volumes").items()) {
                Value source = volume.get("source");
                if (volume.get("type").text().equals("volume") && !source.text().isEmpty()) {
                    refer(who + "mounts", "volume", source.text(), source.place(), stack.get("volumes").members().keySet(), stack, found);
                }
            }
            for (String kind : List.of("secret", "config")) {
                for (Value used : service.get(kind + "s").items()) {
                    refer(who + "gets", kind, used.get("source").text(), used.get("source").place(), stack.get(kind + "s").members().keySet(), stack,
                            found);
                }
            }
            for (String key : List.of("network_mode", "ipc", "pid")) {
                Value mode = service.get(key);
                if (mode.text().startsWith("service:")) {
                    refer(who + "shares the " + key + " of", "service", mode.text().substring("service:".length()), mode.place(), services, stack,
                            found);
                }
            }
            for (Value link : service.get("links").items()) {
                refer(who + "links", "service", link.text().split(":")[0], link.place(), services, stack, found);
            }
            for (Value from : service.get("volumes_from").items()) {
                if (!from.text().startsWith("container:")) {
                    refer(who + "takes volumes from", "service", from.text().split(":")[0], from.place(), services, stack, found);
                }
            }
        }
    }

    private static void refer(String who, String kind, String name, Place place, Collection<String> known, Stack stack, Found found) {
        if (!known.contains(name)) {
            boolean off = kind.equals("service") && stack.everyName().contains(name);
            found.add(place, who + " the " + kind + " '" + name + "', which is not " + (off ? "on: it belongs to a profile." : "defined."),
                    off ? "Name its profile in 'profiles'." : Stack.instead(name, known));
        }
    }
}
