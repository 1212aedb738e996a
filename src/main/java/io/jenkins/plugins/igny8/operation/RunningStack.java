package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.release.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What runs of a project at one moment, in a form that can be compared and written down.
 *
 * @param containers sorted by name
 */
record RunningStack(List<One> containers) {

    /** One container. */
    record One(String id, String name, String service, String image, String imageId, String configHash, String state) {}

    static RunningStack of(String project, Docker docker) throws InterruptedException {
        return of(Deployed.containersOf(project, docker));
    }

    static RunningStack of(List<Container> containers) {
        return new RunningStack(containers.stream()
                .map(one -> new One(one.id(), one.name(), one.service(), one.image(), one.imageId(), one.configHash(), one.running() ? "running" : "not running"))
                .toList());
    }

    boolean isEmpty() {
        return containers.isEmpty();
    }

    Set<String> services() {
        return containers.stream().map(One::service).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of the containers that are others now, came, went, or run now and did not, or the other way. */
    List<String> changedTo(RunningStack now) {
        return Stream.concat(containers.stream().filter(one -> !now.containers.contains(one)), now.containers.stream().filter(one -> !containers.contains(one)))
                .map(One::name)
                .distinct()
                .sorted()
                .toList();
    }

    /** Services that run, and another image than here. */
    List<String> onOtherImages(Map<String, String> imageIds) {
        return containers.stream()
                .filter(one -> imageIds.containsKey(one.service()) && !imageIds.get(one.service()).equals(one.imageId()))
                .map(One::service)
                .distinct()
                .toList();
    }

    /** As a release keeps it. */
    List<Release.Service> asServices() {
        Map<String, List<One>> byService = containers.stream().collect(Collectors.groupingBy(One::service, TreeMap::new, Collectors.toList()));
        List<Release.Service> services = new ArrayList<>();
        byService.forEach((name, ones) -> services.add(new Release.Service(
                name, ones.get(0).image(), ones.get(0).imageId(), ones.get(0).configHash(), ones.size())));
        return services;
    }

    /** What differs from a release, a sentence for each service; empty: this is that release. */
    List<String> differences(Release release) {
        Map<String, Release.Service> kept = new TreeMap<>();
        release.services().forEach(service -> kept.put(service.name(), service));
        List<String> differences = new ArrayList<>();
        for (Release.Service now : asServices()) {
            Release.Service then = kept.remove(now.name());
            if (then == null) {
                differences.add("the service " + now.name() + " is not in it");
            } else if (!then.imageId().equals(now.imageId())) {
                differences.add("the service " + now.name() + " runs another image (" + now.image() + ")");
            } else if (!then.configHash().equals(now.configHash())) {
                differences.add("the service " + now.name() + " runs with another configuration");
            }
        }
        kept.keySet().forEach(name -> differences.add("the service " + name + " has no container"));
        return differences;
    }
}
