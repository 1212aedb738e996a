package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Built here, deployed there: two daemons, and two registries with logins of their own. */
@Tag("engine")
class TwoEnginesIT {

    @RegisterExtension
    static final RegistryFixture registry = new RegistryFixture();

    @RegisterExtension
    static final RegistryFixture otherRegistry = new RegistryFixture();

    @RegisterExtension
    static final SecondEngine second = new SecondEngine();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private Host here;
    private Host there;
    private String name;

    @BeforeEach
    void buildHere() throws Exception {
        here = engine.host(registry.credentials(), Map.of());
        there = engine.host(registry.credentials(), second.environment());
        name = engine.project + "-app";
        engine.file("app/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY page /\nCMD [\"sleep\", \"600\"]\n");
        engine.file("app/page", name);
        BuildImages.of(new ImageToBuild(name + ":latest", "app/Dockerfile", "app")).run(here);
        new PushImages(registry.address(), "team", "registry", List.of("1"), List.of()).run(here);
    }

    @AfterEach
    void removeAll() throws Exception {
        registry.removeFrom(engine);
        String containers = second.docker("ps -aq").replace('\n', ' ');
        if (!containers.isEmpty()) {
            second.docker("rm -f " + containers);
        }
    }

    private ComposeUp up() {
        return new ComposeUp(engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK);
    }

    @Test
    void everyStationHasTheSameImage() throws Exception {
        String digest = registry.digest("team/" + name, "1");
        String id = engine.docker("image inspect --format {{.Id}} " + name);
        engine.file("compose.yml", "services:\n  web: {image: '" + name + "', init: true}\n");

        PullImages pull = new PullImages(registry.address(), "team", "registry", List.of(), List.of());
        assertEquals(digest, pull.run(there).images().get(0).digest());
        assertEquals(
                "[" + registry.address() + "/team/" + name + "@" + digest + "]",
                second.docker("image inspect --format {{.RepoDigests}} " + id));

        Deployed.One web = up().run(there).containers().get(0);
        assertEquals(id, second.docker("inspect --format {{.Image}} " + web.id()));
        assertEquals("", engine.docker("ps -aq --filter label=com.docker.compose.project=" + engine.project), "nothing was deployed here");

        // From the target on to another registry, whose login is another one's.
        Host onward = engine.host(otherRegistry.credentials(), second.environment());
        BuiltImage passedOn = new PushImages(otherRegistry.address(), "prod", "registry", List.of("7"), List.of()).run(onward).images().get(0);
        assertEquals(otherRegistry.digest("prod/" + name, "7"), passedOn.digest());
        assertEquals(id, passedOn.imageId());
    }

    @Test
    void filesOfTheWorkspaceAreRefusedWhereTheEngineDoesNotSeeThem() throws Exception {
        engine.file("compose.yml", """
                services:
                  web:
                    image: %s
                    init: true
                    depends_on: [db]
                    secrets: [key]
                  db:
                    image: %s
                    init: true
                    volumes:
                      - data:/data
                      - /var/cache:/cache
                      - ./db/init.sql:/init.sql:ro
                volumes:
                  data:
                secrets:
                  key:
                    file: ./key.txt
                """.formatted(name, name));
        engine.file("db/init.sql", "select 1");
        engine.file("key.txt", "k");
        new PullImages(registry.address(), "team", "registry", List.of(), List.of()).run(there);

        String failure = assertThrows(Failure.class, () -> up().run(there)).getMessage();
        assertTrue(failure.contains("The service db mounts " + engine.workspace + "/db/init.sql (compose.yml, line 13)."), failure);
        assertTrue(failure.contains("The service web gets the secret key from " + engine.workspace + "/key.txt (compose.yml, line 18)."), failure);
        assertTrue(failure.contains("The engine does not see the files of this workspace"), failure);
        assertEquals(3, failure.lines().count(), failure);
        assertEquals("", second.docker("ps -aq"), "also of the question itself nothing is left");

        up().run(here);
        assertEquals("select 1", engine.docker("exec " + engine.project + "-db-1 cat /init.sql"), "the engine of this machine sees them");
        assertEquals(List.of(), engine.docker("ps -aq --filter name=igny8-sees").lines().toList());
    }

    /** Networks of the same name, on engines that have one machine and may have one ID. */
    @Test
    void infraThatIsGoneFromOneEngineIsNotMissedOnTheOther() throws Exception {
        String network = engine.project + "_net";
        String idle = engine.project + "-idle";
        String ofProject = " --label com.docker.compose.project=" + engine.project;
        engine.docker("network create" + ofProject + " " + network);
        engine.docker("run -d --init" + ofProject + " --network " + network + " --name " + idle + " " + RealEngine.BASE + " sleep 600");
        var declared = new DeclaredInfra(
                network, CheckInfra.NONE, CheckInfra.NONE, List.of(new InfraCheck(idle, null, null, null, 200)), null);
        new CheckInfra(declared, Duration.ZERO).run(here);
        engine.docker("stop -t 0 " + idle);
        engine.file("compose.yml", "services:\n  web: {image: '" + name + "', init: true, networks: [net]}\nnetworks: {net: {name: " + network
                + ", external: true}}\n");
        second.docker("network create " + network);
        try {
            new PullImages(registry.address(), "team", "registry", List.of(), List.of()).run(there);
            assertEquals("running", up().run(there).containers().get(0).state());
            String failure = assertThrows(Failure.class, () -> up().run(here)).getMessage();
            assertTrue(failure.startsWith("The infra was complete when igny8CheckInfra asked earlier in this build, and is not any more: container " + idle
                    + ": no running container answers to '" + idle + "'"), failure);
        } finally {
            removeAll();
            second.docker("network rm " + network);
        }
    }
}
