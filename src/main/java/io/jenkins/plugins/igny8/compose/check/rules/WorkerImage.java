package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.KnownImages;
import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.Collection;
import java.util.Comparator;
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

    @Override
    public void look(Stack stack, Found found) {
        List<Service> workers = stack.services().stream().filter(WorkerImage::isWorker).filter(one -> !one.image().isEmpty()).toList();
        List<Service> others = stack.services().stream().filter(one -> !isWorker(one) && !one.image().isEmpty()).toList();
        Map<Service, Service> backends = new LinkedHashMap<>();
        workers.forEach(worker -> backend(worker, workers, others)
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
        found.add(odd.get("image").place(), "The service " + odd.name() + " runs the image " + odd.image() + ", but " + other.name() + " of the same application runs "
                + other.image() + ".", "Give both the same image.");
    }

    private static boolean isWorker(Service service) {
        return service.isCeleryWorker() || service.isCeleryBeat();
    }

    private static Optional<Service> backend(Service worker, List<Service> workers, List<Service> others) {
        String application = module(APPLICATION, worker);
        Optional<Service> same = others.stream().filter(one -> repository(one).equals(repository(worker))).findFirst();
        if (same.isPresent()) {
            return same.filter(one -> others.stream().noneMatch(other -> other.image().equals(worker.image())));
        }
        Optional<Service> served = others.stream().filter(one -> !application.isEmpty() && root(module(SERVED, one)).equals(root(application))).findFirst();
        Optional<Service> twin = others.stream().filter(one -> sameEnvironment(one, worker)).findFirst();
        Optional<Service> sibling = workers.stream()
                .filter(one -> !application.isEmpty() && module(APPLICATION, one).equals(application))
                .flatMap(one -> others.stream().filter(other -> other.image().equals(one.image())))
                .max(Comparator.comparing(Service::name));
        return served.or(() -> twin).or(() -> sibling);
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

    private static boolean sameEnvironment(Service one, Service other) {
        Map<String, String> first = environment(one);
        return first.size() >= TELLING_VARIABLES && first.equals(environment(other));
    }

    private static Map<String, String> environment(Service service) {
        Map<String, String> all = new HashMap<>();
        service.get("environment").members().forEach((key, value) -> all.put(key, value.text()));
        return all;
    }
}
