package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The example's stack with users who ask for its pages. How each change of it ended is derived from {@code docker inspect}, and then
 * compared with what it says of itself; what users lost is counted, and must be nothing wherever nothing was changed. A page in
 * {@code target/users} shows when they lost it.
 */
abstract class ExampleUnderLoad {

    /** Set to {@code true}: all cases, each with users from 10 s before until 30 s after; see docs/deploying.md. */
    static final String ALL_CASES = "igny8.deploy.all";

    private static final boolean ALL = Boolean.getBoolean(ALL_CASES);

    static final Duration BEFORE = Duration.ofSeconds(ALL ? 10 : 2);
    static final Duration AFTER = Duration.ofSeconds(ALL ? 30 : 4);

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    ReleasedExample stack;

    private UsersPage page;

    @BeforeEach
    void infra(TestInfo test) throws Exception {
        page = new UsersPage(test.getTestMethod().orElseThrow().getName().replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT), BEFORE, AFTER);
        stack = new ReleasedExample(engine);
        stack.infra();
    }

    @AfterEach
    void writePage(TestInfo test) throws Exception {
        page.write(Path.of("target/users", test.getTestMethod().orElseThrow().getName() + ".html"));
    }

    /** One change under load: what it says of itself must be what can be seen. */
    Load.Seen<Outcome> seen(String what, String expected, String wanted, Callable<Outcome> change) throws Exception {
        return seen(what, List.of(expected), wanted, change);
    }

    /** The same where more than one end is right. */
    Load.Seen<Outcome> seen(String what, List<String> right, String wanted, Callable<Outcome> change) throws Exception {
        Map<String, ReleasedExample.Reading> before = stack.read();
        List<String> releases = engine.releases();
        Set<String> database = stack.applied();
        String[] proven = new String[1];
        Load.Seen<Outcome> seen = Load.during(stack.addresses(), BEFORE, AFTER, () -> {
            Outcome outcome = change.call();
            proven[0] = stack.proven(before, wanted);
            return outcome;
        });
        Outcome outcome = seen.result();
        row(what, outcome.outcome(), seen);
        assertTrue(right.contains(outcome.outcome()), outcome.outcome() + "\n" + engine.log());
        assertEquals(outcome.outcome(), proven[0], engine.log());
        assertEquals(outcome.outcome(), Results.variables(engine.kept).get("IGNY8_OUTCOME"));
        assertEquals(outcome.outcome(), stack.proven(before, wanted), "it stays so");
        if (outcome.outcome().equals("unchanged")) {
            assertEquals(0, seen.lost(), seen.tallies().toString());
        }
        recorded(outcome, releases, database);
        stack.nothingIsLeft();
        return seen;
    }

    /** For the table in docs/deploying.md, and the page. */
    void row(String what, String outcome, Load.Seen<?> seen) {
        page.add(what, outcome, seen);
        System.out.printf(Locale.ROOT, "| %s | %s | %.1f | %s | %s |%n", what, outcome, seen.seconds(), told(seen, "backend"), told(seen, "frontend"));
    }

    private static String told(Load.Seen<?> seen, String name) {
        Load.Tally tally = seen.tallies().get(name);
        String lost = tally.allLost() + " of " + tally.asked();
        return tally.allLost() == 0 ? lost : lost + String.format(Locale.ROOT, " in %.1f s %s", tally.dark(), tally.lost());
    }

    /** What runs is the newest release that stood, and a change that happened is kept under a number of its own. */
    private void recorded(Outcome outcome, List<String> before, Set<String> database) throws Exception {
        List<String> added = new ArrayList<>(engine.releases());
        added.removeAll(before);
        boolean switched = !outcome.outcome().equals("unchanged");
        if (switched || !outcome.applied().isEmpty()) {
            assertEquals(1, added.size(), added.toString());
            assertTrue(added.get(0).endsWith(" " + outcome.outcome()), added.toString());
            JsonNode migrations = engine.record(Long.parseLong(added.get(0).split(" ")[0])).path("migrations");
            // Where nothing differed, nobody asked the database.
            if (!outcome.changed().isEmpty() || !outcome.applied().isEmpty()) {
                assertEquals(database, names(migrations.path("before")));
                assertEquals(stack.applied(), names(migrations.path("after")));
            }
        } else {
            assertEquals(List.of(), added);
        }
        var services = engine.record(outcome.release()).path("services");
        Map<String, ReleasedExample.Reading> now = stack.read();
        assertEquals(now.size(), services.size());
        services.forEach(service -> assertEquals(
                now.get(engine.project + "-" + service.path("name").asText() + "-1").image(), service.path("imageId").asText(), service.toString()));
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new TreeSet<>();
        list.forEach(name -> names.add(name.asText()));
        return names;
    }

    String release(String release) throws Exception {
        return stack.build(release, "");
    }

    /** @return the backend's image */
    String first() throws Exception {
        String r1 = release("r1");
        long start = System.nanoTime();
        Outcome first = stack.deploy();
        System.out.printf(Locale.ROOT, "| the first release (r1) | %s | %.1f | | |%n", first.outcome(), BuiltImage.secondsSince(start));
        assertEquals("deployed", first.outcome(), engine.log());
        assertEquals("deployed", stack.proven(Map.of(), r1));
        recorded(first, List.of(), Set.of());
        stack.nothingIsLeft();
        return r1;
    }
}
