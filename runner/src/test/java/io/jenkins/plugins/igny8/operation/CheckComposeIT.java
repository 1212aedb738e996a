package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With the real docker compose, whose own answers are compared with, and the real engine. */
@Tag("engine")
class CheckComposeIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    static Stream<ComposeMutations> mutations() {
        return ComposeMutations.all();
    }

    private CheckOptions options(String failOn, String sarif, boolean askEngine, String... rules) {
        return new CheckOptions(List.of(rules), failOn, sarif, false, List.of(), List.of(), 300, askEngine, false);
    }

    private CheckCompose.Checked check(CheckOptions options) throws InterruptedException {
        return new CheckCompose(engine.composeProject(), options).run(engine.host);
    }

    private static Set<String> rules(CheckCompose.Checked checked) {
        return checked.findings().stream().map(CheckCompose.Found::rule).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void aMutationIsFoundByItsRuleAtItsLine(ComposeMutations mutation) throws Exception {
        ExampleStack.copy(engine.workspace);
        mutation.apply(engine.workspace);
        ExampleStack.assertFound(mutation, ExampleStack.check(engine.workspace, true, false), engine.workspace);
    }

    @Test
    void theExampleIsCleanAndReadAsComposeReadsIt() throws Exception {
        ExampleStack.copy(engine.workspace);
        CheckCompose.Checked checked = ExampleStack.check(engine.workspace, true, false);
        assertEquals(List.of(), checked.findings());
        assertEquals("docker compose", checked.checkedBy());
        String services = engine.docker("compose -f docker-compose.app.yml config --services");
        assertEquals(services.lines().sorted().toList(), checked.services());
        List<CheckCompose.Found> release = ExampleStack.check(engine.workspace, true, true).findings();
        assertEquals(List.of("code-mount", "code-mount", "code-mount", "code-mount"), release.stream().map(CheckCompose.Found::rule).toList());
    }

    @Test
    void errorsMakeItFailAndAllIsInTheLogAndInTheSarifFile() throws Exception {
        engine.file("compose.yml", """
                services:
                  web:
                    image: debian
                    privileged: true
                    depends_on: {db: {condition: service_healthy}}
                    environment: {TOKEN: "abc$$def", DATABASE_URL: "postgres://me:hidden-word@dbb:5432/x"}
                  db:
                    image: postgres:16
                """);
        CheckOptions never = options("never", "out/compose.sarif", false);
        CheckCompose.Checked checked = check(never);
        assertEquals(Set.of("health-missing", "privileged", "url-service"), rules(checked),
                "a doubled dollar is none of Compose's variables, but it is no plain secret either");
        assertEquals(1, checked.errors());
        String log = engine.log();
        assertTrue(log.contains("error    compose.yml:5  health-missing  The service web waits until db is healthy, but db has no health check."),
                log);
        assertTrue(log.contains("compose.yml: 2 services, 1 errors, 2 warnings"), log);
        assertFalse((log + checked).contains("hidden-word"), log);

        JsonNode run = new ObjectMapper().readTree(engine.workspace.resolve("out/compose.sarif").toFile()).path("runs").path(0);
        assertEquals(3, run.path("results").size());
        JsonNode first = run.path("results").path(0);
        assertEquals("privileged", first.path("ruleId").asText());
        assertEquals("warning", first.path("level").asText());
        assertEquals("compose.yml", first.at("/locations/0/physicalLocation/artifactLocation/uri").asText());
        assertEquals(4, first.at("/locations/0/physicalLocation/region/startLine").asInt());
        assertEquals("privileged", run.at("/tool/driver/rules/" + first.path("ruleIndex").asInt() + "/id").asText());

        String failure = assertThrows(Failure.class, () -> check(options("error", null, false))).getMessage();
        assertTrue(failure.startsWith("The compose files (compose.yml) are not as they should be:\ncompose.yml:5:") && !failure
                .contains("privileged"), failure);
        failure = assertThrows(Failure.class, () -> check(options("warning", null, false, "health-missing=off"))).getMessage();
        assertTrue(failure.contains("[privileged]") && !failure.contains("health-missing"), failure);
        assertEquals(0, check(options("error", null, false, "health-missing=warning")).errors());
    }

    @Test
    void severalFilesAreMergedAndEachFindingNamesItsOwn() throws Exception {
        engine.file("compose.yml", "services:\n  web:\n    image: debian\n    ports: ['8080:80']\n");
        engine.file("deploy/more.yml", "include: [deploy/other.yml]\nservices:\n  web:\n    privileged: true\n");
        engine.file("deploy/other.yml", "services:\n  other:\n    extends: {file: base.yml, service: base}\n    ports: ['127.0.0.1:8080:80']\n");
        engine.file("deploy/base.yml", "services:\n  base:\n    image: debian\n    network_mode: host\n");
        ComposeProject both = new ComposeProject(engine.project, List.of("compose.yml", "deploy/more.yml"), List.of(), null, null, List.of());
        CheckCompose.Checked checked = new CheckCompose(both, options("never", null, false)).run(engine.host);
        assertEquals(List.of("host-network deploy/base.yml:4", "privileged deploy/more.yml:4", "port-twice deploy/other.yml:4"),
                checked.findings().stream().map(one -> one.rule() + " " + one.file() + ":" + one.line()).toList());
        assertEquals(List.of("compose.yml", "deploy/more.yml", "deploy/other.yml", "deploy/base.yml"), checked.files());
        assertTrue(checked.accepted());
    }

    @Test
    void whatOnlyComposeRefusesIsToldWithItsPlace() throws Exception {
        engine.file("compose.yml", "services:\n  web:\n    image: debian\n    stop_grace_period: soon\n");
        CheckCompose.Checked checked = check(options("never", null, false));
        assertEquals(List.of("compose compose.yml:4"), checked.findings().stream().map(one -> one.rule() + " " + one.file() + ":" + one.line())
                .toList());
        assertFalse(checked.accepted());
    }

    @Test
    void theEngineIsAskedWhereThatIsWanted() throws Exception {
        engine.docker("run -d --name " + engine.project + "-holder --label com.docker.compose.project=" + engine.project
                + "-infra -p 127.0.0.1::7000 "
                + RealEngine.BASE + " sleep 600");
        String port = engine.docker("port " + engine.project + "-holder 7000/tcp").replaceAll(".*:", "");
        engine.file("compose.yml", """
                services:
                  web:
                    image: %1$s
                    ports: ['127.0.0.1:%2$s:7000']
                    healthcheck: {test: [CMD, no-such-program]}
                    networks: [shared]
                    depends_on: {job: {condition: service_healthy}}
                  job:
                    image: %1$s
                    networks: [shared]
                networks:
                  shared: {external: true, name: %3$s-nowhere}
                """.formatted(RealEngine.BASE, port, engine.project));
        assertEquals(Set.of(), rules(check(options("never", null, false))));
        assertEquals(Set.of("external-missing", "health-missing", "health-tool", "port-taken"), rules(check(options("never", null, true))));
    }

    @Test
    void anEnvFileOfCredentialsFillsItsVariablesInAndIsNotShown() throws Exception {
        Files.writeString(engine.workspace.resolve("secret.env"), "PASSWORD=hidden-word\n");
        engine.file("compose.yml", "services:\n  db:\n    image: postgres:16\n    environment: {POSTGRES_PASSWORD: '${PASSWORD:?}'}\n    stop_grace_period: '${PASSWORD:?}'\n");
        String file = engine.workspace.resolve("secret.env").toString();
        Path known = Files.writeString(engine.workspace.resolve("credentials.json"), "{\"production\": {\"file\": \"" + file + "\"}}");
        Files.setPosixFilePermissions(known, PosixFilePermissions.fromString("rw-------"));
        ComposeProject project = new ComposeProject(engine.project, List.of("compose.yml"), List.of(), null, "production", List.of());
        CheckCompose.Checked checked = new CheckCompose(project, options("never", null, false)).run(engine.host(Credentials.read(known), Map.of()));
        assertEquals(Set.of("compose"), rules(checked), "Compose tells the value that is no duration");
        assertTrue(checked.findings().get(0).sentence().contains("****"), checked.toString());
        assertFalse((engine.log() + checked).contains("hidden-word"));
    }

    @Test
    void likelyMistakesGiveOneSentence() {
        engine.file("compose.yml", "services: {web: {image: debian}}\n");
        CheckOptions wrong = new CheckOptions(List.of("priviliged=off", "yaml=bad", "docker-socket"), "often", null, false, List.of("x"), List.of(),
                0, false, false);
        String failure = assertThrows(Failure.class, () -> check(wrong)).getMessage();
        for (String sentence : List.of(
                "'rules' names 'priviliged', which is no rule: did you mean 'privileged'?",
                "'rules' says yaml=bad: write error, warning or off.",
                "'rules' wants ID=error, ID=warning or ID=off each, but was given 'docker-socket'.",
                "'failOn' is 'often': write one of error, warning, never.",
                "'dockerfiles' wants IMAGE=path each, but was given 'x'.",
                "'deadline' is 0 s")) {
            assertTrue(failure.contains(sentence), failure);
        }
    }
}
