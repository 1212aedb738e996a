package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deployments of a small stack whose image says how it behaves; how each ended is read from the engine, not from the step. */
@Tag("engine")
class DeployIT {

    private static final String COMPOSE = """
            services:
              backend: &backend
                image: %1$s-backend
                command: [sh, -c, 'grep -q sick /app/mode || touch /tmp/ok; exec sleep 600']
                init: true
                stop_grace_period: 1s
                environment: {API_TOKEN: canary-token, MODE: "${MODE:-calm}"}
                healthcheck: {test: [CMD, test, -f, /tmp/ok], interval: 1s, start_period: 5s, retries: 2}
              celery_worker:
                image: %1$s-backend
                command: [sh, -c, 'if grep -q lazy /app/mode; then exit 1; fi; exec sleep 600']
                init: true
                stop_grace_period: 1s
                restart: always
              front:
                image: %2$s
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
                depends_on: {backend: {condition: service_healthy}}
              aside:
                image: %2$s
                command: [sleep, '600']
                init: true
                stop_grace_period: 1s
            """;

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    @BeforeEach
    void files() {
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE));
    }

    /** Builds a release that behaves as its words say: good, sick, lazy (the worker ends), each with a number to be another image. */
    private String build(String mode) {
        engine.file(engine.project + "/Dockerfile", "FROM " + RealEngine.BASE + "\nCOPY mode /app/\n");
        engine.file(engine.project + "/mode", mode + "\n");
        return engine.builtBackend();
    }

    private Deploy deploy(boolean candidate, boolean dryRun, boolean returnOutcome) {
        return deploy(candidate, dryRun, returnOutcome, 5);
    }

    private Deploy deploy(boolean candidate, boolean dryRun, boolean returnOutcome, int keep, String... scale) {
        ComposeUp up = new ComposeUp(
                engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(60), new UpOptions(List.of(scale), true, false, false, false, null),
                CodeTruth.CHECK);
        WaitHealthy healthy = new WaitHealthy(engine.project, List.of(), List.of(), Duration.ofSeconds(20), Duration.ofSeconds(2));
        Gates gates = new Gates(up, healthy, "backend", List.of(), Duration.ofSeconds(5), false, keep, dryRun, returnOutcome);
        return new Deploy(gates, true, null, candidate, false);
    }

    private Outcome run(boolean candidate) throws InterruptedException {
        return deploy(candidate, false, true).run(engine.host);
    }

    private String image(String service) {
        return engine.running().get(service).split(" ")[1];
    }

    /** What must hold after every deployment, however it ended. */
    private void nothingIsLeft() {
        assertEquals("", engine.docker("ps -aq --filter label=com.docker.compose.project=" + engine.project + "-candidate"));
        assertFalse(engine.docker("ps -a --format {{.Names}} --filter name=" + engine.project).matches("(?s).*\\b[0-9a-f]{12}_.*"));
        assertEquals("free", engine.lockState());
    }

    private Map<String, String> variables() {
        return Results.variables(engine.kept);
    }

    @Test
    void aReleaseBecomesTheTruthAndIsKeptOnTheEngine() throws Exception {
        String good = build("good 1");
        Outcome first = run(true);
        assertEquals("deployed", first.outcome(), engine.log());
        assertEquals(1L, first.release());
        assertNull(first.previous());
        assertEquals(good, image("backend"));
        assertEquals(good, image("celery_worker"));
        assertEquals("deployed", variables().get("IGNY8_OUTCOME"));
        assertEquals("1", variables().get("IGNY8_RELEASE"));
        JsonNode record = engine.record(1);
        assertEquals(good, record.path("services").get(1).path("imageId").asText());
        assertFalse(record.toString().contains("canary-token"), record.toString());
        assertTrue(record.path("files").get(0).path("text").asText().contains("MODE: \"${MODE:-calm}\""), record.toString());
        nothingIsLeft();

        Map<String, String> before = engine.running();
        Outcome again = run(true);
        assertEquals("deployed", again.outcome());
        assertEquals(1L, again.release());
        assertTrue(again.changed().isEmpty() && again.seconds() < 5, again.toString());
        assertEquals(before, engine.running());
        assertEquals(List.of("1 deployed"), engine.releases());

        String better = build("good 2");
        Outcome second = run(true);
        assertEquals("deployed", second.outcome(), engine.log());
        assertEquals(1L, second.previous());
        assertEquals(better, image("celery_worker"));
        assertEquals(before.get("aside"), engine.running().get("aside"), "what does not differ is not touched");
        assertEquals(before.get("front"), engine.running().get("front"), "nor what only depends on what does");
        assertEquals(List.of(engine.project + "-backend-1", engine.project + "-celery_worker-1"), second.changed());
        assertTrue(engine.log().contains("a candidate of the new release starts"), engine.log());
        // The first release's image stays though its tag has moved on.
        engine.docker("image prune -f");
        for (int i = 3; i < 6; i++) {
            build("unused " + i);
            engine.docker("tag " + engine.project + "-backend:latest " + engine.project + "-backend:" + i);
        }
        PruneImages.Pruned pruned = new PruneImages(List.of(engine.project + "-backend"), 1, false).run(engine.host);
        assertFalse(pruned.removed().isEmpty());
        engine.docker("image inspect " + good);
        nothingIsLeft();
    }

    @Test
    void aReleaseThatCannotStartChangesNothing() throws Exception {
        build("good 1");
        run(true);
        Map<String, String> before = engine.running();
        build("sick 1");
        Outcome sick = run(true);
        assertEquals("unchanged", sick.outcome());
        assertEquals(List.of(), sick.changed());
        assertTrue(sick.problem().startsWith("The candidate of backend did not get healthy, so nothing was switched. The project " + engine.project + "-candidate is"), sick.problem());
        assertEquals(before, engine.running());
        assertEquals(1L, sick.release());
        assertEquals("unchanged", variables().get("IGNY8_OUTCOME"));
        assertTrue(sick.problem().contains("is not healthy and will not become so"), "what is unhealthy is not waited for: " + sick.problem());
        assertEquals(List.of("1 deployed"), engine.releases());
        nothingIsLeft();

        // A service that ends, be it with 0, serves nobody.
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE).replaceFirst("exec sleep 600'", "exit 0'"));
        build("good 2");
        assertEquals("unchanged", run(true).outcome(), engine.log());
        assertEquals(before, engine.running());
    }

    @Test
    void aReleaseThatFailsAfterTheSwitchIsTakenBack() throws Exception {
        String good = build("good 1");
        run(true);
        String lazy = build("lazy 1");
        Outcome back = run(true);
        assertEquals("rolled back", back.outcome(), engine.log());
        assertTrue(back.problem().contains("celery_worker") && back.problem().endsWith("Release 1 runs again and was seen healthy on its own images."), back.problem());
        assertEquals(good, image("backend"));
        assertEquals(good, image("celery_worker"));
        assertEquals("healthy", engine.inspect(engine.project + "-backend-1", "{{.State.Health.Status}}"));
        assertEquals("canary-token", engine.docker("exec", engine.project + "-backend-1", "printenv", "API_TOKEN"));
        assertEquals(List.of("1 deployed", "2 rolled back"), engine.releases());
        assertEquals("rolled back", variables().get("IGNY8_OUTCOME"));
        assertEquals("1", variables().get("IGNY8_RELEASE"));
        nothingIsLeft();

        String sentence = assertThrows(Failure.class, () -> deploy(true, false, false).run(engine.host)).getMessage();
        assertTrue(sentence.startsWith("rolled back: The project " + engine.project + " is not healthy and will not become so: celery_worker"), sentence);
        assertFalse(lazy.equals(image("backend")));
    }

    @Test
    void whatOthersDeployedIsGoneBackToFromTheFirstDeploymentOn() throws Exception {
        String old = build("good 0");
        engine.docker("compose -f compose.yml -p " + engine.project + " up -d");
        build("lazy 1");
        Outcome back = run(true);
        assertEquals("rolled back", back.outcome(), engine.log());
        assertEquals(0L, back.previous());
        assertEquals(old, image("backend"));
        assertEquals(old, image("celery_worker"));
        assertEquals(List.of("0 adopted", "1 rolled back"), engine.releases());
        nothingIsLeft();
    }

    @Test
    void aFirstReleaseThatFailsIsSaidToBeBroken() throws Exception {
        build("lazy 1");
        Outcome broken = run(true);
        assertEquals("broken", broken.outcome());
        assertTrue(broken.problem().contains("Nothing ran before, so there is nothing to go back to. What is there: " + engine.project + "-aside-1 runs"), broken.problem());
        assertNull(broken.release());
        nothingIsLeft();

        // What it left is nothing to go back to either.
        build("lazy 2");
        Outcome again = run(true);
        assertEquals("broken", again.outcome());
        assertTrue(again.problem().contains("Nothing ran before, so there is nothing to go back to."), again.problem());
        assertTrue(engine.log().contains("what runs is what release 1 left, which is broken"), engine.log());
        assertEquals(List.of("1 broken", "2 broken"), engine.releases());

        String good = build("good 3");
        assertEquals("deployed", run(true).outcome(), engine.log());
        assertEquals(good, image("celery_worker"));
    }

    @Test
    void aServiceThatTheFilesHaveLostAndNumbersOfContainersDoNotBarTheWayBack() throws Exception {
        build("good 1");
        run(false);
        String without = COMPOSE.formatted(engine.project, RealEngine.BASE);
        engine.file("compose.yml", without.substring(0, without.indexOf("  aside:")));
        String good = build("good 2");
        assertEquals("deployed", deploy(false, false, true, 5, "celery_worker=2").run(engine.host).outcome(), engine.log());
        String aside = engine.inspect(engine.project + "-aside-1", "{{.Id}}");

        // The new release has a service of its own, and asks for a number of it.
        engine.file("compose.yml", without.substring(0, without.indexOf("  aside:")) + without.substring(without.indexOf("  aside:")).replace("aside", "extra"));
        build("lazy 3");
        Outcome back = deploy(false, false, true, 5, "extra=2").run(engine.host);
        assertEquals("rolled back", back.outcome(), engine.log());
        assertEquals(good, image("backend"));
        assertEquals(2, engine.docker("ps -q --filter ancestor=" + good + " --filter name=" + engine.project + "-celery_worker").lines().count());
        assertEquals(aside, engine.inspect(engine.project + "-aside-1", "{{.Id}}"), "nobody asked to take it away");
        assertEquals("", engine.docker("ps -aq --filter name=" + engine.project + "-extra"));
        assertEquals(List.of("1 deployed", "2 deployed", "3 rolled back"), engine.releases());
        nothingIsLeft();
    }

    @Test
    void whatOthersWaitToEndIsNoReasonToWaitForEver() throws Exception {
        build("good 1");
        engine.file("compose.yml", """
                services:
                  backend:
                    image: %1$s-backend
                    command: [sleep, '600']
                    init: true
                    stop_grace_period: 1s
                    depends_on: {setup: {condition: service_completed_successfully}}
                  setup: {image: %1$s-backend, command: ['true']}
                """.formatted(engine.project));
        assertEquals("deployed", run(true).outcome(), engine.log());
        String setup = engine.inspect(engine.project + "-setup-1", "{{.State.StartedAt}}");
        Outcome again = run(true);
        assertEquals("deployed", again.outcome());
        assertTrue(again.changed().isEmpty(), again.toString());
        assertEquals(setup, engine.inspect(engine.project + "-setup-1", "{{.State.StartedAt}}"), "not once more");

        engine.docker("stop " + engine.project + "-backend-1");
        Outcome started = run(true);
        assertEquals(List.of(engine.project + "-backend-1"), started.changed());
        assertEquals("true", engine.inspect(engine.project + "-backend-1", "{{.State.Running}}"));
        nothingIsLeft();
    }

    @Test
    void recordsThatNobodyCanReadAreLeftAlone() throws Exception {
        for (String record : List.of("{}", "null", "no JSON", "")) {
            engine.docker("volume", "create", "--label", "io.jenkins.plugins.igny8.release=" + engine.project, "--label", "io.jenkins.plugins.igny8.release.record=" + record,
                    "igny8-release." + engine.project + "." + (4 + record.length()));
        }
        engine.docker("volume create --label io.jenkins.plugins.igny8.release=" + engine.project + " " + engine.project + "-by-hand");
        String good = build("good 1");
        Outcome first = run(true);
        assertEquals("deployed", first.outcome(), engine.log());
        assertEquals(12L, first.release());
        assertEquals(good, image("backend"));
        assertTrue(engine.log().contains("the volume igny8-release." + engine.project + ".6 holds no release that this version can read, and is left alone"), engine.log());
        engine.docker("volume rm igny8-release." + engine.project + ".12");
        build("good 2");
        Outcome second = run(true);
        assertEquals("deployed", second.outcome(), engine.log());
        assertEquals(12L, second.previous(), "without its record it is what others deployed");
        nothingIsLeft();
    }

    @Test
    void aMistakeInTheParametersHasAnOutcomeToo() throws Exception {
        OutcomeOfBuild.keep("deployed", 1L, engine.host);
        Outcome refused = deploy(true, false, true, 0).run(engine.host);
        assertEquals("unchanged", refused.outcome());
        assertEquals("'keep' is 0: give how many releases stay on the engine, 1 or more.", refused.problem());
        assertEquals("unchanged", variables().get("IGNY8_OUTCOME"));
    }

    @Test
    void aDryRunChangesNothingAndSaysWhatWouldBe() throws Exception {
        build("good 1");
        run(true);
        build("good 2");
        String before = state();
        Outcome planned = deploy(true, true, true).run(engine.host);
        assertEquals("unchanged", planned.outcome());
        // Compose recreates what depends on what it recreates.
        assertEquals(List.of(engine.project + "-backend-1", engine.project + "-celery_worker-1", engine.project + "-front-1"), planned.changed().stream().sorted().toList());
        assertTrue(engine.log().contains("would recreate " + engine.project + "-backend-1: another image, "), engine.log());
        assertEquals(before, state());

        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE).replace("command: [sleep, '600']", "command: [sleep, '601']"));
        engine.docker("tag", engine.record(1).path("services").get(1).path("imageId").asText(), engine.project + "-backend:latest");
        engine.kept.clear();
        ComposeProject other = new ComposeProject(engine.project, List.of("compose.yml"), List.of(), null, null, List.of("MODE=wild"));
        Gates gates = deploy(true, true, true).gates();
        ComposeUp up = new ComposeUp(other, List.of(), gates.up().images(), gates.up().deadline(), gates.up().options(), gates.up().code());
        new Deploy(new Gates(up, gates.healthy(), "backend", List.of(), Duration.ZERO, false, 5, true, true), true, null, true, false).run(engine.host);
        assertTrue(
                engine.log().contains("would recreate " + engine.project + "-aside-1: changed since release 1: command, the value of MODE"), engine.log());
        assertFalse(engine.record(1).toString().contains("calm\"}"), engine.record(1).toString());
        assertTrue(engine.record(1).path("variables").path("MODE").isTextual(), engine.record(1).toString());
    }

    private String state() {
        return engine.docker("ps -a --no-trunc --format {{.ID}}{{.Names}}{{.Image}} --filter name=" + engine.project) + engine.docker("volume ls -q --filter name=" + engine.project)
                + engine.docker("images --no-trunc --format {{.Repository}}:{{.Tag}}={{.ID}} " + engine.project + "*") + engine.docker("network ls -q --filter name=" + engine.project);
    }

    @Test
    void whatIsRefusedTouchesNothing() throws Exception {
        Outcome missing = run(true);
        assertEquals("unchanged", missing.outcome());
        build("good 1");
        run(true);
        Map<String, String> before = engine.running();
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE).replaceFirst("(celery_worker:\n    image: )\\S+", "$1" + RealEngine.BASE));
        Outcome other = run(true);
        assertEquals("unchanged", other.outcome());
        assertEquals(1L, other.release(), "what runs is known, though nobody looked");
        assertTrue(other.problem().startsWith("The service celery_worker would run the image " + RealEngine.BASE + " and backend the image "), other.problem());
        assertEquals(before, engine.running());

        // Compose itself would find out after it has replaced what goes.
        engine.file("compose.yml", COMPOSE.formatted(engine.project, RealEngine.BASE).replace("command: [sleep, '600']", "command: [sleep, '600']\n    ports: ['39999:1']"));
        Outcome twice = run(true);
        assertEquals("unchanged", twice.outcome());
        assertTrue(twice.problem().startsWith("The compose files (compose.yml) are not as they should be:\ncompose.yml:25:13: error: The services front and aside both publish the port 39999"), twice.problem());
        assertEquals(before, engine.running());
        assertEquals("free", engine.lockState());
    }

    @Test
    void aPullRequestsBuildDeploysNothing() throws Exception {
        build("good 1");
        Outcome skipped = deploy(true, false, true).run(engine.host(Credentials.none(), Map.of("CHANGE_ID", "17")));
        assertNull(skipped.outcome());
        assertEquals(Map.of(), engine.running());
        assertFalse(variables().containsKey("IGNY8_OUTCOME"));
        assertTrue(engine.log().contains("this is the build of pull request 17: nothing is deployed"), engine.log());
    }

    @Test
    void anAbortStartsNoWayBackAndFreesTheLock() throws Exception {
        build("good 1");
        run(true);
        String sick = build("sick 1");
        Thread aborted = new Thread(() -> assertThrows(InterruptedException.class, () -> run(false)));
        aborted.start();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (engine.docker("ps -q --filter ancestor=" + sick + " --filter label=com.docker.compose.service=backend").isEmpty()) {
            assertTrue(System.nanoTime() < giveUp, engine.log());
            TimeUnit.MILLISECONDS.sleep(50);
        }
        long cut = System.nanoTime();
        aborted.interrupt();
        aborted.join(TimeUnit.SECONDS.toMillis(60));
        assertFalse(aborted.isAlive());
        assertTrue(System.nanoTime() - cut < TimeUnit.SECONDS.toNanos(60));
        assertEquals("broken", variables().get("IGNY8_OUTCOME"));
        assertFalse(engine.log().contains("goes back to release"), engine.log());
        assertEquals(List.of("1 deployed", "2 broken"), engine.releases());
        nothingIsLeft();

        build("good 3");
        assertEquals("deployed", run(true).outcome(), engine.log());
    }
}
