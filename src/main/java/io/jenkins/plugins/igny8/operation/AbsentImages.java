package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Images that the services of a compose file need, of which this build does not decide, and that the engine lacks. Compose would pull them
 * in the middle of the switch, where a registry that does not answer costs requests.
 *
 * @param images by service
 */
record AbsentImages(Map<String, Image> images) {

    /**
     * One image.
     *
     * @param platform the one that the service asks for; empty: the engine's own
     */
    private record Image(String name, String platform) {}

    private static final Set<String> NOT_PULLED = Set.of("never", "build");

    /**
     * @param config the merged files
     * @param services those that are to run
     * @throws Failure where one of them is not to be pulled
     */
    static AbsentImages of(JsonNode config, Collection<String> services, Pins pins, Docker docker) throws InterruptedException {
        Map<String, Image> absent = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String name : services) {
            JsonNode service = config.path("services").path(name);
            if (pins.images().containsKey(name)) {
                continue;
            }
            boolean built = service.has("build");
            String image = service.path("image").asText(config.path("name").asText() + "-" + name);
            if (docker.find(Images.inspect(image)).isPresent()) {
                continue;
            }
            if (built || NOT_PULLED.contains(service.path("pull_policy").asText())) {
                problems.add("The image " + image + " of the service " + name + " is not on this engine, and the compose file says "
                        + (built ? "how to build it: build it (igny8Build)" : "not to pull it: bring it here (igny8Pull, igny8Load)") + " first.");
            } else {
                absent.put(name, new Image(image, service.path("platform").asText()));
            }
        }
        Problems.refuse(problems);
        return new AbsentImages(absent);
    }

    void tellPlan(Host host) {
        images.forEach((service, image) -> host.tell(Event.note("plan", "would pull " + image.name() + " for " + service)));
    }

    /**
     * With the login of the docker command.
     *
     * @throws Failure where one cannot be had
     */
    void pull(Docker docker, Host host) throws InterruptedException {
        for (Map.Entry<String, Image> one : images.entrySet()) {
            Image image = one.getValue();
            host.tell(Event.note(one.getKey(), "pulling " + image.name() + ", which this engine lacks"));
            try {
                new Retry(docker, host).change(Images.pull(ImageReference.parse(image.name()), image.platform()), one.getKey());
            } catch (Failure e) {
                throw new Failure("The image " + image.name() + " of the service " + one.getKey() + " is not on this engine, and cannot be pulled. "
                        + e.getMessage() + " Where it needs a login, let igny8Pull bring it first.");
            }
        }
    }
}
