package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.compose.KeptFile;
import io.jenkins.plugins.igny8.docker.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kept compose file shows no secret, and is to Compose itself the same as what was written, once it has the values that were left out. */
@Tag("engine")
class KeptFileIT {

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    @ParameterizedTest
    @ValueSource(strings = {
        "services: {web: {image: x, environment: {DB_PASSWORD: hunter2, MODE: calm}}}\n",
        "services:\n  web:\n    image: x\n    environment:\n      - DB_PASSWORD=hunter2\n      - 'API_KEY=it''s hunter2'\n      - MODE=calm # hunter\n",
        "services:\r\n  web:\r\n    image: x\r\n    environment:\r\n      DB_PASSWORD: hunter2\r\n      A_TOKEN: \"hunter2 \\u00e9\"\r\n      MODE: calm\r\n",
        "\uFEFFservices:\n  web:\n    image: x\n    environment:\n      DB_PASSWORD: hunter2\n      MODE: calm\n",
        "# \uD83D\uDE80 ü\nservices:\n  web:\n    image: x\n    environment: {GREETING: 'ü\uD83D\uDE80', DB_PASSWORD: 'ü\uD83D\uDE80hunter2', MODE: calm}\n",
        "services:\n  web:\n    image: x\n    environment:\n      PRIVATE_KEY: |\n        -----BEGIN\n        hunter2\n      # a comment\n      MODE: calm\n",
        "services:\n  web:\n    image: x\n    environment:\n      PRIVATE_KEY: >-\n        one\n        hunter2\n\n      MODE: calm\n",
        "services:\n  web:\n    image: x\n    environment:\n      MODE: calm\n      PRIVATE_KEY: |+\n        one\n        hunter2\n\n  other: {image: y}\n",
        "services:\n  web:\n    image: x\n    environment:\n      MODE: calm\n      DB_PASSWORD: one\n        hunter2\n",
        "services: {web: {image: x, environment: {DB_PASSWORD: 'hunter2$$tail', MODE: '$$calm'}}}\n",
        "services: {web: {image: x, environment: {DB_PASSWORD: '${DB_PASSWORD:-hunter2}', MODE: '${MODE:-calm}'}}}\n",
        "services:\n  web:\n    image: x\n    environment:\n      DATABASE_URL: postgres://app:${DB_PASSWORD:-hunter2}@db:5432/app?x=${MODE:-calm}\n",
        "services: {web: {image: x, environment: {DATABASE_URL: 'postgres://app:hunter2@db/app'}}}\n",
        "services: {web: {image: x, command: 'redis-server --requirepass ${REDIS_PASSWORD-hunter2}'}}\n",
        "x-env: &env {DB_PASSWORD: hunter2, MODE: calm}\nservices:\n  web: {image: x, environment: *env}\n  worker: {image: x, environment: *env}\n",
        "x-env: &env\n  DB_PASSWORD: hunter2\n  MODE: calm\nservices:\n  web:\n    image: x\n    environment:\n      <<: *env\n      MORE: 'yes'\n",
        "x-a: &a {DB_PASSWORD: hunter2}\nx-b: &b {API_TOKEN: hunter2b}\nservices:\n  web: {image: x, environment: {<<: [*a, *b], MODE: calm}}\n",
        "x-web: &web\n  image: x\n  environment: {DB_PASSWORD: hunter2}\nservices:\n  web:\n    <<: *web\n  worker:\n    <<: *web\n    command: [work]\n",
        "services: {web: {image: x, configs: [db_password]}}\nconfigs: {db_password: {content: hunter2}}\n",
        "services: {web: {image: x, build: {context: ., args: {NPM_TOKEN: hunter2}}, environment: {NPM_TOKEN: hunter2b}}}\n",
        "services:\n  web:\n    image: x\n---\nservices:\n  web:\n    environment: {DB_PASSWORD: hunter2, MODE: calm}\n",
        "services: {web: {image: x, command: redis-server --requirepass hunter2 --port 1}}\n",
        "services:\n  web:\n    image: x\n    command: redis-server --requirepass=hunter2 --appendonly yes  # hunter\n",
        "services: {web: {image: x, command: [redis-server, --requirepass, hunter2, --port, '1']}}\n",
        "services:\n  web:\n    image: x\n    entrypoint: ['run', '--db-password=hunter2$$x', \"--token\", \"hunter2\\t\", '--pass', '--quiet']\n",
        "services:\n  web:\n    image: x\n    command: >-\n      sh -c 'run --auth-token \"hunter2 b\" --key ${A_KEY:-hunter2c}\n      && run --password hunter2d'\n    init: true\n",
        "services:\n  web:\n    image: x\n    command: |\n      sh -c \"run --password 'hunter2 \\\\ e'\"\n    healthcheck: {test: redis-cli -a x --pass hunter2f ping}\n",
        "x-c: &c [run, --password, hunter2]\nservices: {web: {image: x, command: *c}, worker: {image: x, command: *c}}\n",
        "services: {db: {image: x, environment: {P_PASSWORD: &p hunter2}}, web: {image: x, command: &c run --pass hunter2, environment: {DB_PASSWORD: *p}},"
                + " b: {image: x, command: *c}}\n",
        "services: {web: {image: x, environment: {DB_PASSWORD: !reset hunter2}}}\n",
        "services: {web: {image: x, environment: {DATABASE_URL: 'postgres://${DB_USER:-app}:hunter2@${DB_HOST:-db}/app', B: '${B:-postgres://a:hunter2b@db/app}'}}}\n",
        "services:\n  web:\n    image: x\n    command: sh -c 'export DB_PASSWORD=hunter2; run --url postgres://a:hunter2b@db'\n    labels: {app.api-key: hunter2}\n"
                + "    healthcheck: {test: [CMD-SHELL, \"PGPASSWORD='hunter2' psql\"]}\nvolumes: {v: {driver_opts: {type: cifs, o: 'username=u,password=hunter2'}}}\n",
        "services: {web: {image: x, command: \"run --token hunter2 \\r \\a \\N \\L x\", environment: {DB_PASSWORD: '${DB_PASSWORD:-it''s hunter2}'}}}\n",
        "services: {a-b: {image: x, environment: {DB_PASSWORD: hunter2}}, a_b: {image: x, environment: {DB_PASSWORD: hunter2b}}}\n",
    })
    void isTheSameToComposeAndShowsNoSecret(String text) throws Exception {
        KeptFile kept = KeptFile.of(text);
        assertFalse(kept.text().contains("hunter2"), kept.text());
        assertEquals(config("written.yml", text, Map.of()), config("kept.yml", kept.text(), kept.values()), kept.text());
        assertEquals(kept, KeptFile.of(text), "the same names each time");
    }

    private JsonNode config(String name, String text, Map<String, String> variables) throws IOException, InterruptedException {
        engine.file(name, text);
        ProcessBuilder compose = new ProcessBuilder(List.of("docker", "compose", "-p", engine.project, "-f", name, "config", "--format", "json"));
        compose.environment().putAll(variables);
        Process process = compose.directory(engine.workspace.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return Json.read(out);
    }
}
