package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The example stack with one thing changed in one place, as it happens to people.
 *
 * @param name what was changed
 * @param rule which rule has to find it
 * @param at file in which it is to be found
 * @param line a text of the line at which it is to be found, in its first line that has it
 * @param changes what stands where now
 */
record ComposeMutations(String name, String rule, String at, String line, List<Change> changes) {

    private static final String APP = "docker-compose.app.yml";

    /** The first occurrence counts. */
    record Change(String file, String from, String to) {}

    private static ComposeMutations app(String name, String from, String to, String rule, String line) {
        return new ComposeMutations(name, rule, APP, line, List.of(new Change(APP, from, to)));
    }

    private static ComposeMutations dockerfile(String name, String file, String from, String to, String rule, String line) {
        return new ComposeMutations(name, rule, file, line, List.of(new Change(file, from, to)));
    }

    private ComposeMutations with(String from, String to) {
        return new ComposeMutations(name, rule, at, line, Stream.concat(changes.stream(), Stream.of(new Change(APP, from, to))).toList());
    }

    @Override
    public String toString() {
        return rule + ": " + name;
    }

    /** The line in the changed files. */
    int wantedLine(Path workspace) throws IOException {
        List<String> lines = Files.readAllLines(workspace.resolve(at));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(line)) {
                return i + 1;
            }
        }
        throw new AssertionError(at + " has no line with " + line);
    }

    void apply(Path workspace) throws IOException {
        for (Change change : changes) {
            Path file = workspace.resolve(change.file);
            String text = Files.readString(file);
            int start = text.indexOf(change.from);
            assertTrue(start >= 0, change.file + " has no " + change.from);
            Files.writeString(file, text.substring(0, start) + change.to + text.substring(start + change.from.length()));
        }
    }

    private static final String CHECK = "    healthcheck:\n      test:\n        - CMD\n        - python3\n        - -c\n        - import urllib.request; "
            + "urllib.request.urlopen(\"http://127.0.0.1:8010/api/v1/system/status/\", timeout=6)\n      interval: 2s\n      timeout: 7s\n      start_period: 10s\n      retries: 3\n";
    private static final String WAITS = "    depends_on:\n      backend:\n        condition: service_healthy\n";
    private static final String WORKER = "  celery_worker:\n    <<: *backend\n";
    private static final String BEAT = "  celery_beat:\n    <<: *backend\n";
    private static final String BACKEND = "  backend:\n    <<: *backend\n";
    private static final String FRONTEND = "    image: igny8-frontend-dev:latest\n";
    private static final String MARKETING = "    image: igny8-marketing-dev:latest\n";
    private static final String SITES_MOUNT = "      - type: bind\n        source: ${IGNY8_CODE_ROOT:-/data/app/igny8}/sites/site\n        target: /srv/site\n"
            + "        read_only: true\n        bind: *existing\n";

    static Stream<ComposeMutations> all() {
        return Stream.of(
                // images
                app("the worker runs another repository", WORKER, WORKER + "    image: igny8-worker:latest\n", "worker-image", "igny8-worker"),
                app("the worker stays on an old tag", WORKER, WORKER + "    image: igny8-backend:old\n", "worker-image", "igny8-backend:old"),
                app("beat stays on an old tag", BEAT, BEAT + "    image: igny8-backend:1.0\n", "worker-image", "igny8-backend:1.0"),
                app("the backend alone moves on", BACKEND, BACKEND + "    image: igny8-backend:2\n", "worker-image", "igny8-backend:2"),
                app("the backend's image is renamed", BACKEND, BACKEND + "    image: shop-backend:latest\n", "worker-image", "shop-backend"),
                app("an image is taken out", MARKETING, "", "image-none", "  marketing:"),
                // health
                app("the health check asks another port", "127.0.0.1:8010/api", "127.0.0.1:8011/api", "health-port", "127.0.0.1:8011/api"),
                app("the health check asks another path", "system/status/", "system/health/", "health-path", "system/health/"),
                app("the health check asks another service", "127.0.0.1:8010/api", "frontend:8010/api", "health-host", "frontend:8010"),
                app("the frontend's check asks another port", "127.0.0.1/5173", "127.0.0.1/5713", "health-port", "5713"),
                app("the sites' check asks marketing's port", "127.0.0.1/5176", "127.0.0.1/5174", "health-port", "tcp/127.0.0.1/5174"),
                app("the check gives up after ten minutes", "retries: 3", "retries: 300", "health-slow", "retries: 300"),
                app("the check is asked too seldom", "interval: 2s", "interval: 200s", "health-slow", "interval: 200s"),
                app("the check begins too late", "start_period: 10s", "start_period: 10m", "health-slow", "start_period: 10m"),
                app("the check is switched off", CHECK, "    healthcheck:\n      disable: true\n", "health-missing", "condition: service_healthy"),
                app("the check is gone", CHECK, "", "health-missing", "condition: service_healthy"),
                app("the check needs curl", CHECK,
                        "    healthcheck:\n      test: [\"CMD\", \"curl\", \"-f\", \"http://127.0.0.1:8010/api/v1/system/status/\"]\n", "health-tool",
                        "curl"),
                app("the check needs wget in a shell", CHECK,
                        "    healthcheck:\n      test: wget -q -O- http://127.0.0.1:8010/api/v1/system/status/ || exit 1\n", "health-tool", "wget"),
                app("the frontend waits for the start alone", "condition: service_healthy", "condition: service_started", "health-wait",
                        "service_started"),
                app("the frontend waits in short form", WAITS, "    depends_on: [backend]\n", "health-wait", "depends_on: [backend]"),
                app("the frontend does not wait", WAITS, "", "frontend-waits", "  frontend:"),
                // ports
                app("the backend publishes another target", ":-8011}:8010", ":-8011}:8009", "port-silent", "}:8009"),
                app("the frontend publishes another target", ":-8021}:5173", ":-8021}:5137", "port-silent", "}:5137"),
                app("marketing publishes another target", ":-8023}:5174", ":-8023}:5147", "port-silent", "}:5147"),
                app("the sites publish another target", ":-8024}:5176", ":-8024}:5167", "port-silent", "}:5167"),
                app("marketing takes the frontend's port", "PORT:-8023}", "PORT:-8021}", "port-twice", "MARKETING_PORT"),
                app("the sites take the backend's port everywhere", "127.0.0.1:${IGNY8_SITES_PORT:-8024}", "8011", "port-twice", "- 8011:5176"),
                app("a port is no number", "127.0.0.1:${IGNY8_SITES_PORT:-8024}:5176", "80a:5176", "port-invalid", "80a:5176"),
                dockerfile("EXPOSE of the backend", "backend/Dockerfile", "EXPOSE 8010", "EXPOSE 8012", "expose-differs", "EXPOSE"),
                dockerfile("the backend's server listens elsewhere", "backend/Dockerfile", "0.0.0.0:8010", "0.0.0.0:8020", "expose-differs",
                        "CMD [\"gunicorn\""),
                dockerfile("EXPOSE of the frontend", "frontend/Dockerfile.dev", "EXPOSE 5173", "EXPOSE 5170", "expose-differs", "EXPOSE"),
                dockerfile("EXPOSE of the sites", "sites/Dockerfile.dev", "EXPOSE 5176", "EXPOSE 5177", "expose-differs", "EXPOSE"),
                new ComposeMutations("EXPOSE of marketing, one against one", "port-silent", APP, "}:5174",
                        List.of(new Change("frontend/Dockerfile.marketing.dev", "EXPOSE 5174", "EXPOSE 5175"))),
                app("the backend is told another port", BACKEND, BACKEND + "    command: gunicorn --bind 0.0.0.0:8030 igny8_core.wsgi\n",
                        "expose-differs", "0.0.0.0:8030"),
                app("expose of the compose file", BACKEND, BACKEND + "    expose: ['8040']\n", "expose-differs", "8040"),
                // names
                app("a service is renamed where it is waited for", "      backend:\n        condition", "      backnd:\n        condition",
                        "name-undefined", "      backnd:"),
                app("a service is renamed where it is defined", BACKEND, "  api:\n    <<: *backend\n", "name-undefined", "      backend:"),
                app("a network is renamed where it is used", "  networks:\n    - net\n", "  networks:\n    - nett\n", "name-undefined", "    - nett"),
                app("a network is renamed where it is defined", "networks:\n  net:\n    name:", "networks:\n  network:\n    name:", "name-undefined",
                        "    - net"),
                app("a config that nobody defines", MARKETING, MARKETING + "    configs: [site]\n", "name-undefined", "configs: [site]"),
                app("a secret that nobody defines", FRONTEND, FRONTEND + "    secrets: [token]\n", "name-undefined", "secrets: [token]"),
                app("a service goes into a profile", BACKEND, BACKEND + "    profiles: [debug]\n", "name-undefined", "      backend:"),
                app("a URL with the published port", FRONTEND, FRONTEND + "    environment:\n      API: http://backend:8011/api/\n", "url-port",
                        "backend:8011"),
                app("a URL to a name misspelt", FRONTEND, FRONTEND + "    environment:\n      API: http://bakend:8010/api/\n", "url-service",
                        "bakend"),
                app("a URL to the old name", FRONTEND, FRONTEND + "    environment:\n      - API=http://user:word@backend1:8010/\n", "url-service",
                        "backend1"),
                app("a URL across networks", FRONTEND, FRONTEND + "    environment: {API: 'http://backend:8010/'}\n", "url-network", "API")
                        .with("    networks:\n      - net\n    healthcheck: &page", "    networks:\n      - front\n    healthcheck: &page")
                        .with("networks:\n  net:\n    name", "networks:\n  front:\n  net:\n    name"),
                app("a key misspelt", "    restart: unless-stopped\n\n  marketing:", "    restrat: unless-stopped\n\n  marketing:", "key-unknown",
                        "restrat"),
                app("one name for a scaled worker", WORKER, WORKER + "    container_name: worker\n    deploy: {replicas: 2}\n", "container-name",
                        "container_name"),
                app("one name for two containers", BEAT, BEAT + "    container_name: app # two\n", "container-twice", "# two").with(WORKER, WORKER
                        + "    container_name: app\n"),
                // mounts
                app("a volume that nobody defines", SITES_MOUNT, "      - pages:/srv/pages\n", "name-undefined", "pages:/srv/pages"),
                app("a volume over the code", SITES_MOUNT, "      - pages:/srv/site\n", "mount-hides", "pages:/srv/site").with("networks:\n  net:\n",
                        "volumes:\n  pages:\n\nnetworks:\n  net:\n"),
                app("Docker's socket", SITES_MOUNT, "      - /var/run/docker.sock:/var/run/docker.sock:ro\n", "docker-socket", "docker.sock"),
                app("the machine's /etc", SITES_MOUNT, "      - /etc:/srv/etc\n", "system-path", "/etc:/srv/etc"),
                app("a file that is not there", SITES_MOUNT, "      - ./sites/Caddy.conf:/etc/caddy/Caddy.conf:ro\n", "source-missing", "Caddy.conf"),
                app("a mount with an empty variable", SITES_MOUNT, "      - ${NOT_SET_AT_ALL}:/srv/site\n", "mount-invalid", "NOT_SET_AT_ALL"),
                // safety
                app("a password in the file", "${POSTGRES_PASSWORD:?put it into .env or give --env-file}", "very-secret", "secret-plain",
                        "POSTGRES_PASSWORD: very-secret"),
                app("a privileged service", MARKETING, MARKETING + "    privileged: true\n", "privileged", "privileged"),
                app("beat twice", BEAT, BEAT + "    deploy:\n      replicas: 2\n", "beat-twice", "replicas: 2"),
                app("beat scaled", BEAT, BEAT + "    scale: 3\n", "beat-twice", "scale: 3"),
                // the file itself
                app("a tab", "    <<: *backend\n    ports:", "    <<: *backend\n\tports:", "yaml", "\tports:"),
                app("a key twice", MARKETING, MARKETING + "    image: other\n", "yaml", "image: other"),
                app("a variable without end", "${IGNY8_SITES_PORT:-8024}", "${IGNY8_SITES_PORT:-8024", "variable", "IGNY8_SITES_PORT"),
                new ComposeMutations("a variable without value", "variable", APP, "DJANGO_SECRET_KEY",
                        List.of(new Change(".env", "DJANGO_SECRET_KEY=demo-only-key", ""))),
                app("an env file that is not there", FRONTEND, FRONTEND + "    env_file: frontend.env\n", "env-file-missing", "frontend.env"),
                app("an include that is not there", "services:\n", "include: [common.yml]\nservices:\n", "file-missing", "common.yml"),
                app("an alias without anchor", "bind: *existing", "bind: *existin", "yaml", "*existin"));
    }
}
