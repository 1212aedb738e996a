package io.jenkins.plugins.igny8.compose.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.compose.read.ComposeFiles;
import io.jenkins.plugins.igny8.compose.read.MemoryFolder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where rules speak and, more often, where they must not: much of it was seen in real files. The mutation test has the rest. */
class RulesTest {

    private final MemoryFolder folder = new MemoryFolder();
    private Surroundings surroundings = Surroundings.none("/workspace");

    private List<Finding> findings(String services, Map<String, Severity> severities) {
        folder.with("c.yml", "services:\n" + services.indent(2));
        ComposeFiles.Read read = ComposeFiles.read(folder, List.of("c.yml"), Map.of());
        List<String> names = List.copyOf(read.model().get("services").members().keySet());
        return new Check(severities).findings(new Stack(read.model(), names, read.isWhole(), surroundings, folder), false, read.problems());
    }

    private Set<String> rules(String services) {
        return findings(services, Map.of()).stream().map(Finding::rule).collect(Collectors.toCollection(TreeSet::new));
    }

    private void release() {
        surroundings = new Surroundings("/workspace", true, List.of("shop:latest"), Map.of("shop", "Dockerfile"), Map.of(), 300, null);
    }

    @Test
    void databasesArePublished() {
        assertEquals(Set.of("database-published"), rules("db: {image: 'postgres:16', ports: ['5432:5432']}"));
        assertEquals(Set.of("database-published"), rules("db: {image: 'docker.io/library/redis', ports: ['6379']}"));
        assertEquals(Set.of(), rules("db: {image: 'postgres:16', ports: ['127.0.0.1:5432:5432']}\nweb: {image: 'nginx', ports: ['80:80']}"));
    }

    @Test
    void networksOfTheMachine() {
        assertEquals(Set.of("host-network"), rules("web: {image: a, network_mode: host}"));
        assertEquals(Set.of(), rules("web: {image: a, network_mode: none}"));
    }

    @Test
    void whatAReleaseMustNotHave() {
        folder.with("Dockerfile", "FROM debian\nWORKDIR /app\nCOPY . .\n");
        String services = "shop: {image: 'shop:latest', volumes: ['./src:/app', 'data:/app/data'], ports: ['80:80']}\nproxy: {image: caddy, restart: always}\n"
                + "built: {build: ., image: 'x:1', restart: always}\npinned: {image: 'a@sha256:1', restart: always}\n";
        assertEquals(Set.of(), rules(services.replace("'data:/app/data'", "'./data:/app/data'")));
        release();
        assertEquals(Set.of("build-section", "code-mount", "not-pinned", "restart-missing"),
                rules(services.replace("'data:/app/data'", "'./data:/app/data'")));
        assertEquals(1, findings(services, Map.of("name-undefined", Severity.OFF)).stream().filter(one -> one.rule().equals("not-pinned")).count(),
                "shop is this pipeline's own");
    }

    @Test
    void aRuleOfReleasesCanBeAskedByItself() {
        assertEquals(List.of("build-section"), findings("a: {build: .}", Map.of("build-section", Severity.WARNING)).stream().map(Finding::rule)
                .toList());
    }

    @Test
    void whatTheEngineSays() {
        Surroundings.Image image = new Surroundings.Image(false, Set.of(8000), Set.of("curl"));
        surroundings = new Surroundings("/workspace", false, List.of(), Map.of(), Map.of(), 300,
                new Surroundings.Engine(Map.of("a", image), Set.of("nowhere"), Set.of("there"), Set.of(),
                        List.of(new Surroundings.Taken("0.0.0.0", "80", "tcp", "other-1"), new Surroundings
                                .Taken("10.0.0.1", "81", "tcp", "other-2")), true));
        String service = "web: {image: a, ports: ['127.0.0.1:80:8000', '127.0.0.1:81:8001'], volumes: ['./x:/x'], healthcheck: {test: curl -f http://127.0.0.1:8000}}\n"
                + "no: {image: nowhere}\nlate: {image: a, depends_on: {late2: {condition: service_healthy}}}\nlate2: {image: a}";
        assertEquals(Set.of("health-missing", "health-tool", "image-missing", "port-taken", "source-remote"), rules(service));
        assertEquals(List.of("80"), findings(service, Map.of()).stream().filter(one -> one.rule().equals("port-taken"))
                .map(one -> one.sentence().replaceAll(".*The port (\\d+) .*", "$1")).toList(), "81 is taken on another address");
    }

    @Test
    void checksThatAnImageMayBring() {
        String services = "a: {image: a, depends_on: {b: {condition: service_healthy}}}\nb: {image: 'team/b'}";
        assertEquals(Set.of(), rules(services));
        assertEquals(List.of("health-unknown"), findings(services, Map.of("health-unknown", Severity.WARNING)).stream().map(Finding::rule).toList());
        assertEquals(Set.of("health-missing"), rules(services.replace("team/b", "postgres:16")));
        folder.with("b/Dockerfile", "FROM python:3 AS base\nHEALTHCHECK CMD true\nFROM base\nCMD [\"x\"]\n");
        assertEquals(Set.of(), rules(services.replace("{image: 'team/b'}", "{build: ./b}")));
        folder.with("b/Dockerfile", "FROM python:3\nHEALTHCHECK NONE\n");
        assertEquals(Set.of("health-missing"), rules(services.replace("{image: 'team/b'}", "{build: ./b}")));
    }

    @Test
    void workersOfAnotherApplicationMayRunWhatTheyWant() {
        String backend = "web: {image: 'shop:1', command: gunicorn shop.wsgi}\n";
        assertEquals(Set.of(), rules(backend + "worker: {image: 'mail:1', command: celery -A mail worker}"));
        assertEquals(Set.of("worker-image"), rules(backend + "worker: {image: 'mail:1', command: celery -A shop worker}"));
        assertEquals(Set.of("worker-image"), rules(backend + "worker: {image: 'shop:2', command: celery -A mail worker}"));
        assertEquals(Set.of(), rules("db: {image: 'postgres:15'}\nolddb: {image: 'postgres:14'}"));
        assertEquals(Set.of(), rules(backend + "flower: {image: 'mher/flower:2', command: celery -A shop flower}"));
    }

    @Test
    void portsOfWhichFilesDoNotTell() {
        assertEquals(Set.of(), rules("web: {image: a, ports: ['80:1234'], healthcheck: {test: curl http://localhost:4321/}}"));
        assertEquals(Set.of(), rules("web: {image: a, command: serve --port 8000, ports: ['80:8000', '5678:5678']}"),
                "a debugger's port beside the right one");
        assertEquals(Set.of("port-silent"), rules("web: {image: a, command: serve --port 8000, ports: ['80:8080']}"));
        assertEquals(Set.of(), rules("web: {image: a, command: serve --port 8000, environment: {ADMIN: 8080}, ports: ['80:8080']}"));
        assertEquals(Set.of(), rules("web: {image: a, command: serve --port 8000, ports: ['80:9001/udp']}"));
        assertEquals(Set.of("port-silent"), rules("cache: {image: 'redis:7', ports: ['127.0.0.1:6379:6378']}"));
        assertEquals(Set.of(), rules("cache: {image: 'redis:7', command: redis-server --port 7000, ports: ['127.0.0.1:6379:7000']}"));
        folder.with("w/Dockerfile", "ARG P=8000\nFROM a\nARG P=8000\nEXPOSE $P\n");
        assertEquals(Set.of("health-port"), rules("web: {build: w, healthcheck: {test: wget http://127.0.0.1:8001/}}"));
        assertEquals(Set.of(), rules("web: {build: w, healthcheck: {test: 'curl http://127.0.0.1:$$PORT/'}}"));
        assertEquals(Set.of(), rules("web: {build: {context: w, args: {P: 8001}}, healthcheck: {test: wget http://127.0.0.1:8001/}}"));
    }

    @Test
    void urlsThatLeadSomewhere() {
        String web = "web: {image: a, depends_on: [api], environment: {URL: '%s'}}\napi: {image: b, hostname: backend, command: x --port 8000}";
        for (String right : List.of("http://api:8000", "http://backend:8000/x", "https://example.com/", "http://localhost:9", "s3://bucket/x",
                "http://127.0.0.1/", "postgres://u:p@api:8000/db", "http://${HOST_NAME}:80")) {
            assertEquals(Set.of(), rules(web.formatted(right)), right);
        }
        assertEquals(Set.of("url-service"), rules(web.formatted("http://apj:8000")));
        assertEquals(Set.of("url-port"), rules(web.formatted("http://api:8001")));
        String secret = findings(web.formatted("postgres://me:hidden-word@nowhere/db"), Map.of()).toString();
        assertTrue(secret.contains("url-service") && !secret.contains("hidden-word"), secret);
        assertEquals(Set.of(), rules("web: {image: a, environment: {URL: 'http://consensus:1'}}"), "a file that others complete");
    }

    @Test
    void secretsAndWhatOnlyLooksLikeOne() {
        for (String harmless : List.of("PASSWORD: ''", "PASSWORD: '${P}'", "PASSWORD: '${P:-x}'", "PASSWORD_FILE: /run/x", "TOKEN: 'true'",
                "SECRET: /run/secrets/x", "TOKEN_EXPIRY: abc", "ALLOW_EMPTY_PASSWORD: yes", "PASSWORD: ")) {
            assertEquals(Set.of(), rules("web: {image: a, environment: {" + harmless + "}}"), harmless);
        }
        for (String secret : List.of("PASSWORD: abc", "MYSQL_ROOT_PASSWORD: abc", "API_KEY: abc", "DJANGO_SECRET_KEY: abc",
                "AWS_SECRET_ACCESS_KEY: abc", "GITHUB_TOKEN: abc")) {
            List<Finding> found = findings("web: {image: a, environment: {" + secret + "}}", Map.of());
            assertEquals(List.of("secret-plain"), found.stream().map(Finding::rule).toList(), secret);
            assertTrue(!found.toString().contains("abc"), secret);
        }
    }

    @Test
    void whatOthersMayComplete() {
        assertEquals(Set.of("file-missing"), rules("web: {extends: {file: base.yml, service: web}, depends_on: [db], networks: [net]}"));
    }

    @Test
    void frontendsBehindAProxyNeedNotWait() {
        String backend = "backend: {image: b, healthcheck: {test: x}%s}\nfrontend: {image: f}";
        assertEquals(Set.of("frontend-waits"), rules(backend.formatted("")));
        assertEquals(Set.of(), rules(backend.formatted(", labels: [traefik.enable=true]")));
    }

    @Test
    void adminToolsNeedNotWait() {
        String db = "db: {image: 'postgres:16', healthcheck: {test: pg_isready}}\n";
        assertEquals(Set.of("health-wait"), rules(db + "web: {image: a, depends_on: [db]}"));
        assertEquals(Set.of(), rules(db + "viewer: {image: adminer, depends_on: [db]}"));
        assertEquals(Set.of(), rules(db + "web: {image: a, depends_on: [db], deploy: {placement: {constraints: [x]}}}"), "for a swarm");
    }

    @Test
    void sarifHasEveryFindingWithItsRule() {
        String sarif = Sarif.of(findings("web: {image: a, privileged: true}", Map.of()));
        assertTrue(sarif.contains("\"ruleId\" : \"privileged\"") && sarif.contains("\"startLine\" : 2") && sarif.contains("\"level\" : \"warning\""),
                sarif);
    }
}
