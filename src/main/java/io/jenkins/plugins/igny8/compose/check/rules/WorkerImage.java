package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.KnownImages;
import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Celery worker or beat must run the very image of the backend: tasks and models of another version break at run time only. That two
 * services are one application is concluded from their image's repository, their Celery application or Python module, or an
 * environment that is the same to the last variable; never from their names.
 */
public final class WorkerImage implements Rule {

    private static final Pattern APPLICATION = Pattern.compile("(?:-A|--app)[ =](\\w+(?:\\.\\w+)*)");
    private static final Pattern SERVED = Pattern.compile("(?:gunicorn|uvicorn|daphne|hypercorn)\\b.*?\\b(\\w+(?:\\.\\w+)+)(?::\\w+)?(?:\\s|$)");

    /** Fewer may be the same by chance. */
    private static final int TELLING_VARIABLES = 3;

    /** Services that are no worker, each by what tells that a worker is the same application. */
    private record Backends(Map<String, List<Service>> byRepository, Map<String, Service> byModule, Map<Map<String, String>, Service> byEnvironment) {

        static Backends of(List<Service> services) {
            Backends backends = new Backends(new HashMap<>(), new HashMap<>(), new HashMap<>());
            for (Service service : services) {
                backends.byRepository.computeIfAbsent(repository(service), any -> new ArrayList<>()).add(service);
                backends.byModule.putIfAbsent(root(module(SERVED, service)), service);
                backends.byEnvironment.putIfAbsent(environment(service), service);
            }
            return backends;
        }

        /** @param siblings what other workers run, by their Celery application */
        Optional<Service> of(Service worker, Map<String, Service> siblings) {
            List<Service> same = byRepository.getOrDefault(repository(worker), List.of());
            if (!same.isEmpty()) {
                return same.stream().anyMatch(one -> one.image().equals(worker.image())) ? Optional.empty() : Optional.of(same.get(0));
            }
            String application = module(APPLICATION, worker);
            if (!application.isEmpty() && byModule.containsKey(root(application))) {
                return Optional.of(byModule.get(root(application)));
            }
            Map<String, String> environment = environment(worker);
            if (environment.size() >= TELLING_VARIABLES && byEnvironment.containsKey(environment)) {
                return Optional.of(byEnvironment.get(environment));
            }
            return application.isEmpty() ? Optional.empty() : Optional.ofNullable(siblings.get(application));
        }
    }

    @Override
    public void look(Stack stack, Found found) {
        List<Service> workers = stack.services().stream().filter(WorkerImage::isWorker).filter(one -> !one.image().isEmpty()).toList();
        if (workers.isEmpty()) {
            return;
        }
        Backends others = Backends.of(stack.services().stream().filter(one -> !isWorker(one) && !one.image().isEmpty()).toList());
        Map<String, Service> siblings = new HashMap<>();
        workers.forEach(worker -> others.byRepository.getOrDefault(repository(worker), List.of()).stream()
                .filter(one -> one.image().equals(worker.image()))
                .forEach(one -> siblings.putIfAbsent(module(APPLICATION, worker), one)));
        Map<Service, Service> backends = new LinkedHashMap<>();
        workers.forEach(worker -> others.of(worker, siblings)
                .filter(backend -> !backend.image().equals(worker.image()))
                .ifPresent(backend -> backends.put(worker, backend)));
        boolean workersAgree = workers.size() > 1 && backends.size() == workers.size() && images(workers) == 1 && images(backends.values()) == 1;
        if (workersAgree) {
            // Then it is the backend that was forgotten.
            Service worker = workers.get(0);
            add(backends.get(worker), worker, found);
        } else {
            backends.forEach((worker, backend) -> add(worker, backend, found));
        }
    }

    private static long images(Collection<Service> services) {
        return services.stream().map(Service::image).distinct().count();
    }

    private static void add(Service odd, Service other, Found found) {
        found.add(odd.get("image").place(), "The service " + odd.name() + " runs the image " + odd.image() + ", but " + other.name()
                + " of the same application runs "
                + other.image() + ".", "Give both the same image.");
    }

    private static boolean isWorker(Service service) {
        return service.isCeleryWorker() || service.isCeleryBeat();
    }

    private static String repository(Service service) {
        return KnownImages.repository(service.image());
    }

    private static String module(Pattern pattern, Service service) {
        Matcher matcher = pattern.matcher(service.line());
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String root(String module) {
        return module.replaceAll("\\..*", "");
    }

    private static Map<String, String> environment(Service service) {
        Map<String, String> all = new HashMap<>();
        service.get("environment").members().forEach((key, value) -> all.put(key, value.text()));
        return all;
    }
}
