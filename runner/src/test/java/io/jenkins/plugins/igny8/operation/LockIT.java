package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.release.Lock;
import io.jenkins.plugins.igny8.runner.Jvm;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** The lock of a project on the real engine, read by the docker command itself. */
@Tag("engine")
class LockIT {

    private static final int TAKERS = 50;

    /** {@code -Digny8.lock.rounds=50} plays both races fifty times, which takes minutes. */
    private static final int ROUNDS = Integer.getInteger("igny8.lock.rounds", 2);

    private static final Lock.Terms AT_ONCE = new Lock.Terms(Duration.ZERO, false);
    private static final Lock.Terms BY_FORCE = new Lock.Terms(Duration.ZERO, true);
    private static final String LABEL = "io.jenkins.plugins.igny8.lock";

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    /** A step of a build of its own, with that build's log. */
    private final class Step {
        final List<Event> events = new CopyOnWriteArrayList<>();
        final LocalHost host;
        final String project;

        Step(String build, Map<String, String> environment) {
            this(build, environment, engine.project);
        }

        Step(String build, Map<String, String> environment, String project) {
            Map<String, String> all = new HashMap<>(environment);
            all.put("JOB_NAME", build);
            all.put("BUILD_NUMBER", "7");
            host = new LocalHost(engine.workspace, all, Credentials.none(), new ConcurrentHashMap<>(), events::add);
            this.project = project;
        }

        Lock take(Lock.Terms terms) throws InterruptedException {
            return Lock.take(new Docker(host), host, project, terms);
        }

        String refused(Lock.Terms terms) {
            return sentence(() -> take(terms));
        }

        String log() {
            return String.join("\n", events.stream().map(Event::asLine).toList());
        }
    }

    private Step step(String build) {
        return new Step(build, Map.of());
    }

    private static String sentence(Executable executable) {
        String message = assertThrows(Failure.class, executable).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private String name(int number) {
        return "igny8-lock." + engine.project + "." + number;
    }

    /** The labels of the volume with the highest number, by docker's own words. */
    private JsonNode labels() {
        List<String> volumes = new ArrayList<>(engine.lockVolumes());
        volumes.sort(Comparator.comparingInt(name -> Integer.parseInt(name.substring(name.lastIndexOf('.') + 1))));
        try {
            return new ObjectMapper().readTree(engine.docker("volume", "inspect", "--format", "{{json .Labels}}", volumes.get(volumes.size() - 1)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private String label(String key) {
        return labels().path(LABEL + key).asText();
    }

    @Test
    void itsVolumeSaysWhoHoldsItAndThenThatNobodyDoes() throws Exception {
        Step shop = step("shop");
        Instant before = Instant.now().minusSeconds(5);
        Lock lock = shop.take(AT_ONCE);
        assertEquals(List.of(name(1)), engine.lockVolumes());
        assertEquals(engine.project, label(""));
        assertEquals("held", label(".state"));
        assertTrue(label(".build").startsWith("shop #7 by bin/run, process " + ProcessHandle.current().pid()), label(".build"));
        assertEquals(System.getProperty("user.name"), label(".user"));
        assertTrue(Instant.parse(label(".since")).isAfter(before), label(".since"));
        assertTrue(Instant.ofEpochMilli(Long.parseLong(label(".until"))).isAfter(before.plus(Lock.LEASE)), label(".until"));
        assertEquals(shop.host.caller().step(), label(".token"));
        lock.confirm();
        lock.free();
        assertEquals(List.of(name(2)), engine.lockVolumes());
        assertEquals("free", label(".state"));
        assertTrue(shop.log().contains("the lock of " + engine.project + " is taken (volume " + name(1) + ")"), shop.log());

        step("next").take(AT_ONCE).free();
        assertEquals(List.of(name(4)), engine.lockVolumes());
    }

    @Test
    void anotherProjectIsAnotherLockWhateverItsName() throws Exception {
        step("shop").take(AT_ONCE);
        String longest = engine.project + "-" + "x_".repeat(150);
        Lock other = new Step("other", Map.of(), longest).take(AT_ONCE);
        Step same = new Step("same", Map.of(), longest);
        assertTrue(same.refused(AT_ONCE).contains("is held by other #7"));
        // Equal in all that fits into a volume's name.
        Lock twin = new Step("twin", Map.of(), longest + "y").take(AT_ONCE);
        other.free();
        twin.free();
        for (String project : List.of(longest, longest + "y")) {
            String volume = engine.docker("volume ls -q --filter label=" + LABEL + "=" + project);
            assertEquals(1, volume.lines().count(), volume);
            engine.docker("volume rm " + volume);
        }
    }

    @Test
    void ofManyAtOnceOneWins() throws Exception {
        race(() -> {});
    }

    @Test
    void ofManyAtOnceOverADeadHolderOneWins() throws Exception {
        race(() -> {
            step("dead").take(new Lock.Terms(Duration.ZERO, false, Duration.ofMillis(1)));
            // The label is exact to a millisecond of the engine's clock.
            Thread.sleep(5);
        });
    }

    @Test
    void ofManyInTwoProcessesOneWins() throws Exception {
        twoProcesses("free");
        step("dead").take(new Lock.Terms(Duration.ZERO, true, Duration.ofMillis(1)));
        twoProcesses("dead");
    }

    private void twoProcesses(String name) throws Exception {
        List<Path> logs = List.of(engine.workspace.resolve(name + "1.log"), engine.workspace.resolve(name + "2.log"));
        Path go = engine.workspace.resolve(name + ".go");
        List<Process> processes = new ArrayList<>();
        for (Path log : logs) {
            processes.add(Jvm.of(LockTakers.class, engine.workspace, log, engine.project, String.valueOf(TAKERS / 2), go.toString()).start());
        }
        awaitAll("ready", logs, processes);
        Files.createFile(go);
        awaitAll("done", logs, processes);
        Files.delete(go);
        List<String> said = new ArrayList<>();
        for (Path log : logs) {
            said.addAll(Files.readAllLines(log));
        }
        List<String> winners = said.stream().filter(line -> line.startsWith("won ")).toList();
        assertEquals(1, winners.size(), said.toString());
        assertEquals(TAKERS - 1, said.stream().filter(line -> line.equals("lost")).count(), said.toString());
        assertEquals("won " + label(".token"), winners.get(0));
    }

    private static void awaitAll(String word, List<Path> logs, List<Process> processes) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        for (Path log : logs) {
            while (!Files.readString(log).contains(word)) {
                assertTrue(processes.get(logs.indexOf(log)).isAlive() && System.nanoTime() < giveUp, Files.readString(log));
                Thread.sleep(20);
            }
        }
    }

    /** Each takes it from the one before, whom it then tells so. */
    @Test
    void ofManyWhoTakeOverOneHoldsItInTheEnd() throws Exception {
        step("dead").take(AT_ONCE);
        int holders = 0;
        for (Step winner : winners(BY_FORCE)) {
            try {
                Lock.of(new Docker(winner.host), winner.host, engine.project).confirm();
                holders++;
            } catch (Failure e) {
                assertTrue(e.getMessage().contains(" is lost, and nothing more is changed: it was taken over by taker"), e.getMessage());
            }
        }
        assertEquals(1, holders);
    }

    private interface Before {
        void prepare() throws Exception;
    }

    private void race(Before before) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            before.prepare();
            List<Step> winners = winners(AT_ONCE);
            assertEquals(1, winners.size(), "round " + round);
            assertEquals(winners.get(0).host.caller().step(), label(".token"));
            Lock.of(new Docker(winners.get(0).host), winners.get(0).host, engine.project).free();
            assertEquals("free", label(".state"));
            assertEquals(1, engine.lockVolumes().size(), engine.lockVolumes().toString());
        }
    }

    private List<Step> winners(Lock.Terms terms) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(TAKERS);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<Step>> takers = new ArrayList<>();
            for (int i = 0; i < TAKERS; i++) {
                Step step = step("taker" + i);
                takers.add(threads.submit(() -> {
                    go.await();
                    try {
                        step.take(terms);
                        return step;
                    } catch (Failure e) {
                        assertTrue(e.getMessage().contains(" is held by taker"), e.getMessage());
                        return null;
                    }
                }));
            }
            go.countDown();
            List<Step> winners = new ArrayList<>();
            for (Future<Step> taker : takers) {
                Stream.ofNullable(taker.get(2, TimeUnit.MINUTES)).forEach(winners::add);
            }
            return winners;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTakerWaitsSaysForWhomAndGetsIt() throws Exception {
        Lock first = step("first").take(AT_ONCE);
        Step second = step("second");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Lock> waiting = thread.submit(() -> second.take(new Lock.Terms(Duration.ofSeconds(60), false)));
            while (!second.log().contains("waiting")) {
                assertFalse(waiting.isDone(), second.log());
                Thread.sleep(20);
            }
            first.confirm();
            first.free();
            waiting.get(20, TimeUnit.SECONDS).confirm();
        } finally {
            thread.shutdownNow();
        }
        List<String> lines = second.log().lines().toList();
        assertEquals(2, lines.size(), second.log());
        assertTrue(lines.get(0).matches("waiting for the lock of " + engine.project + ", for 60 s at most: it is held by first #7 by bin/run, .*, started by "
                + System.getProperty("user.name") + ", since 20.*Z"), second.log());
    }

    @Test
    void whoWaitsInVainReadsWhoHoldsIt() throws Exception {
        step("first").take(AT_ONCE);
        String now = step("second").refused(AT_ONCE);
        assertTrue(now.startsWith("The lock of " + engine.project + " is held by first #7 "), now);
        assertTrue(now.endsWith(": wait for that build to end. If it is dead, 'takeOver: true' takes the lock from it."), now);
        String later = step("third").refused(new Lock.Terms(Duration.ofSeconds(2), false));
        assertTrue(later.contains(", longer than 'wait', which was 2 s."), later);
        assertEquals(List.of(name(1)), engine.lockVolumes());
    }

    @Test
    void whoStopsWaitingHoldsNothing() throws Exception {
        Lock first = step("first").take(AT_ONCE);
        Step second = step("second");
        Thread waiting = new Thread(() -> assertThrows(InterruptedException.class, () -> second.take(new Lock.Terms(Duration.ofMinutes(5), false))));
        waiting.start();
        while (!second.log().contains("waiting")) {
            Thread.sleep(20);
        }
        waiting.interrupt();
        waiting.join();
        first.free();
        assertEquals("free", label(".state"));
        assertEquals(List.of(name(2)), engine.lockVolumes());
    }

    @Test
    void aRenewalIsTheNextVolumeAndOnlyWhereLittleTimeIsLeft() throws Exception {
        Step shop = step("shop");
        Lock lock = shop.take(AT_ONCE);
        long until = Long.parseLong(label(".until"));
        String since = label(".since");
        lock.renew(Duration.ofMinutes(5));
        assertEquals(List.of(name(1)), engine.lockVolumes());

        lock.renew(Duration.ofHours(2));
        assertEquals(List.of(name(2)), engine.lockVolumes());
        assertTrue(Long.parseLong(label(".until")) >= until + Duration.ofHours(2).toMillis(), label(".until"));
        assertEquals(since, label(".since"));
        assertEquals("held", label(".state"));
        lock.confirm();
        lock.renew(Duration.ofHours(1));
        assertEquals(List.of(name(2)), engine.lockVolumes());

        // As after a restart, where nothing is known of its lease.
        Lock again = Lock.of(new Docker(shop.host), shop.host, engine.project);
        again.renew(Duration.ZERO);
        assertEquals(List.of(name(3)), engine.lockVolumes());
        again.free();
        assertEquals("free", label(".state"));
    }

    @Test
    void aHolderThatWasTakenOverSeesItBeforeItsNextChange() throws Exception {
        Step old = step("old");
        Lock lost = old.take(new Lock.Terms(Duration.ZERO, false, Duration.ofMillis(1)));
        Step fresh = step("fresh");
        Lock lock = fresh.take(AT_ONCE);
        assertTrue(fresh.log().matches("(?s)warning: the lock of " + engine.project + " is taken over from old #7 .*, since .*: its lease ended at 20.*Z\\n.*"), fresh.log());
        String sentence = sentence(lost::confirm);
        assertTrue(sentence.startsWith("The lock of " + engine.project + " is lost, and nothing more is changed: it was taken over by fresh #7 "), sentence);
        assertEquals(sentence, sentence(() -> lost.renew(Duration.ZERO)));
        lost.free();
        lock.confirm();
        assertEquals("fresh", label(".build").split(" ")[0]);
        lock.free();
        assertTrue(sentence(lost::confirm).contains("another one took and freed it; last it was held by fresh #7 "));
    }

    @Test
    void takeOverTakesItFromWhoeverHoldsIt() throws Exception {
        Lock lost = step("old").take(AT_ONCE);
        Step fresh = step("fresh");
        fresh.take(BY_FORCE).confirm();
        assertTrue(fresh.log().contains(": 'takeOver' is given"), fresh.log());
        assertThrows(Failure.class, lost::confirm);
    }

    @Test
    void aLockThatWasRemovedByHandIsLost() throws Exception {
        Lock lock = step("shop").take(AT_ONCE);
        engine.docker("volume rm " + name(1));
        String sentence = sentence(lock::confirm);
        assertTrue(sentence.contains("its volume is gone from the engine, by hand or by docker volume prune"), sentence);
        lock.free();
        assertEquals(List.of(), engine.lockVolumes());
    }

    @Test
    void whatABlockAroundHoldsIsHeldInside() throws Exception {
        Lock outer = step("shop").take(AT_ONCE);
        Step inside = new Step("shop", Map.of(Lock.VARIABLE, outer.variable()));
        Lock inner = inside.take(AT_ONCE);
        assertTrue(inside.log().contains("the lock of " + engine.project + " is held by this build already"), inside.log());
        inner.confirm();
        inner.renew(Duration.ofHours(2));
        outer.confirm();
        inner.free();
        outer.confirm();
        assertEquals("held", label(".state"));
        Step elsewhere = new Step("shop", Map.of(Lock.VARIABLE, inner.variable()));
        elsewhere.take(AT_ONCE).free();
        outer.free();
        assertEquals("free", label(".state"));
        assertThrows(Failure.class, inner::confirm);
    }

    /** A volume that somebody asks for who has slept meanwhile is not the highest, whatever its number was when he fell asleep. */
    @Test
    void aNumberThatWasUsedWinsNothing() throws Exception {
        Lock first = step("first").take(AT_ONCE);
        first.free();
        Lock second = step("second").take(AT_ONCE);
        engine.docker("volume", "create", "--label", LABEL + "=" + engine.project, "--label", LABEL + ".state=held", "--label", LABEL + ".token=sleeper", name(2));
        second.confirm();
        second.free();
        assertEquals(List.of(name(4)), engine.lockVolumes());
    }
}
