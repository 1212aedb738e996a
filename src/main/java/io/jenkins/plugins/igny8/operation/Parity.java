package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Services that must run one and the same image: a worker with yesterday's code does today's tasks wrong.
 *
 * @param service whose image it is
 * @param workers those that must run it too; empty: of {@link #WORKERS} those that the compose file has
 */
record Parity(String service, List<String> workers) {

    /** As IGNY8's documents call them. */
    private static final List<String> WORKERS = List.of("celery_worker", "celery_beat");

    /** On the files, before anything runs. */
    void check(JsonNode config, Map<String, BuiltImage> pinned) {
        List<String> problems = new ArrayList<>();
        String expected = image(service, config, pinned);
        for (String worker : workers) {
            if (!config.path("services").has(worker)) {
                problems.add("The compose file has no service '" + worker + "': check 'workers' and 'profiles'.");
            }
        }
        for (String worker : meant(config)) {
            String image = image(worker, config, pinned);
            if (config.path("services").has(worker) && !image.equals(expected)) {
                problems.add("The service " + worker + " would run the image " + image + " and " + service + " the image " + expected
                        + ": give both the same 'image:' in the compose file, or name in 'workers' those that are to run the same.");
            }
        }
        Problems.refuse(problems);
    }

    private List<String> meant(JsonNode config) {
        if (!workers.isEmpty() || !config.path("services").has(service)) {
            return workers;
        }
        return WORKERS.stream().filter(worker -> config.path("services").has(worker)).toList();
    }

    private static String image(String service, JsonNode config, Map<String, BuiltImage> pinned) {
        BuiltImage built = pinned.get(service);
        return built != null ? built.pin() : config.path("services").path(service).path("image").asText(service);
    }

    /** On what runs. */
    void check(JsonNode config, List<Container> containers) {
        List<Container> ofService = containers.stream().filter(one -> one.service().equals(service)).toList();
        List<String> meant = meant(config);
        for (Container worker : containers) {
            for (Container one : ofService) {
                if (meant.contains(worker.service()) && !worker.imageId().equals(one.imageId())) {
                    throw new Failure("The container " + worker.name() + " runs the image " + worker.imageId() + " and " + one.name() + " runs "
                            + one.imageId() + ", though both must be the same: look who else changes the project.");
                }
            }
        }
    }
}
