package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A copy of the example stack in a folder of its own, checked as its Jenkinsfile does. */
final class ExampleStack {

    private static final Path EXAMPLE = Path.of("../examples/igny8");

    private ExampleStack() {}

    static void copy(Path workspace) throws IOException {
        try (var paths = Files.walk(EXAMPLE)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path to = workspace.resolve(EXAMPLE.relativize(path).toString());
                Files.createDirectories(to.getParent());
                Files.copy(path, to);
            }
        }
    }

    /** @param withDocker whether there is a docker command on the PATH */
    static CheckCompose.Checked check(Path workspace, boolean withDocker, boolean release) throws InterruptedException {
        Map<String, String> environment = withDocker ? Map.of() : Map.of("PATH", "/nonexistent");
        LocalHost host = new LocalHost(workspace, environment, Credentials.none(), new ConcurrentHashMap<>(), event -> {});
        CheckOptions options =
                new CheckOptions(List.of(), "never", null, release, List.of(), List.of("backend=/api/v1/system/status/"), 300, false, false);
        return new CheckCompose(new ComposeProject(null, List.of(), List.of(), null, null, List.of()), options).run(host);
    }

    /** What a mutation is to find, and no other rule with it. */
    static void assertFound(ComposeMutations mutation, CheckCompose.Checked checked, Path workspace) throws IOException {
        String wanted = mutation.at() + ":" + mutation.wantedLine(workspace);
        assertEquals(Set.of(mutation.rule()), checked.findings().stream().map(CheckCompose.Found::rule).collect(Collectors.toSet()), () -> checked.findings().toString());
        assertTrue(checked.findings().stream().anyMatch(one -> wanted.equals(one.file() + ":" + one.line())), () -> wanted + " instead of " + checked.findings());
    }
}
