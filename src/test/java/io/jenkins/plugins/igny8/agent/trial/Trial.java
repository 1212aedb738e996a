package io.jenkins.plugins.igny8.agent.trial;

import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Page;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.host.Stream;
import io.jenkins.plugins.igny8.operation.Operation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is tried on a host. The result is a list of what is not as it should be. */
public final class Trial {

    private static final Duration MINUTE = Duration.ofSeconds(60);

    private final Host host;
    private final List<String> problems = new ArrayList<>();

    private Trial(Host host) {
        this.host = host;
    }

    static Operation<?> named(String name, String script, int limit) {
        Duration time = limit == 0 ? null : Duration.ofSeconds(limit);
        return switch (name) {
            case "bytes" -> host -> new Trial(host).bytes();
            case "answers" -> host -> new Trial(host).answers();
            case "files" -> host -> new Trial(host).files();
            case "stream" -> host -> new Trial(host).stream();
            case "environment" -> Host::environment;
            case "change" -> host -> host.change("trial", shell(script, time), line -> host.tell(Event.line("", line)));
            case "question" -> host -> told(host, host.question(shell(script, time)));
            case "exists" -> host -> host.workspace().exists(script);
            case "get" -> host -> ((Page) host.get(URI.create(script), MINUTE)).status();
            // Another command each time the operation runs, on the same target.
            case "anew" -> host -> host.change(
                    "trial", shell(script, null, UUID.randomUUID().toString()), line -> host.tell(Event.line("", line)));
            case "link" -> host -> new Trial(host).link(script);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static int told(Host host, Answer answer) {
        (answer.out() + answer.err()).lines().forEach(line -> host.tell(Event.line("", line)));
        return answer.exitCode();
    }

    private static Command shell(String script, Duration limit, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "trial"));
        argv.addAll(List.of(arguments));
        return new Command(argv, Map.of(), limit);
    }

    private void expect(String what, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            problems.add(what + ": expected " + expected + " but was " + actual);
        }
    }

    /** Texts in words and variables, by both kinds of command; what arrived comes back as base64. */
    public List<String> bytes() throws InterruptedException {
        for (String hostile : Hostile.TEXTS) {
            String base64 = Base64.getEncoder().encodeToString(hostile.getBytes(StandardCharsets.UTF_8));
            expect("word of a question", hostile, host.question(new Command(List.of("printf", "%s", hostile), Map.of(), MINUTE)).out());
            Map<String, String> environment = Map.of("HOSTILE", hostile);
            Command variable = new Command(List.of("sh", "-c", "printf %s \"$HOSTILE\" | base64 -w 0"), environment, MINUTE);
            expect("variable of a question", base64, host.question(variable).out());
            expect("variable of a change", List.of(base64), change(variable));
            expect("word of a change", List.of(base64), change(shell("printf %s \"$1\" | base64 -w 0", null, hostile)));
            // Each text lies in the step's own environment too, which the test sets with withEnv.
            String name = "STEP_" + Hostile.TEXTS.indexOf(hostile);
            expect("the step's " + name, base64, host.question(shell("printf %s \"$" + name + "\" | base64 -w 0", MINUTE)).out());
        }
        return problems;
    }

    private List<String> change(Command command) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        host.change("trial", command, lines::add);
        return lines;
    }

    /** Outputs apart in a question and in order in a change; exit codes; missing programs. */
    public List<String> answers() throws InterruptedException {
        expect("outputs", new Answer(3, "out\n", "err\n"), host.question(shell("echo out; echo err >&2; exit 3", MINUTE)));
        expect("no input", new Answer(0, "", ""), host.question(new Command(List.of("cat"), Map.of(), MINUTE)));
        expect("big output", 3_000_000, host.question(shell("head -c 3000000 /dev/zero | tr '\\0' x", MINUTE)).out().length());
        expect("no such program", Answer.NO_SUCH_PROGRAM, host.question(new Command(List.of("no-such-program"), Map.of(), MINUTE)).exitCode());
        expect("no such program in a change", Answer.NO_SUCH_PROGRAM,
                host.change("trial", new Command(List.of("no-such-program"), Map.of(), null), line -> {}));
        List<String> lines = new ArrayList<>();
        int code = host.change("trial", shell("echo one; echo two >&2; printf 'three\\r\\nfour\\rfive'; exit 42", null), lines::add);
        expect("exit code", 42, code);
        expect("lines", List.of("one", "two", "three", "four", "five"), lines);
        expect("signal", 128 + 9, host.change("trial", shell("kill -s KILL $$", null), line -> {}));
        expect("folder", host.workspace().path(), host.question(shell("pwd -P", MINUTE)).out().strip());
        expect("limit", Host.OVERDUE, host.change("trial", shell("sleep 86401", Duration.ofSeconds(1)), line -> {}));
        return problems;
    }

    public List<String> files() throws InterruptedException {
        String path;
        try (PrivateFolder folder = host.privateFolder()) {
            path = folder.path();
            folder.write("a/secret", "text ü\n");
            expect("text", "text ü\n", folder.read("a/secret"));
            expect("seen by commands", "text ü\n", host.question(new Command(List.of("cat", folder.path("a/secret")), Map.of(), MINUTE)).out());
            expect("rights", "700 700 600\n",
                    host.question(shell("echo $(stat -c %a \"$1\" \"$1/a\" \"$1/a/secret\")", MINUTE, path)).out());
            expect("files", List.of("a/secret"), folder.files(""));
            expect("bytes", 8L, folder.size("a/secret"));
            folder.move("a/secret", "moved");
            folder.move("a/secret", "moved");
            expect("moved", List.of("moved"), folder.files(""));
            expect("bytes of none", -1L, folder.size("a/secret"));
            host.workspace().write("inside/x", "y");
            String link = folder.link("context", host.workspace().path("inside"));
            expect("link", "y", host.question(new Command(List.of("cat", link + "/x"), Map.of(), MINUTE)).out());
            expect("same link", link, folder.link("context", host.workspace().path("inside")));
        }
        expect("gone", 1, host.question(new Command(List.of("test", "-e", path), Map.of(), MINUTE)).exitCode());
        expect("what it linked to", true, host.workspace().exists("inside/x"));
        host.change("trial", shell("ln -s /etc etc", null), line -> {});
        for (String outside : List.of("../x", "/etc/passwd", "a/../../x", "etc/passwd")) {
            try {
                host.workspace().read(outside);
                problems.add(outside + " was read");
            } catch (RuntimeException e) {
                expect(outside, true, e.getMessage().contains("leaves the workspace"));
            }
        }
        host.change("trial", shell("rm etc", null), line -> {});
        host.workspace().delete("inside");
        return problems;
    }

    public List<String> stream() throws InterruptedException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (Stream stream = host.stream(shell("echo first; echo second >&2; sleep 86402", null), lines::add)) {
            expect("first line", "first", lines.poll(30, TimeUnit.SECONDS));
            expect("second line", "second", lines.poll(30, TimeUnit.SECONDS));
            expect("open", true, stream.open());
        }
        try (Stream stream = host.stream(shell("printf last", null), lines::add)) {
            for (int i = 0; stream.open() && i < 300; i++) {
                Thread.sleep(100);
            }
            expect("open after its end", false, stream.open());
        }
        expect("last line", "last", lines.poll(1, TimeUnit.SECONDS));
        return problems;
    }

    /** As a build does: a link in a private folder, used by a command that goes on over an interruption. */
    private Map<String, Object> link(String script) throws InterruptedException {
        try (PrivateFolder folder = host.privateFolder()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("code", host.change("trial", shell(script, null, folder.path("id")), line -> host.tell(Event.line("", line))));
            result.put("id", folder.exists("id") ? folder.read("id").strip() : "missing");
            return result;
        }
    }
}
