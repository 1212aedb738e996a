package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A deployment whose compose file names an image that others made, and that the engine does not have yet. */
@Tag("engine")
class AbsentImagesIT {

    private static final String COMPOSE = """
            services:
              backend:
                image: %1$s-backend
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
              front:
                image: %2$s
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
                pull_policy: %3$s
                depends_on: [backend]
            """;

    @RegisterExtension
    static final RegistryFixture registry = new RegistryFixture();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private LocalHost host;
    private String image;

    /** One that only the registry has. */
    @BeforeEach
    void push() throws Exception {
        String login = Base64.getEncoder().encodeToString((RegistryFixture.USER + ":" + RegistryFixture.PASSWORD).getBytes(StandardCharsets.UTF_8));
        engine.file("login/config.json", "{\"auths\": {\"" + registry.address() + "\": {\"auth\": \"" + login + "\"}}}");
        Path folder = engine.workspace.resolve("login");
        host = engine.host(registry.credentials(), Map.of("DOCKER_CONFIG", folder.toString()));
        image = registry.address() + "/" + engine.project + "-front:1";
        engine.file(engine.project + "/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY front /\n");
        engine.file(engine.project + "/front", engine.project);
        engine.docker("build", "-q", "-t", image, engine.project);
        engine.docker("--config", folder.toString(), "push", "-q", image);
        engine.docker("rmi", image);
        backend("1");
    }

    @AfterEach
    void removePulled() {
        engine.removeProjects();
        registry.removeFrom(engine);
    }

    private void backend(String number) {
        engine.file(engine.project + "/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY number /\n");
        engine.file(engine.project + "/number", number);
        engine.builtBackend();
    }

    private Outcome deploy(String image, String policy, boolean dryRun) throws InterruptedException {
        engine.file("compose.yml", COMPOSE.formatted(engine.project, image, policy));
        return new Deploy(engine.gates(CodeTruth.CHECK, 5, dryRun), true, null, false, false).run(host);
    }

    private boolean isHere() {
        return !engine.docker("images", "-q", "--filter", "reference=" + image).isEmpty();
    }

    @Test
    void itIsPulledBeforeTheLockIsTaken() throws Exception {
        Outcome planned = deploy(image, "missing", true);
        assertEquals("unchanged", planned.outcome(), engine.log());
        assertEquals(2, planned.changed().size(), planned.toString());
        assertTrue(engine.log().contains("[plan] would pull " + image + " for front"), engine.log());
        assertFalse(isHere());

        assertEquals("deployed", deploy(image, "missing", false).outcome(), engine.log());
        int pulled = engine.log().indexOf("[front] pulling " + image + ", which this engine lacks");
        assertTrue(pulled > 0 && pulled < engine.log().indexOf("the lock of "), engine.log());
        assertEquals(engine.docker("image", "inspect", "--format", "{{.Id}}", image), engine.running().get("front").split(" ")[1]);
    }

    /** Pulled in the switch, it would be missed after the backend was replaced, which comes first since the front depends on it. */
    @Test
    void oneThatCannotBeHadReplacesNothing() throws Exception {
        assertEquals("deployed", deploy(image, "missing", false).outcome(), engine.log());
        Map<String, String> before = engine.running();
        backend("2");
        String nowhere = image.replace(":1", ":2");
        Outcome none = deploy(nowhere, "missing", false);
        assertEquals("unchanged", none.outcome(), engine.log());
        assertTrue(none.problem().startsWith("The image " + nowhere + " of the service front is not on this engine, and cannot be pulled. The registry has no such image "),
                none.problem());
        assertEquals(before, engine.running());
        Outcome never = deploy(nowhere, "never", false);
        assertEquals("unchanged", never.outcome());
        assertEquals("The image " + nowhere + " of the service front is not on this engine, and the compose file says not to pull it: bring it here (igny8Pull, igny8Load) first.",
                never.problem());
        assertEquals(before, engine.running());
        assertEquals(List.of("1 deployed"), engine.releases());
    }
}
