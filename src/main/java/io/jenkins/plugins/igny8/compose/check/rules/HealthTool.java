package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Dockerfile;
import io.jenkins.plugins.igny8.compose.check.KnownImages;
import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;
import io.jenkins.plugins.igny8.compose.read.Words;
import java.util.List;
import java.util.Optional;

/** A health check whose program the image does not have: it fails for ever, and the service is never healthy. */
public final class HealthTool implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            String program = program(service.get("healthcheck")).orElse("");
            if (!program.isEmpty() && isLacking(program, service)) {
                found.add(service.check().get(1).place(), "The health check of " + service.name() + " needs " + program + ", which its image does not have.",
                        "Install " + program + " in the image, or ask by a program that it has.");
            }
        }
    }

    /** The program that a health check starts; empty where there is none, or its shell does it by itself. */
    public static Optional<String> program(Value healthcheck) {
        List<Value> check = healthcheck.get("test").items();
        if (check.size() < 2 || healthcheck.get("disable").isTrue()) {
            return Optional.empty();
        }
        List<String> words = check.get(0).text().equals("CMD") ? check.stream().skip(1).map(Value::text).toList() : Words.of(check.get(1).text());
        return words.stream().findFirst().filter(word -> word.matches("[\\w./+-]+"));
    }

    private static boolean isLacking(String program, Service service) {
        if (service.atHand().isPresent()) {
            return service.atHand().get().lacking().contains(program);
        }
        boolean installed = service.dockerfile().map(Dockerfile::installed).orElse(List.of()).stream().anyMatch(run -> run.contains(program));
        boolean brought = service.dockerfile().map(Dockerfile::copied).orElse(List.of()).stream().anyMatch(copy -> copy.text().contains("bin"));
        return !installed && !brought && !service.base().contains("$") && KnownImages.lacks(service.base(), program).orElse(false);
    }
}
