package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A compose file that includes one, and extends services of others: a way back has them all as they were. */
@Tag("engine")
class OtherFilesIT {

    private static final String COMPOSE = """
            include:
              - shared/front.yml   # beside its env file
            services:
              backend:
                image: %1$s-backend
                extends: {file: "shared/common.yml", service: base}
              celery_worker:
                image: %1$s-backend
                extends:
                  file: shared/common.yml
                  service: base
            """;

    private static final String FRONT = """
            services:
              front:
                image: %1$s
                extends: {file: deep/plain.yml, service: plain}
                env_file: front.env
                environment:
                  DB_PASSWORD: written-into-it
            """;

    private static final String COMMON = """
            services:
              base:
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
                environment: {COMMON: %1$s}
                healthcheck: {test: [CMD, %2$s], interval: 1s, retries: 2}
            """;

    private static final String DEEP = """
            services:
              plain:
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
                environment: {DEEP: %1$s}
            """;

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    /** @param health {@code true} or {@code false} */
    private void release(String number, String health) {
        engine.file("compose.yml", COMPOSE.formatted(engine.project));
        engine.file("shared/front.yml", FRONT.formatted(RealEngine.BASE));
        engine.file("shared/front.env", "BESIDE=here\n");
        engine.file("shared/common.yml", COMMON.formatted(number, health));
        engine.file("shared/deep/plain.yml", DEEP.formatted(number));
        engine.file(engine.project + "/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY release /\n");
        engine.file(engine.project + "/release", number);
        engine.builtBackend();
    }

    private Outcome deploy() throws InterruptedException {
        return new Deploy(engine.gates(CodeTruth.CHECK, 5, false), true, null, false, false).run(engine.host);
    }

    private Outcome back(boolean dryRun) throws InterruptedException {
        return new Rollback(engine.gates(CodeTruth.CHECK, 5, dryRun), null, Ahead.KEEP, null, null).run(engine.host);
    }

    /** What the containers know of their files. */
    private void runs(String number) {
        for (String service : List.of("backend", "celery_worker")) {
            assertEquals(number, variable(service, "COMMON"), engine.log());
        }
        assertEquals(number, variable("front", "DEEP"), engine.log());
        assertEquals("here", variable("front", "BESIDE"), engine.log());
        assertEquals("written-into-it", variable("front", "DB_PASSWORD"), engine.log());
    }

    private String variable(String service, String name) {
        return engine.docker("exec", engine.project + "-" + service + "-1", "printenv", name);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(engine.workspace)) {
            return files.filter(Files::isRegularFile).map(file -> engine.workspace.relativize(file).toString()).filter(file -> !file.startsWith("igny8-logs/")).sorted().toList();
        }
    }

    @Test
    void theWayBackHasThemAsTheyWere() throws Exception {
        release("r1", "'true'");
        assertEquals("deployed", deploy().outcome(), engine.log());
        runs("r1");

        release("r2", "'false'");
        List<String> files = files();
        Outcome sick = deploy();
        assertEquals("rolled back", sick.outcome(), engine.log());
        runs("r1");
        assertEquals(files, files());

        release("r3", "'true'");
        assertEquals("deployed", deploy().outcome(), engine.log());
        runs("r3");

        Outcome planned = back(true);
        assertEquals(3, planned.changed().size(), planned.toString());
        assertEquals(files, files());
        Outcome back = back(false);
        assertEquals("deployed", back.outcome(), back.problem() + engine.log());
        runs("r1");
        assertEquals(files, files());

        String record = engine.docker("volume", "inspect", "igny8-release." + engine.project + ".1", "--format", "{{json .Labels}}");
        assertTrue(record.contains("shared/deep/plain.yml"), record);
        assertFalse(record.contains("written-into-it"), record);
    }

    /** Nothing differs to what ran before: it is not replaced. */
    @Test
    void theSameFilesAreTheSameRelease() throws Exception {
        release("r1", "'true'");
        assertEquals("deployed", deploy().outcome(), engine.log());
        release("r2", "'true'");
        assertEquals("deployed", deploy().outcome(), engine.log());
        release("r1", "'true'");
        Outcome back = back(false);
        assertEquals("deployed", back.outcome(), engine.log());
        Outcome again = deploy();
        assertEquals(List.of(), again.changed(), engine.log());
    }

    /** Characters of three bytes each: more than one word of a command may have. */
    @Test
    void whatIsTooLongToBeKeptIsDeployedAllTheSame() throws Exception {
        release("r1", "'true'");
        engine.file("compose.yml", COMPOSE.formatted(engine.project) + ("# " + "\u2026".repeat(100) + "\n").repeat(500));
        assertEquals("deployed", deploy().outcome(), engine.log());
        assertTrue(engine.log().contains("too long to be kept"), engine.log());
    }

    /** Of a file that Compose reads and we do not, nothing is kept: what in it is a secret cannot be told. */
    @Test
    void whatCannotBeReadIsDeployedAllTheSame() throws Exception {
        release("r1", "'true'");
        engine.file("shared/front.yml", FRONT.formatted(RealEngine.BASE).replace("DB_PASSWORD: ", "DB_PASSWORD:\t"));
        assertEquals("deployed", new Deploy(engine.gates(CodeTruth.CHECK, 5, false), false, null, false, false).run(engine.host).outcome(), engine.log());
        String record = engine.docker("volume", "inspect", "igny8-release." + engine.project + ".1", "--format", "{{json .Labels}}");
        assertFalse(record.contains("written-into-it"), record);
    }
}
