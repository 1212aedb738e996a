package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers stand in by what their own tools say: the operation asks nothing else. The example's real ones are asked by its pipeline. */
@Tag("engine")
class CheckInfraIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private String network() {
        return engine.project + "_net";
    }

    private CheckInfra check() {
        return check(DeclaredInfra.documented(network()), 0);
    }

    private static CheckInfra check(DeclaredInfra declared, int seconds) {
        return new CheckInfra(declared, Duration.ofSeconds(seconds));
    }

    private String failure() {
        return failure(check());
    }

    private String failure(CheckInfra check) {
        return assertThrows(Failure.class, () -> check.run(engine.host)).getMessage();
    }

    /** A stack whose pg_isready and redis-cli are scripts. */
    private void infra(String postgresSays, String redisSays) {
        engine.file("pg_isready", "#!/bin/sh\n" + postgresSays + "\n");
        engine.file("redis-cli", "#!/bin/sh\n" + redisSays + "\n");
        engine.file("compose.yml", """
                services:
                  postgres:
                    image: %1$s
                    command: [sh, -c, 'cp /tools/* /usr/bin && chmod +x /usr/bin/pg_isready /usr/bin/redis-cli && touch /ready && exec sleep 600']
                    healthcheck: {test: [CMD, test, -e, /ready], interval: 200ms, retries: 50}
                    volumes: ['.:/tools:ro']
                    networks: [net]
                  cache:
                    extends: postgres
                    networks: {net: {aliases: [redis]}}
                networks: {net: {name: %2$s}}
                """.formatted(RealEngine.BASE, network()));
        engine.docker("compose -f compose.yml -p " + engine.project + " up -d --wait");
    }

    @Test
    void withNothingThereAllThreeProblemsAreTold() {
        List<String> problems = failure().lines().toList();
        assertEquals(3, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith("There is no network " + network() + " on this engine: start the infra stack"), problems.get(0));
        assertTrue(problems.get(1).startsWith("Postgres: no running container answers to 'postgres' on the network"), problems.get(1));
        assertTrue(problems.get(2).startsWith("Redis: no running container answers to 'redis' on the network"), problems.get(2));
    }

    @Test
    void tellsWhoAnswered() throws Exception {
        infra("echo \"$2:5432 - accepting connections\"", "echo \"NOAUTH Authentication required.\"");
        CheckInfra.Found infra = check().run(engine.host);
        assertEquals(List.of("postgres", "redis"), infra.services().stream().map(CheckInfra.Service::name).toList());
        assertEquals("postgres:5432 - accepting connections", infra.services().get(0).answered());
        CheckInfra.Service redis = infra.services().get(1);
        assertEquals(engine.inspect(engine.project + "-cache-1", "/{{.Id}}"), "/" + redis.containerId());
        assertEquals(engine.project + "-cache-1", redis.container());
        assertEquals("NOAUTH Authentication required.", redis.answered());
    }

    @Test
    void whatRunsButDoesNotAnswerIsAProblem() {
        infra("echo \"$2:5432 - rejecting connections\"; exit 1", "echo \"LOADING Redis is loading the dataset in memory\"");
        List<String> problems = failure().lines().toList();
        assertEquals(2, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains("-postgres-1 does not answer") && problems.get(0).contains("rejecting connections"), problems.get(0));
        assertTrue(problems.get(1).contains("-cache-1 does not answer") && problems.get(1).contains("LOADING"), problems.get(1));
    }

    @Test
    void aStoppedContainerIsNamedAndNoneIsNotAsked() {
        infra("exit 0", "echo PONG");
        engine.docker("stop -t 0 " + engine.project + "-postgres-1");
        String failure = failure();
        assertTrue(failure.contains("(the container " + engine.project + "-postgres-1 has ended with exit code 137)"), failure);
        assertEquals(1, failure.lines().count());
        CheckInfra onlyRedis = check(new DeclaredInfra(network(), CheckInfra.NONE, "redis", List.of(), null), 0);
        assertEquals("PONG", assertDoesNotThrow(() -> onlyRedis.run(engine.host)).services().get(0).answered());
    }
}
