package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import java.util.List;
import java.util.regex.Pattern;

/** A frontend that starts before the backend answers shows its first visitors errors. */
public final class FrontendWaits implements Rule {

    private static final Pattern FRONTEND = Pattern.compile("(?:.*[-_.])?front[-_]?end");
    private static final Pattern BACKEND = Pattern.compile("(?:.*[-_.])?back[-_]?end");

    @Override
    public void look(Stack stack, Found found) {
        List<Service> backends = stack.services().stream().filter(one -> BACKEND.matcher(one.name()).matches() && one.hasCheck() && !isRoutedTo(one))
                .toList();
        List<Service> frontends = stack.services().stream().filter(one -> FRONTEND.matcher(one.name()).matches()).toList();
        for (Service frontend : frontends) {
            for (Service backend : backends) {
                // For a name that is not there it is said already.
                boolean waits = frontend.get("depends_on").members().keySet().stream().anyMatch(name -> name.equals(backend.name())
                        || stack.service(name).isEmpty());
                if (!waits) {
                    found.add(frontend.place(), "The service " + frontend.name() + " does not wait until " + backend.name() + " is healthy.",
                            "Give it 'depends_on' with " + backend.name() + " and 'condition: service_healthy'.");
                }
            }
        }
    }

    /** Then browsers reach it by a proxy in front, and not through the frontend. */
    private static boolean isRoutedTo(Service service) {
        return service.get("labels").members().keySet().stream().anyMatch(label -> label.startsWith("traefik."));
    }

    /** By their names, since nothing else in the files says so. */
    static boolean isPair(Service frontend, Service backend) {
        return FRONTEND.matcher(frontend.name()).matches() && BACKEND.matcher(backend.name()).matches();
    }
}
