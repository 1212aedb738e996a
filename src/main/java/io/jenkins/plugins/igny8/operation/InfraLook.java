package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What one look at the infra has found. */
final class InfraLook {

    private final List<CheckInfra.Service> services = new ArrayList<>();
    private final List<CheckInfra.Checked> checks = new ArrayList<>();
    private final Map<String, List<String>> missing = new LinkedHashMap<>();
    private Long freeBytes;

    void answered(String name, Container container, String said) {
        services.add(new CheckInfra.Service(name, container.name(), container.id(), container.image(), said));
    }

    void isThere(String check, String answered) {
        checks.add(new CheckInfra.Checked(check, answered));
    }

    void isMissing(String what, String sentence) {
        missing.computeIfAbsent(what, first -> new ArrayList<>()).add(sentence);
    }

    void hasFree(Long bytes) {
        freeBytes = bytes;
    }

    List<CheckInfra.Service> services() {
        return services;
    }

    List<CheckInfra.Checked> checks() {
        return checks;
    }

    /** Sentences by what they are about, in the order in which it was asked for. */
    Map<String, List<String>> missing() {
        return missing;
    }

    /** Of the engine's disk; null: not known. */
    Long freeBytes() {
        return freeBytes;
    }

    void tell(Host host) {
        services.forEach(service -> host.tell(Event.note(service.name(), service.container() + " answers: " + service.answered())));
        checks.forEach(check -> host.tell(Event.note(check.check(), check.answered())));
    }

    boolean complete() {
        return missing.isEmpty();
    }

    /** All that is missing, a sentence each line. */
    String problems() {
        return missing.values().stream().flatMap(List::stream).collect(Collectors.joining("\n"));
    }
}
