package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies in the workspace under the name of a compose file: a finding with its line, within a second and little memory. */
class CheckComposeBoundsTest {

    /** Of this thread's processor time, after the first ones, which load and compile the code: others work on this machine too. */
    private static final double SECONDS = 1;

    /** All that is ever allocated for the largest text, most of which is gone again long before the end. */
    private static final long BYTES = 700_000_000;

    @TempDir
    private Path workspace;

    @BeforeAll
    static void warmUp(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("compose.yml"),
                many(5_000, i -> "  s" + i + ": {image: 'debian', ports: ['" + (i + 1) + ":80'], environment: {URL: 'http://s1:80/'}}\n"));
        for (int i = 0; i < 5; i++) {
            check(folder);
        }
    }

    private static String many(int number, IntFunction<String> service) {
        return "services:\n" + IntStream.range(0, number).mapToObj(service).collect(Collectors.joining());
    }

    private static String lines(int number, IntFunction<String> line) {
        return IntStream.range(0, number).mapToObj(line).collect(Collectors.joining("\n")) + "\n";
    }

    private static char letter(int number) {
        return (char) ('a' + number);
    }

    private static CheckCompose.Checked check(Path folder, String... files) throws InterruptedException {
        LocalHost host = new LocalHost(folder, Map.of("PATH", "/nonexistent"), Credentials.none(), new ConcurrentHashMap<>(), event -> {});
        List<String> named = files.length == 0 ? List.of("compose.yml") : List.of(files);
        CheckOptions never = new CheckOptions(List.of(), "never", null, false, List.of(), List.of(), 300, false, false);
        return new CheckCompose(new ComposeProject("bounds", named, List.of(), null, null, List.of()), never).run(host);
    }

    private CheckCompose.Checked measured() throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        CheckCompose.Checked checked = check(workspace);
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        assertTrue(seconds < SECONDS, seconds + " s");
        assertTrue(bytes < BYTES, bytes + " bytes");
        return checked;
    }

    static Stream<Arguments> texts() {
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + lines(20, i -> letter(i + 1) + ": &" + letter(i + 1) + " [" + ("*" + letter(i) + ", ").repeat(8) + "*" + letter(i) + "]");
        return Stream.of(
                arguments("a tab", "services:\n\tweb:\n", "yaml", 2, "A tab stands where YAML wants spaces."),
                arguments("an indentation", "services:\n  web:\n    image: a\n   ports: []\n", "yaml", 4, "cannot be read as YAML"),
                arguments("a quote without end", "services:\n  web:\n    image: \"a\n", "yaml", 4, "cannot be read as YAML"),
                arguments("a bracket without end", "services: {web: [\n", "yaml", 2, "cannot be read as YAML"),
                arguments("a key twice", "services:\n  web: {image: a}\n  web: {image: b}\n", "yaml", 3,
                        "The key 'web' stands here a second time, first in line 2."),
                arguments("a key that is no text", "services:\n  [web]: {image: a}\n", "yaml", 2, "A key here is no text."),
                arguments("an alias without anchor", "services:\n  web: *base\n", "yaml", 2, "undefined alias"),
                arguments("an anchor within itself", "services:\n  web: &web {image: a, more: *web}\n", "yaml", 2, "contains itself"),
                arguments("a merge of itself", "services:\n  web: &web\n    <<: *web\n", "yaml", 2, "contains itself"),
                arguments("no map", "- services\n", "yaml", 1, "The file is no compose file"),
                arguments("nothing", "\n# nothing\n", "yaml", 1, "The compose file is empty."),
                arguments("a letter that YAML forbids", "services:\n  web: {image: 'a\u0001'}\n", "yaml", 2, "U+0001 is not allowed"),
                arguments("an alias bomb", bomb, "yaml", 6, "aliases"),
                arguments("wide aliases", "a: &a [" + "x,".repeat(1_000) + "]\nb: [" + "*a,".repeat(5_000) + "]\n", "yaml", 2, "aliases"),
                arguments("brackets within brackets", "a: " + "[".repeat(19_000), "yaml", 1, "levels deep"),
                arguments("dashes within dashes", "a:\n " + "- ".repeat(9_000), "yaml", 2, "levels deep"),
                arguments("braces within braces", "a: " + "{a: ".repeat(4_000), "yaml", 1, "levels deep"),
                arguments("a list of a million", "a: [" + "a,\n".repeat(900_000) + "]", "yaml", 99_996, "keys and values"),
                arguments("a map of a million", "a:\n" + lines(200_000, i -> "  k" + i + ": 1"), "yaml", 49_999, "keys and values"),
                arguments("a chain of aliases", "a0: &a0 [x]\n" + lines(20_000, i -> "a" + (i + 1) + ": &a" + (i + 1) + " [*a" + i + "]"), "yaml", 61,
                        "aliases"),
                arguments("one text of three million", "services:\n  web: {image: " + "a".repeat(2_900_000) + "}\n", "yaml", 2, "characters"),
                arguments("three million spaces", "services:\n  web: {}" + " ".repeat(2_900_000), "yaml", 2, "characters"),
                arguments("a text of many lines", "services:\n  web: {}\n  db:\n    command: |\n" + lines(150, i -> "      " + "ab ".repeat(6_000)),
                        "image-none", 2, "neither"),
                arguments("a comment of many lines", "services:\n  web: {}\n" + lines(150, i -> "#" + " ".repeat(19_000)), "image-none", 2,
                        "neither"),
                arguments("variables within variables", "services:\n  web: {image: '" + "${A:-".repeat(2_500) + "}".repeat(2_500) + "'}\n",
                        "variable", 2, "levels deep"),
                arguments("variables without end", "services:\n  web:\n    image: |\n" + lines(150, i -> "      " + "${A:-".repeat(3_000)),
                        "variable", 3, "has no end"),
                arguments("variables side by side", "services:\n  web:\n    command: |\n" + lines(150, i -> "      " + "${A}$$".repeat(3_000)),
                        "image-none", 2, "neither"),
                arguments("gunicorn, gunicorn, …", "services:\n  web:\n    command: |\n" + lines(150, i -> "      " + "gunicorn a.b ".repeat(1_500)),
                        "image-none", 2, "neither"),
                arguments("URLs, URLs, …", "services:\n  web:\n    environment:\n      A: |\n"
                        + lines(150, i -> "        " + "http://a:1@".repeat(1_700)), "image-none", 2, "neither"),
                arguments("all ports often", many(1_000, i -> "  s" + i + ": {image: a, ports: ['1-65535:1-65535']}\n"), "yaml", 2,
                        "publishes more than"),
                arguments("services that wait for nobody", many(7_000, i -> "  s" + i + ": {depends_on: [t" + i + "]}\n"), "name-undefined", 2,
                        "not defined"),
                arguments("frontends and backends",
                        many(7_000, i -> "  x" + i + (i % 2 == 0 ? "-frontend" : "-backend") + ": {healthcheck: {test: a}}\n"), "frontend-waits", 2,
                                "does not wait"),
                arguments("workers of nobody", many(7_000, i -> "  s" + i + ": {image: 'i" + i + "', command: 'celery -A a" + i
                        + " worker', b: c}\n"), "key-unknown", 2, "does not know"),
                arguments("services that extend each other", many(7_000, i -> "  s" + i + ": {image: a, extends: s" + (i + 1) + "}\n"),
                        "file-missing", 2, "extend each other"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void isAFindingWithItsLine(String name, String text, String rule, int line, String sentence) throws Exception {
        Files.writeString(workspace.resolve("compose.yml"), text);
        CheckCompose.Checked checked = measured();
        assertFalse(checked.accepted());
        CheckCompose.Found found = checked.findings().stream().filter(one -> one.rule().equals(rule)).findFirst()
                .orElseThrow(() -> new AssertionError(checked.findings().toString()));
        assertTrue(found.sentence().contains(sentence), found.toString());
        assertEquals(line, found.line(), found.toString());
    }

    @Test
    void aFileOfFiftyMegabytesIsNotRead() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(workspace.resolve("compose.yml").toFile(), "rw")) {
            file.setLength(50_000_000);
        }
        CheckCompose.Found found = measured().findings().get(0);
        assertEquals("The file compose.yml has 50000000 bytes, and all compose files together may have 3000000.", found.sentence());
    }

    @Test
    void anotherEncodingIsSaid() throws Exception {
        Files.write(workspace.resolve("compose.yml"), "services: {café: {image: a}}".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("The file compose.yml is no text in UTF-8.", measured().findings().get(0).sentence());
        Files.write(workspace.resolve("compose.yml"), "services: {web: {image: a}}".getBytes(Charset.forName("UTF-16")));
        assertEquals("The file compose.yml is no text in UTF-8.", measured().findings().get(0).sentence());
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkChangeNothing() throws Exception {
        Files.writeString(workspace.resolve("compose.yml"), "\uFEFFservices:\r\n  web:\r\n    image: a\r\n    privileged: true\r\n");
        CheckCompose.Checked checked = measured();
        assertTrue(checked.accepted());
        assertEquals(List.of("privileged 4:5"), checked.findings().stream().map(one -> one.rule() + " " + one.line() + ":" + one.column()).toList());
    }

    @Test
    void circlesOfIncludesAndExtendsEnd() throws Exception {
        file("compose.yml", "include:\n  - a.yml\nservices:\n  web: {image: a, extends: {file: other.yml, service: one}}\n");
        file("a.yml", "include:\n  - b.yml\n");
        file("b.yml", "\ninclude: [compose.yml]\n");
        file("other.yml", "services:\n  one: {extends: two}\n  two:\n    extends: one\n");
        List<CheckCompose.Found> found = measured().findings();
        assertEquals("b.yml:2 The file compose.yml includes itself, by way of compose.yml, a.yml, b.yml.", shown(found.get(0)));
        assertEquals("other.yml:2 The service one extends itself, by way of compose.yml#web, other.yml#one, other.yml#two.", shown(found.get(1)));
    }

    @Test
    void includesThatDoubleEachTimeEnd() throws Exception {
        for (int i = 0; i < 30; i++) {
            file(i == 0 ? "compose.yml" : "f" + i + ".yml", "include: [{path: f" + (i + 1) + ".yml}, {path: f" + (i + 1) + ".yml}]\nservices: {}\n");
        }
        assertTrue(measured().findings().stream().anyMatch(one -> one.sentence().contains("More than 200 files are included")));
    }

    @Test
    void nothingOutsideTheWorkspaceIsRead(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("secret.yml"), "services: {stolen: {image: hidden-word}}\n");
        Files.createSymbolicLink(workspace.resolve("link.yml"), outside.resolve("secret.yml"));
        file("compose.yml", "include:\n  - " + outside
                + "/secret.yml\n  - ../secret.yml\n  - link.yml\n  - oci://example.org/app:1\nservices:\n  web:\n    extends:\n      file: "
                + outside + "/secret.yml\n      service: stolen\n");
        CheckCompose.Checked checked = measured();
        assertEquals(List.of(2, 3, 4, 5, 9), checked.findings().stream().filter(one -> one.rule().equals("file-missing"))
                .map(CheckCompose.Found::line).toList());
        assertFalse(checked.toString().contains("hidden-word"));
    }

    @Test
    void aDockerfileOfOddLinesIsReadAsFarAsItGoes() throws Exception {
        file("compose.yml", "services:\n  web: {build: .}\n");
        file("Dockerfile", "FROM ${A:-".repeat(30_000) + "\nFROM\nEXPOSE\nCOPY\nCMD [\nENV\nARG =\nRUN <<E\nnever ended\n");
        assertEquals(List.of(), measured().findings());
    }

    @Test
    void aThousandServicesAreAQuickRead() throws Exception {
        file("compose.yml", many(1_000, i -> "  s" + i + ":\n    image: registry.example.com/team/app:" + i
                + "\n    environment:\n      A: 1\n      URL: http://s" + (i + 1) % 1_000
                + ":8000/x\n    ports: ['127.0.0.1:" + (i + 2_000) + ":8000']\n    depends_on: [s" + (i + 1) % 1_000
                + "]\n    volumes: ['data:/data']\n    restart: always\n")
                + "volumes: {data: }\n");
        CheckCompose.Checked checked = measured();
        assertEquals(List.of(), checked.findings());
        assertEquals(1_000, checked.services().size());
    }

    private static String shown(CheckCompose.Found found) {
        return found.file() + ":" + found.line() + " " + found.sentence();
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(workspace.resolve(name), text);
    }
}
