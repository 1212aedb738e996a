package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Other infra than Postgres and Redis: a web server and one that does nothing, on a network that the application shares. */
@Tag("engine")
class DeclaredChecksIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    private String network() {
        return engine.project + "_net";
    }

    /** Serves the files of its folder on port 8000, and writes each request down. */
    private static final String SERVER = """
            use IO::Socket::INET;
            $| = 1;
            my $server = IO::Socket::INET->new(LocalPort => 8000, Listen => 9, ReuseAddr => 1) or die $!;
            while (my $client = $server->accept) {
              my $request = <$client> // next;
              print $request;
              while (<$client>) { last if /^\\r?$/ }
              my ($name) = $request =~ m{^GET /(\\w+) };
              print $client -e $name ? "HTTP/1.0 200 OK\\r\\n\\r\\nserved" : "HTTP/1.0 404 Not Found\\r\\n\\r\\nnothing";
              close $client;
            }
            """;

    /** A {@code store} that serves its folder, healthy once there is a file {@code ready} in it, and an {@code idle} one. */
    private void infra() {
        engine.file("infra.yml", """
                services:
                  store:
                    image: %1$s
                    init: true
                    working_dir: /srv
                    command: [perl, server]
                    environment: {SECRET: 'of the container'}
                    ports: ['127.0.0.1::8000']
                    healthcheck: {test: [CMD, test, -e, /srv/ready], interval: 200ms, retries: 1000}
                    volumes: ['./served:/srv']
                    networks: {net: {aliases: [s3.internal]}}
                  idle:
                    image: %1$s
                    init: true
                    command: [sleep, '600']
                    networks: [net]
                networks: {net: {name: %2$s}}
                """.formatted(RealEngine.BASE, network()));
        engine.file("served/page", "served");
        engine.file("served/server", SERVER);
        engine.docker("compose -f infra.yml -p " + engine.project + "-infra up -d");
    }

    private String store() {
        return engine.project + "-infra-store-1";
    }

    private String idle() {
        return engine.project + "-infra-idle-1";
    }

    private String url(String path) {
        return "http://" + engine.docker("port " + store() + " 8000") + path;
    }

    private static InfraCheck container(String name, String command) {
        return new InfraCheck(name, command, null, null, 200);
    }

    private static InfraCheck tcp(String address, String from) {
        return new InfraCheck(from, null, address, null, 200);
    }

    private static InfraCheck http(String url, int status) {
        return new InfraCheck(null, null, null, url, status);
    }

    private CheckInfra check(int seconds, Integer minFree, InfraCheck... checks) {
        var declared = new DeclaredInfra(network(), CheckInfra.NONE, CheckInfra.NONE, List.of(checks), minFree);
        return new CheckInfra(declared, Duration.ofSeconds(seconds));
    }

    private List<String> problems(CheckInfra check) {
        return assertThrows(Failure.class, () -> check.run(engine.host)).getMessage().lines().toList();
    }

    private static String failure(List<String> problems) {
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0);
    }

    @Test
    void eachKindTellsWhatAnswered() throws Exception {
        infra();
        engine.file("served/ready", "");
        CheckInfra.Found found = check(20, null,
                container("s3.internal", null),
                container(idle(), null),
                container("store", "echo \"$SECRET: it's $(cat page)\""),
                tcp("s3.internal:8000", null),
                tcp("store:8000", "store"),
                http(url("/page"), 200),
                http(url("/nothing"), 404)).run(engine.host);
        assertEquals(
                List.of(store() + " is healthy", idle() + " runs", "of the container: it's served", "connected from " + idle(),
                        "connected from " + store(), "200", "404"),
                found.checks().stream().map(CheckInfra.Checked::answered).toList());
        assertEquals("tcp s3.internal:8000", found.checks().get(3).check());
        assertEquals(List.of(), found.services());
        String log = engine.docker("logs " + store());
        assertTrue(log.contains("GET /page HTTP"), log);
    }

    @Test
    void allThatIsMissingIsToldAtOnce() {
        infra();
        List<String> problems = problems(check(0, null,
                container("store", null),
                container("nobody", null),
                container("idle", "echo begun; echo 'no bucket' >&2; exit 3"),
                tcp("idle:8000", null),
                tcp("nobody:1", "store"),
                tcp("store:8000", "nobody"),
                http(url("/page"), 503),
                http("http://127.0.0.1:1/", 200)));
        List<String> expected = List.of(
                "The container " + store() + " is not healthy yet",
                "container nobody: no running container answers to 'nobody' on the network " + network() + ": start the infra stack",
                "The command 'echo begun; echo 'no bucket' >&2; exit 3' in the container " + idle() + " ended with exit code 3: no bucket",
                "tcp idle:8000 cannot be connected to from the container " + store() + ": Connection refused.",
                "tcp nobody:1 cannot be connected to from the container " + store() + ": ",
                "tcp store:8000: no running container answers to 'nobody'",
                url("/page") + " answers 200 instead of 503",
                "http://127.0.0.1:1/ does not answer");
        assertEquals(expected.size(), problems.size(), problems.toString());
        for (int i = 0; i < expected.size(); i++) {
            assertTrue(problems.get(i).startsWith(expected.get(i)), problems.get(i));
        }
    }

    @Test
    void aStoppedContainerIsNamed() {
        infra();
        engine.docker("stop -t 0 " + idle());
        String failure = failure(problems(check(0, null, container("idle", null))));
        assertTrue(failure.contains("(the container " + idle() + " has ended with exit code "), failure);
    }

    @Test
    void whatCannotConnectIsNotAskedTo() throws Exception {
        engine.docker("network create --label com.docker.compose.network=net --label com.docker.compose.project=" + engine.project + "-infra " + network());
        String nobody = failure(problems(check(0, null, tcp("store:8000", null))));
        assertTrue(nobody.startsWith("tcp store:8000: the network " + network() + " has no running container from which to ask"), nobody);
        // A container with one program only, and so without sh.
        engine.file("bare/Dockerfile", "FROM " + RealEngine.BASE + " AS base\nRUN mkdir /out && cp --parents $(ldd /bin/sleep | grep -o '/lib[^ ]*') /bin/sleep /out\n"
                + "FROM scratch\nCOPY --from=base /out /\n");
        engine.docker("build -q --network none -t " + engine.project + "-bare bare");
        engine.docker("run -d --init --label com.docker.compose.project=" + engine.project + " --network " + network() + " --name " + engine.project
                + "-bare " + engine.project + "-bare /bin/sleep 600");
        String bare = engine.project + "-bare";
        // What a small busybox writes.
        engine.file("small/Dockerfile", "FROM " + RealEngine.BASE + "\nRUN printf '#!/bin/sh\\necho \"nc: invalid option -- v\" >&2; exit 1' > /bin/nc"
                + " && chmod +x /bin/nc && rm /bin/bash\n");
        engine.docker("build -q --network none -t " + engine.project + "-small small");
        engine.docker("run -d --init --label com.docker.compose.project=" + engine.project + " --network " + network() + " --name " + engine.project
                + "-small --entrypoint /bin/sleep " + engine.project + "-small 600");
        engine.docker("exec " + engine.project + "-small rm /bin/df");
        List<String> problems = problems(check(0, 1, tcp("store:8000", null), tcp("store:8000", bare), container(bare, "true")));
        assertTrue(problems.get(0).startsWith("tcp store:8000 cannot be tried, since no container on the network " + network() + " has bash or nc"), problems.get(0));
        assertTrue(problems.get(1).contains("since the container " + bare + " has no bash or nc"), problems.get(1));
        assertTrue(problems.get(2).contains("in the container " + bare + " cannot run, since that has no sh"), problems.get(2));
        assertTrue(problems.get(3).startsWith("How much disk the engine has free is not known"), problems.get(3));
        assertEquals(4, problems.size());
        CheckInfra.Found found = check(0, null, container(bare, null)).run(engine.host);
        assertEquals(null, found.engine().freeBytes());
        assertTrue(engine.log().contains("free disk not known"), engine.log());

        infra();
        assertEquals("connected from " + idle(), check(5, null, tcp("store:8000", null)).run(engine.host).checks().get(0).answered());
    }

    @Test
    void waitsForWhatComesAndSaysWhatIsMissingWhenThatChanges() throws Exception {
        infra();
        engine.docker("stop -t 0 " + idle());
        Thread comes = new Thread(() -> {
            sleep(3_000);
            engine.file("served/ready", "");
            sleep(9_000);
            engine.docker("start " + idle());
        });
        comes.start();
        CheckInfra.Found found = check(60, null, container("store", null), container("idle", null)).run(engine.host);
        comes.join();
        assertTrue(found.seconds() > 11 && found.seconds() < 30, String.valueOf(found.seconds()));
        List<String> said = engine.events.stream().map(event -> event.asLine()).filter(line -> line.startsWith("[container store] The")).toList();
        assertEquals(1, said.size(), engine.log());
        long waiting = engine.log().lines().filter(line -> line.startsWith("waiting for it, ")).count();
        assertTrue(waiting >= 2 && waiting <= 4, engine.log());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void waitingIsBoundedAndAnAbortEndsIt() throws Exception {
        infra();
        long start = System.nanoTime();
        String failure = failure(problems(check(3, null, container("store", null))));
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(failure.startsWith("The infra is not complete after 3 s: The container " + store() + " is not healthy yet"), failure);
        assertTrue(seconds >= 3 && seconds < 12, "after " + seconds + " s");
        Thread aborted = new Thread(() -> assertThrows(InterruptedException.class, () -> check(600, null, container("store", null)).run(engine.host)));
        aborted.start();
        sleep(2_000);
        aborted.interrupt();
        aborted.join(10_000);
        assertFalse(aborted.isAlive());
    }

    @Test
    void reportsTheEngineAsDockerItselfDoes() throws Exception {
        infra();
        CheckInfra.EngineReport report = check(0, 1).run(engine.host).engine();
        assertEquals(engine.docker("version", "--format", "{{.Server.Version}} {{.Server.APIVersion}} {{.Server.Os}}"),
                report.version() + " " + report.apiVersion() + " " + report.os());
        assertEquals(engine.docker("info", "--format", "{{.Architecture}}"), report.architecture());
        assertTrue(engine.docker("compose version --short").startsWith(report.compose().replaceFirst("^v", "").replaceFirst("[-+].*", "")), report.compose());
        assertTrue(engine.docker("buildx version").contains(report.buildx()), report.buildx());
        long free = Files.getFileStore(Path.of(engine.docker("info", "--format", "{{.DockerRootDir}}"))).getUsableSpace();
        // Others write to the same disk.
        assertEquals(free, report.freeBytes(), 2e9);
        String failure = failure(problems(check(0, 2_000_000)));
        assertTrue(failure.matches("The engine's disk has [0-9.]+ GB free, less than the 2000000 GB that 'minFreeGigabytes' asks for: free space, .*"), failure);
    }

    @Test
    void mistakesAreToldBeforeAnythingIsAsked() {
        List<String> problems = problems(check(0, 0,
                container(null, null),
                container(null, "true"),
                tcp("store", null),
                tcp("store:70000", null),
                tcp("-x:1", null),
                http("ftp://store/", 200),
                new InfraCheck("store", null, null, "http://store/", 200),
                new InfraCheck("store", "true", "store:1", null, 200)));
        List<String> expected = List.of(
                "An igny8Check says nothing of what to look at: give 'container', 'container' with 'command', 'tcp' or 'url'.",
                "The igny8Check of the command 'true' has no 'container': say in which one it is to run.",
                "'store' is not a TCP address: give host:port, for example postgres:5432.",
                "'store:70000' is not a TCP address: give host:port, for example postgres:5432.",
                "'-x:1' is not a TCP address: give host:port, for example postgres:5432.",
                "'ftp://store/' is not a URL to probe: give http://host[:port]/path or https://host[:port]/path.",
                "The igny8Check of http://store/ is more than one ('url' stands alone): write an igny8Check(...) for each.",
                "The igny8Check of tcp store:1 is more than one ('tcp' and 'command' are two checks): write an igny8Check(...) for each.",
                "'minFreeGigabytes' is 0: give the least free disk of the engine, in gigabytes, 1 or more.");
        assertEquals(expected, problems);
        assertEquals("'wait' is -1: give the seconds to keep asking for what is missing, 0 or more.", failure(problems(check(-1, null))));
    }

    /** An application that takes the network from the infra's stack. */
    private ComposeUp up(String network) {
        engine.file("compose.yml", """
                services:
                  backend: {image: %1$s, init: true, command: [sleep, '600'], networks: [net], volumes: ['data:/data']}
                networks: {net: {name: %2$s, external: true}}
                volumes: {data: {}}
                """.formatted(RealEngine.BASE, network));
        return new ComposeUp(engine.composeProject(), List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK);
    }

    private Migrate migrate() {
        return new Migrate(engine.composeProject(), "backend", List.of(), "echo '[ ]  app.0001'", "true", null, Duration.ofSeconds(60), CodeTruth.CHECK);
    }

    private String ofProject() {
        String filter = " --filter label=com.docker.compose.project=" + engine.project;
        return engine.docker("ps -aq" + filter) + engine.docker("volume ls -q" + filter);
    }

    @Test
    void migrateAndUpAskAgainBeforeTheyChangeAnything() throws Exception {
        infra();
        engine.docker("exec " + idle() + " touch /ok");
        check(20, 1, container("idle", "test -e /ok || exit 4"), tcp("store:8000", "idle")).run(engine.host);
        engine.docker("exec " + idle() + " rm /ok");
        engine.docker("stop -t 0 " + store());
        ComposeUp up = up(network());
        for (Operation<?> operation : List.of(up, migrate())) {
            List<String> problems = assertThrows(Failure.class, () -> operation.run(engine.host)).getMessage().lines().toList();
            assertEquals(2, problems.size(), problems.toString());
            assertEquals("The infra was complete when igny8CheckInfra asked earlier in this build, and is not any more: The command"
                    + " 'test -e /ok || exit 4' in the container " + idle() + " ended with exit code 4: it wrote nothing", problems.get(0));
            assertTrue(problems.get(1).startsWith("tcp store:8000 cannot be connected to from the container " + idle()), problems.get(1));
            assertEquals("", ofProject());
        }
        engine.docker("exec " + idle() + " touch /ok");
        engine.docker("start " + store());
        sleep(1_000);
        assertEquals("running", up.run(engine.host).containers().get(0).state());
        assertTrue(engine.log().contains("the infra on " + network() + " still answers"), engine.log());
    }

    @Test
    void anotherNetworkOrEngineOrTheInfrasOwnStackIsNotAskedFor() throws Exception {
        infra();
        check(0, null, container("idle", null)).run(engine.host);
        engine.docker("stop -t 0 " + idle());
        assertThrows(Failure.class, () -> up(network()).run(engine.host));

        engine.docker("network create --label com.docker.compose.project=" + engine.project + " " + engine.project + "-other");
        assertEquals("running", up(engine.project + "-other").run(engine.host).containers().get(0).state());

        var infra = new ComposeProject(engine.project + "-infra", List.of("infra.yml"), List.of(), null, null, List.of());
        new ComposeUp(infra, List.of(), List.of(), Duration.ofSeconds(60), UpOptions.NONE, CodeTruth.CHECK).run(engine.host);
        assertEquals("true", engine.inspect(idle(), "{{.State.Running}}"));
        engine.docker("stop -t 0 " + idle());

        List<Object> elsewhere = new ArrayList<>();
        for (Object kept : (List<?>) engine.host.recall("infra")) {
            elsewhere.add(Map.of("engine", "another one", "infra", ((Map<?, ?>) kept).get("infra")));
        }
        engine.host.keep("infra", elsewhere);
        assertEquals("running", up(network()).run(engine.host).containers().get(0).state());
    }
}
