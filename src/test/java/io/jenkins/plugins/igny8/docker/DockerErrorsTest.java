package io.jenkins.plugins.igny8.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as the docker command 28.2 with the engine 20.10 wrote them. */
class DockerErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            error during connect: Get "https://127.0.0.1:2376/v1.50/version": tls: failed to verify certificate: x509: certificate signed by unknown authority | The Docker engine and its client do not trust each other (tls: failed to verify certificate: x509: certificate signed by unknown authority):
            permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/containers/json": dial unix /var/run/docker.sock: connect: permission denied | This user may not use the Docker engine's socket unix:///var/run/docker.sock:
            Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running? | No Docker engine answers at tcp://127.0.0.1:1:
            Failed to initialize: unable to resolve docker endpoint: context "nosuch": context not found: open /home/ci/.docker/contexts/meta/9e/meta.json: no such file or directory | There is no docker context 'nosuch'
            ERROR: failed to solve: failed to compute cache key: "/nosuch" not found: not found | There is no nosuch in the build context:
            ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to read dockerfile: open /var/lib/docker/tmp/buildkit-mount1142005211/nosuch: no such file or directory | There is no Dockerfile nosuch:
            ERROR: unable to prepare context: path "/w/nosuch" not found | There is no build context '/w/nosuch':
            Error response from daemon: Get "https://nosuch.invalid/v2/": dial tcp: lookup nosuch.invalid on 10.0.0.53:53: no such host | The host nosuch.invalid is unknown:
            Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused | Nothing answers at 127.0.0.1:1 (connection refused):
            Error response from daemon: Get "http://127.0.0.1:41753/v2/": context deadline exceeded (Client.Timeout exceeded while awaiting headers) | No answer in time from http://127.0.0.1:41753/v2/:
            unauthorized: authentication required | The registry refused the login:
            no basic auth credentials | The registry refused the login:
            denied | The registry denied access:
            Error response from daemon: denied | The registry denied access:
            denied: requested access to the resource is denied | The registry denied access:
            ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: pulling from host 127.0.0.1:5000 failed with status code [manifests 1]: 401 Unauthorized | The registry refused the login:
            ERROR: resolve : lstat nosuch: no such file or directory | There is no folder nosuch:
            COPY failed: file not found in build context or excluded by .dockerignore: stat nosuch: file does not exist | There is no nosuch in the build context:
            Couldn't find env file: /w/nosuch.env | There is no file /w/nosuch.env:
            ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to read dockerfile: read /var/lib/docker/tmp/buildkit-mount3271562049/app: is a directory | app is a folder and no Dockerfile:
            ERROR: failed to solve: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: RUNN | The Dockerfile has a mistake in line 2: unknown instruction: RUNN.
            ERROR: failed to solve: failed to create LLB definition: the Dockerfile cannot be empty | The Dockerfile is empty:
            ERROR: failed to solve: failed to create LLB definition: target stage nope could not be found | The Dockerfile has no stage 'nope':
            toomanyrequests: You have reached your pull rate limit. | The registry's limit of pulls is used up:
            Error response from daemon: received unexpected HTTP status: 500 Internal Server Error | The registry has a fault of its own (HTTP status 500 Internal Server Error):
            error parsing HTTP 403 response body: invalid character '<' looking for beginning of value: "<html><head><title>403 Forbidden</title></head></html>" | The registry denied access:
            Get "https://172.17.0.1:5743/v2/": x509: certificate signed by unknown authority | The certificate of the registry 172.17.0.1:5743 is not trusted (certificate signed by unknown authority): install its CA
            ERROR: failed to solve: failed to do request: Head "https://r.example.com/v2/a/manifests/1": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-26T16:00:00Z is after 2026-01-01T00:00:00Z | The certificate of the registry r.example.com is not valid (certificate has expired or is not yet valid:
            x509: certificate signed by unknown authority | The certificate of the registry is not trusted (certificate signed by unknown authority): install its CA
            Error response from daemon: Get "https://r.example.com/v2/": dial tcp: lookup r.example.com on 10.0.0.53:53: read udp 10.0.0.2:4711->10.0.0.53:53: i/o timeout | The host r.example.com is unknown:
            ERROR: Error response from daemon: client version 1.11 is too old. Minimum supported API version is 1.12, please upgrade your client to a newer version: driver not connecting | The docker command, or its compose or buildx plugin, is too old for this engine (it speaks API 1.11, the engine 1.12 at least): install
            Error response from daemon: client version 1.99 is too new. Maximum supported API version is 1.41 | The engine is too old for this docker command, or its compose or buildx plugin (it speaks API 1.41 at most, they 1.99): bring
            unknown flag: --progress | The docker command's compose plugin is too old: it does not know --progress. Install Docker Compose 2.19
            no matching manifest for linux/amd64 in the manifest list entries | The registry has the image for other platforms only, not for the engine's (linux/amd64): build
            ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: no match for platform in manifest sha256:aa3f4d0b: not found | The registry has the image for other platforms only, not for the engine's: build
            Error response from daemon: name unknown | The registry has no such image:
            Error response from daemon: manifest for 127.0.0.1:5000/team/app:2 not found: manifest unknown: manifest unknown | The registry has no such image 127.0.0.1:5000/team/app:2:
            Error response from daemon: no such image: app: No such image: app:latest | There is no image app on this engine:
            Error: No such container: shop-backend-1 | There is no container shop-backend-1 on this engine, or no more:
            An image does not exist locally with the tag: team/app | There is no image team/app on this engine:
            write /w/a job/igny8-images/.igny8-unfinished/.tmp-app-1.tar1645534418: no space left on device | The disk is full that the folder /w/a job/igny8-images/.igny8-unfinished lies on:
            Error response from daemon: write /var/lib/docker/tmp/docker-export-1/layer.tar: no space left on device | The disk of the engine's machine is full:
            docker: Error response from daemon: network nosuch not found | The network nosuch does not exist on this engine:
            """)
    void aSentenceInsteadOfTheToolsWords(String line, String sentence) {
        String told = DockerErrors.sentence("docker x", 1, List.of("some other line", line));
        assertTrue(told.startsWith(sentence), told);
        assertTrue(told.endsWith("(docker x)"), told);
        assertFalse(told.contains("$"), told);
    }

    @Test
    void aPermissionOfAFileIsNoRegistrysMatter() {
        assertFalse(DockerErrors.sentence("docker x", 1, List.of("open /x: permission denied")).contains("registry"));
    }

    @Test
    void whatNoRuleKnowsKeepsTheToolsLastWords() {
        assertEquals("'docker x' failed with exit code 3: last", DockerErrors.sentence("docker x", 3, List.of("first", "last ")));
        assertEquals("'docker x' failed with exit code 3: it wrote nothing", DockerErrors.sentence("docker x", 3, List.of()));
    }

    @Test
    void whatAProgramInABuildSaysIsNotTheBuildersVerdict() {
        String told = DockerErrors.sentence("docker build .", 1, List.of(
                "#5 0.3 unauthorized: authentication required", "ERROR: failed to solve: executor failed running [/bin/sh -c exit 3]: exit code: 3"));
        assertEquals("The command 'exit 3' ended with exit code 3: see its lines above. (docker build .)", told);
    }

    @Test
    void noDockerCommand() {
        assertTrue(DockerErrors.sentence("docker x", Answer.NO_SUCH_PROGRAM, List.of()).startsWith("There is no docker command"));
    }

    @Test
    void absentIsOnlyWhatTheEngineSaysIsAbsent() {
        assertTrue(DockerErrors.saysNotFound(List.of("Error response from daemon: no such image: a: No such image: a:latest")));
        assertTrue(DockerErrors.saysNotFound(List.of("Error response from daemon: network nosuch not found")));
        assertFalse(DockerErrors.saysNotFound(List.of(
                "Failed to initialize: unable to resolve docker endpoint: context \"x\": context not found: open /x: no such file or directory")));
    }

    @ParameterizedTest
    @CsvSource({
        "compose, unknown flag: --ansi",
        "compose, unknown shorthand flag: 'f' in -f",
        "compose, docker: unknown command: docker compose",
        "buildx, docker: unknown command: docker buildx",
        "buildx, ERROR: BuildKit is enabled but the buildx component is missing or broken."
    })
    void aCommandWithoutItsPlugin(String plugin, String line) {
        String told = DockerErrors.sentence("docker x", 125, List.of(line, "Run 'docker --help' for more information"));
        assertTrue(told.startsWith("The docker command here has no " + plugin + " plugin: install"), told);
    }

    @Test
    void anEngineBehindSshIsNotCalledByTheCommandsStandIn() {
        String told = DockerErrors.sentence("docker x", 1, List.of("error during connect: Get \"http://docker.example.com/v1.50/containers/json\":"
                + " command [ssh -o ConnectTimeout=30 -T -l nobody -p 1 -- 127.0.0.1 docker system dial-stdio] has exited with exit status 255,"
                + " make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=ssh: connect to host 127.0.0.1"
                + " port 1: Connection refused"));
        assertTrue(told.startsWith("The Docker engine cannot be reached over ssh (ssh: connect to host 127.0.0.1 port 1: Connection refused):"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker is not on the PATH", "sh: 1: docker: not found", "bash: line 1: docker: command not found"})
    void noDockerCommandInTheWordsOfHostsAndShells(String line) {
        assertTrue(DockerErrors.sentence("docker x", Answer.NO_SUCH_PROGRAM, List.of(line)).startsWith("There is no docker command"));
    }

    @Test
    void aProgramThatIsMissingInAnImageIsNotDocker() {
        String told = DockerErrors.sentence("docker run x", Answer.NO_SUCH_PROGRAM, List.of("docker: Error response from daemon: failed to create shim"
                + " task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"nosuch\": executable file not"
                + " found in $PATH: unknown"));
        assertTrue(told.startsWith("The image has no program 'nosuch':"), told);
    }

    @Test
    void whatAProgramSaysIsNotTheLegacyBuildersVerdictEither() {
        assertEquals(
                "The command 'nosuch' ended with exit code 127: see its lines above. (docker build .)",
                DockerErrors.sentence("docker build .", 127, List.of(
                        "\u001b[91m/bin/sh: 1: nosuch: not found", "\u001b[0mThe command '/bin/sh -c nosuch' returned a non-zero code: 127")));
    }
}
