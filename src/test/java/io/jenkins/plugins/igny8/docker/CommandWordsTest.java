package io.jenkins.plugins.igny8.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is typed for each command, compared as text: defaults are IGNY8's pipeline document. */
class CommandWordsTest {

    private static String typed(DockerCommand command) {
        return "docker " + String.join(" ", command.words());
    }

    @Test
    void documentedBackendBuild() {
        assertEquals(
                "docker build -t igny8-backend:latest -f backend/Dockerfile --iidfile /p/id --progress=plain backend",
                typed(Images.build(build(List.of("igny8-backend:latest"), "backend/Dockerfile", "backend", List.of(), false), "/p/id", true)));
    }

    private static Images.Build build(List<String> references, String dockerfile, String context, List<String> some, boolean all) {
        Map<String, String> one = all ? Map.of("K", "v, w") : Map.of();
        return new Images.Build(references, dockerfile, context, some, all ? "test" : null, one, one, some, some, some, some, all, all);
    }

    @Test
    void everyBuildOption() {
        assertEquals(
                List.of("build", "-t", "a:1", "-t", "a:2", "-f", "Dockerfile", "--iidfile", "/p/id", "--progress=plain", "--build-arg", "x=y z",
                        "--target", "test", "--label", "K=v, w", "--secret", "id=K,\"src=v, w\"", "--ssh", "x=y z", "--cache-from", "x=y z",
                        "--cache-to", "x=y z", "--platform", "x=y z", "--pull", "--no-cache", "."),
                Images.build(build(List.of("a:1", "a:2"), "Dockerfile", ".", List.of("x=y z"), true), "/p/id", true).words());
    }

    @Test
    void legacyBuilderKnowsNoProgress() {
        assertEquals(
                "docker build -t a:1 -f Dockerfile --iidfile /p/id .",
                typed(Images.build(build(List.of("a:1"), "Dockerfile", ".", List.of(), false), "/p/id", false)));
    }

    @Test
    void documentedDeployment() {
        assertEquals(
                "docker compose --ansi=never --progress=plain -f docker-compose.app.yml -p igny8-app up -d",
                typed(Compose.of("igny8-app", "docker-compose.app.yml").up(new Compose.Up(List.of(), Set.of(), List.of(), null))));
    }

    @Test
    void everyComposeOption() {
        Compose compose = new Compose("p", List.of("a.yml"), List.of("extra"), "app.env", "/w").and("/private/pins.json");
        assertEquals(
                "docker compose --ansi=never --progress=plain -f a.yml -f /private/pins.json -p p --profile extra --env-file app.env"
                        + " --project-directory /w up -d --no-build --no-deps --force-recreate --remove-orphans --timeout 7 --scale web=2 web",
                typed(compose.up(new Compose.Up(List.of("web"), EnumSet.allOf(Compose.UpFlag.class), List.of("web=2"), Duration.ofSeconds(7)))));
    }

    @Test
    void anImageGoesToAFileAndComesBack() {
        assertEquals("docker save --output /w/a.tar sha256:1 a:1", typed(Images.save(List.of("sha256:1", "a:1"), "/w/a.tar")));
        assertEquals("docker load --quiet --input /w/a.tar", typed(Images.load("/w/a.tar")));
    }

    @Test
    void anImageIsPulledForTheEngineOrForAPlatform() {
        assertEquals("docker pull a:1", typed(Images.pull(ImageReference.parse("a:1"))));
        assertEquals("docker pull --platform linux/arm64 a:1", typed(Images.pull(ImageReference.parse("a:1"), "linux/arm64")));
    }

    @Test
    void aNameWithADotIsNotAPattern() {
        assertEquals("docker ps --all --quiet --no-trunc --filter name=^/?a\\.b$", typed(Containers.named("a.b")));
    }

    @Test
    void aTestRunsInAShellInsideAndNeverThroughOneOutside() {
        var create = Containers.createShell("t", Map.of("a", "b"), "igny8_net", null, List.of("app.env", "/p/env"), "sha256:1", "echo \"$HOME\"; x");
        assertEquals(
                List.of("create", "--name", "t", "--label", "a=b", "--entrypoint", "sh", "--network", "igny8_net", "--env-file", "app.env",
                        "--env-file", "/p/env", "sha256:1", "-c", "echo \"$HOME\"; x"),
                create.words());
    }

    @Test
    void aMigrationIsDetachedUnderItsName() {
        assertEquals(
                "docker compose -f /p/apply.json -p igny8-app run -d -T --quiet-pull --name igny8-app-migrate migrate",
                typed(Compose.of("igny8-app", "/p/apply.json").runDetached("migrate", "igny8-app-migrate")));
    }

    @Test
    void volumesWithLabels() {
        assertEquals("docker volume create --label a=b c --label d= v.1", typed(Volumes.create("v.1", new TreeMap<>(Map.of("a", "b c", "d", "")))));
        assertEquals("docker volume rm --force v.1 v.2", typed(Volumes.remove(List.of("v.1", "v.2"))));
        DockerCommand.Question<List<Volumes.Labelled>> question = Volumes.labelled("a", "b", List.of("c", "d"));
        assertEquals(
                "docker volume ls --filter label=a=b --format [{{json .Name}},{{json (.Label \"c\")}},{{json (.Label \"d\")}}]", typed(question));
        assertEquals(
                List.of(new Volumes.Labelled("v.1", Map.of("c", "1,2", "d", "")), new Volumes.Labelled("v.2", Map.of("c", "", "d", "\"x\""))),
                question.reader().apply("[\"v.1\",\"1,2\",\"\"]\n[\"v.2\",\"\",\"\\\"x\\\"\"]\n"));
    }
}
