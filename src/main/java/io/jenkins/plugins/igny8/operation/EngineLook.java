package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.compose.check.Surroundings;
import io.jenkins.plugins.igny8.compose.check.rules.HealthTool;
import io.jenkins.plugins.igny8.compose.read.Value;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.docker.Networks;
import io.jenkins.plugins.igny8.docker.Volumes;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Host;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks an engine for what it has of a stack.
 *
 * @param pull whether to ask registries for images that it does not have
 */
record EngineLook(Docker docker, Host host, boolean pull) {

    /** Shells' codes for a program that is not on the PATH: bash's, and that of dash and busybox. */
    private static final Set<Integer> NO_PROGRAM = Set.of(1, 127);

    private static final String NOT_THERE = "(?is).*(?:manifest unknown|no such manifest|not found|name unknown|repository does not exist).*";

    /** @param built names of images that this pipeline makes */
    Surroundings.Engine at(Value model, String project, List<String> built, List<String> leftOut) throws InterruptedException {
        Map<String, Surroundings.Image> images = new HashMap<>();
        Set<String> missing = new TreeSet<>();
        Map<String, Set<String>> programs = new HashMap<>();
        model.get("services").members().values().forEach(service -> {
            Set<String> wanted = programs.computeIfAbsent(service.get("image").text(), image -> new TreeSet<>());
            HealthTool.program(service.get("healthcheck")).ifPresent(wanted::add);
        });
        programs.remove("");
        for (Map.Entry<String, Set<String>> one : programs.entrySet()) {
            Optional<Images.Ways> ways = docker.find(Images.ways(one.getKey()));
            if (ways.isPresent()) {
                images.put(one.getKey(), image(ways.get(), one.getValue()));
            } else if (pull && built.stream().noneMatch(name -> BuiltImage.tagged(name).equals(BuiltImage.tagged(one.getKey())))
                    && isNowhere(one.getKey(), leftOut)) {
                missing.add(one.getKey());
            }
        }
        List<Surroundings.Taken> taken = docker.ask(Containers.publishedPorts()).stream()
                .filter(port -> !port.project().equals(project))
                .map(port -> new Surroundings.Taken(port.address(), port.port(), port.protocol(), port.container()))
                .toList();
        return new Surroundings.Engine(images, missing, Set.copyOf(docker.ask(Networks.all())), Set.copyOf(docker.ask(Volumes.all())), taken,
                isRemote());
    }

    private Surroundings.Image image(Images.Ways ways, Set<String> programs) throws InterruptedException {
        Set<String> lacking = new TreeSet<>();
        for (String program : programs) {
            Answer answer = docker.answer(Containers.hasProgram(ways.id(), program));
            if (NO_PROGRAM.contains(answer.exitCode()) && !answer.err().contains("executable file not found")) {
                lacking.add(program);
            }
        }
        return new Surroundings.Image(ways.hasHealthCheck(), Set.copyOf(ways.exposed()), lacking);
    }

    private boolean isNowhere(String image, List<String> leftOut) throws InterruptedException {
        Answer answer = docker.answer(Images.inRegistry(image));
        if (!answer.succeeded() && !answer.err().matches(NOT_THERE)) {
            leftOut.add("whether a registry has " + image + " could not be found out: " + answer.err().strip().lines().findFirst()
                    .orElse("no answer"));
        }
        return !answer.succeeded() && answer.err().matches(NOT_THERE);
    }

    private boolean isRemote() {
        String uri = host.engine().getOrDefault("DOCKER_HOST", "");
        return uri.startsWith("ssh://")
                || (uri.startsWith("tcp://") && !uri.matches("tcp://(?:127\\.\\d+\\.\\d+\\.\\d+|localhost|\\[::1\\])(?::\\d+)?/?"));
    }
}
