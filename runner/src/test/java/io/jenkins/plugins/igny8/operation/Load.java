package io.jenkins.plugins.igny8.operation;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Users: new connections to each of some addresses at a fixed rate, whatever becomes of the ones before. Lost is what is refused, reset,
 * cut short, answered with anything but 2xx, or not wholly answered within two seconds. Plain sockets, since Java's HTTP clients
 * try again by themselves.
 */
final class Load {

    /** To each address. */
    static final int PER_SECOND = Integer.getInteger("igny8.load.perSecond", 10);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<Target> targets = new ArrayList<>();

    private Load(Map<String, URI> addresses) {
        addresses.forEach((name, address) -> targets.add(new Target(name, address)));
    }

    /**
     * @param lost by what became of them
     * @param lostAt when each of them asked, in seconds since the work began
     */
    record Tally(int asked, Map<String, Integer> lost, List<Double> lostAt) {
        /** From the first that was lost to the last, in seconds. */
        double dark() {
            return lostAt.isEmpty() ? 0 : lostAt.get(lostAt.size() - 1) - lostAt.get(0);
        }

        int allLost() {
            return lost.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** What the work gave, and what users saw of it, by name. */
    record Seen<R>(R result, Map<String, Tally> tallies, double seconds) {
        int lost(String name) {
            return tallies.get(name).allLost();
        }

        int lost() {
            return tallies.keySet().stream().mapToInt(this::lost).sum();
        }
    }

    /** Asks from some time before the work until some time after it. */
    static <R> Seen<R> during(Map<String, URI> addresses, Duration before, Duration after, Callable<R> work) throws Exception {
        Load load = new Load(addresses);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        ExecutorService users = Executors.newCachedThreadPool();
        try {
            // One after the other, not all at the same moment.
            long period = TimeUnit.SECONDS.toNanos(1) / PER_SECOND / load.targets.size();
            AtomicInteger turn = new AtomicInteger();
            clock.scheduleAtFixedRate(() -> {
                Target target = load.targets.get(turn.getAndIncrement() % load.targets.size());
                users.execute(target::ask);
            }, 0, period, TimeUnit.NANOSECONDS);
            load.isCarried(before);
            long start = System.nanoTime();
            R result = work.call();
            double seconds = BuiltImage.secondsSince(start);
            Thread.sleep(after.toMillis());
            clock.shutdown();
            clock.awaitTermination(1, TimeUnit.SECONDS);
            users.shutdown();
            users.awaitTermination(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Map<String, Tally> tallies = new LinkedHashMap<>();
            load.targets.forEach(target -> tallies.put(target.name, target.tally(start)));
            return new Seen<>(result, tallies, seconds);
        } finally {
            clock.shutdownNow();
            users.shutdownNow();
        }
    }

    /** Waits for as much time in which nobody is lost: what this machine cannot carry anyway says nothing about the work. */
    private void isCarried(Duration before) throws InterruptedException {
        for (int tries = 0; tries < 20; tries++) {
            targets.forEach(Target::reset);
            Thread.sleep(before.toMillis());
            if (targets.stream().allMatch(target -> target.lost.isEmpty())) {
                return;
            }
        }
        throw new AssertionError("this machine does not carry the load: " + targets.stream().map(target -> target.name + " " + target.tally(System.nanoTime())).toList());
    }

    /** One address, and what became of those who asked. */
    private static final class Target {
        private final String name;
        private final InetSocketAddress address;
        private final byte[] request;
        private final AtomicInteger asked = new AtomicInteger();
        private final Map<String, Integer> lost = new ConcurrentHashMap<>();
        private final List<Long> lostAt = new ArrayList<>();

        Target(String name, URI uri) {
            this.name = name;
            this.address = new InetSocketAddress(uri.getHost(), uri.getPort());
            this.request = ("GET " + uri.getPath() + " HTTP/1.0\r\nHost: " + uri.getAuthority() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        }

        synchronized void reset() {
            asked.set(0);
            lost.clear();
            lostAt.clear();
        }

        void ask() {
            asked.incrementAndGet();
            long start = System.nanoTime();
            String problem;
            try {
                problem = problemOf(start);
            } catch (SocketTimeoutException e) {
                problem = "too late";
            } catch (IOException e) {
                problem = String.valueOf(e.getMessage());
            }
            if (!problem.isEmpty()) {
                lose(problem, start);
            }
        }

        private synchronized void lose(String problem, long at) {
            lostAt.add(at);
            lost.merge(problem, 1, Integer::sum);
        }

        private String problemOf(long start) throws IOException {
            try (Socket socket = new Socket()) {
                socket.connect(address, (int) PATIENCE.toMillis());
                socket.getOutputStream().write(request);
                StringBuilder answer = new StringBuilder();
                byte[] some = new byte[8192];
                InputStream in = socket.getInputStream();
                while (true) {
                    long left = PATIENCE.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    if (left <= 0) {
                        return "too late";
                    }
                    socket.setSoTimeout((int) left);
                    int read = in.read(some);
                    if (read < 0) {
                        return problemOf(answer.toString());
                    }
                    answer.append(new String(some, 0, read, StandardCharsets.ISO_8859_1));
                }
            }
        }

        private static String problemOf(String answer) {
            int body = answer.indexOf("\r\n\r\n");
            if (body < 0) {
                return answer.isEmpty() ? "closed without an answer" : "cut short";
            }
            String head = answer.substring(0, body);
            String status = head.split("[ \r]", 3)[1];
            if (!status.startsWith("2")) {
                return "status " + status;
            }
            return head.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                    .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                    .filter(length -> length != answer.length() - body - 4)
                    .map(length -> "cut short")
                    .findFirst()
                    .orElse("");
        }

        synchronized Tally tally(long start) {
            return new Tally(asked.get(), Map.copyOf(lost), lostAt.stream().sorted().map(at -> (at - start) / 1e9).toList());
        }
    }
}
