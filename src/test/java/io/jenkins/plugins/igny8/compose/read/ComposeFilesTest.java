package io.jenkins.plugins.igny8.compose.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComposeFilesTest {

    private final MemoryFolder folder = new MemoryFolder();

    private ComposeFiles.Read read(Map<String, String> variables, String... files) {
        return ComposeFiles.read(folder, List.of(files), variables);
    }

    private Value web(String text, String... variables) {
        folder.with("c.yml", "services:\n  web:\n" + text.indent(4));
        Map<String, String> given = variables.length == 0 ? Map.of() : Map.of(variables[0], variables[1]);
        return read(given, "c.yml").model().get("services", "web");
    }

    @Test
    void variablesAreFilledInAsComposeDoes() {
        String all = "image: $A-${A}-${B:-b}-${B-b}-${A:+set}-${B:+set}-$$A-${B:-${A:-c}}-${C:-${D}x}-${A:?needed}";
        assertEquals("a-a-b-b-set--$A-a-x-a", web(all, "A", "a").get("image").text());
        assertEquals("-", web("image: ${A:-}-${A-d}", "A", "").get("image").text());
        assertEquals("${X}", web("image: ${X}").get("image").written());
        folder.with("c.yml", "services:\n  web:\n    image: ${X:?say which}\n    command: $(date)\n");
        assertEquals(List.of("c.yml:3:5 The variable X is required here and has no value: say which.",
                "c.yml:4:5 A single $ stands here that begins no variable."),
                read(Map.of(), "c.yml").problems().stream().map(one -> one.place() + " " + one.sentence()).toList());
    }

    @Test
    void portsAreWrittenOut() {
        Value web = web("ports: ['80', '8080:80', '127.0.0.1:8080:80/udp', ':81', '[::1]:1:2', '9000-9001:90-91', '0.0.0.0::82', '::83']");
        assertEquals(
                "[{target=80, protocol=tcp}, {target=80, published=8080, protocol=tcp}, {host_ip=127.0.0.1, target=80, published=8080, protocol=udp}, {target=81, protocol=tcp},"
                        + " {host_ip=::1, target=2, published=1, protocol=tcp}, {target=90, published=9000, protocol=tcp}, {target=91, published=9001, protocol=tcp},"
                        + " {host_ip=0.0.0.0, target=82, protocol=tcp}, {target=83, protocol=tcp}]",
                web.get("ports").toString());
    }

    @Test
    void otherShortFormsAreWrittenOut() {
        Value web = web("""
                build: ./app
                volumes: ['data:/data', './x/../y:/y:ro', '/anonymous', '${NO:-/host}:/z']
                environment: ['A=1=2', 'B', 'C=']
                depends_on: [db]
                networks: [net]
                command: sh -c 'echo "a b"'
                healthcheck: {test: curl -f x}
                env_file: .env
                """);
        assertEquals("{context=/workspace/app}", web.get("build").toString());
        assertEquals("[{type=volume, source=data, target=/data}, {type=bind, source=/workspace/y, target=/y, read_only=true}, {type=volume, target=/anonymous},"
                + " {type=bind, source=/host, target=/z}]", web.get("volumes").toString());
        assertEquals("{A=1=2, B=null, C=}", web.get("environment").toString());
        assertEquals("{db={condition=service_started}}", web.get("depends_on").toString());
        assertEquals("{net=null}", web.get("networks").toString());
        assertEquals("[sh, -c, echo \"a b\"]", web.get("command").toString());
        assertEquals("[CMD-SHELL, curl -f x]", web.get("healthcheck", "test").toString());
        assertEquals("[{path=/workspace/.env}]", web.get("env_file").toString());
    }

    @Test
    void laterFilesAndMergeKeysWin() {
        folder.with("a.yml", "x-base: &base {image: base, restart: always}\nservices:\n  web:\n    image: own\n    <<: *base\n    environment: {A: '1', B: '1'}\n    ports: ['1:1']\n"
                + "    command: one\n    labels: {gone: x}\n  old: {image: x}\n");
        folder.with("b.yml", "services:\n  web:\n    environment: [A=2]\n    ports: ['2:2']\n    command: two\n    labels: !reset {}\n  old: !reset null\n");
        Value services = read(Map.of(), "a.yml", "b.yml").model().get("services");
        Value web = services.get("web");
        assertEquals("own always {A=2, B=1} [two]", web.get("image").text() + " " + web.get("restart").text() + " " + web.get("environment") + " "
                + web.get("command"));
        assertEquals(List.of("1", "2"), web.get("ports").items().stream().map(port -> port.get("target").text()).toList());
        assertEquals("b.yml:3:19 a.yml:6:27 a.yml:1:29",
                web.get("environment", "A").place() + " " + web.get("environment", "B").place() + " " + web.get("restart").place());
        assertEquals(false, services.has("old") || web.has("labels"));
    }

    @Test
    void composesMeaningGetsOurPlaces() throws Exception {
        folder.with("c.yml", "services:\n  web:\n    image: a:${TAG:-1}\n    ports:\n      - '2:2'\n      - '1:1'\n    command:\n      - a\n      - $$b\n");
        String meaning = "{\"services\": {\"web\": {\"image\": \"a:1\", \"ports\": [{\"target\": 1, \"published\": \"1\", \"protocol\": \"tcp\"}, {\"target\": 2, \"published\": \"2\","
                + " \"protocol\": \"tcp\"}], \"command\": [\"a\", \"$$b\"], \"networks\": {\"default\": null}}}}";
        Value web = Married.of(new ObjectMapper().readTree(meaning), read(Map.of(), "c.yml").model()).get("services", "web");
        assertEquals("6 5", web.get("ports").items().get(0).place().line() + " " + web.get("ports").items().get(1).place().line());
        assertEquals("$b 9", web.get("command").items().get(1).text() + " " + web.get("command").items().get(1).place().line());
        assertEquals("a:${TAG:-1}", web.get("image").written());
        assertEquals(2, web.get("networks", "default").place().line());
    }

    @Test
    void envFilesAreReadAsFarAsTheyArePlain() {
        assertEquals(Map.of("A", "1", "B", "two words", "C", "x # y", "D", "", "E", "z"),
                DotEnv.read("# no\nA=1\nexport B=\"two words\"\nC='x # y'\n D = \nE=z # comment\nnothing\n"));
    }
}
