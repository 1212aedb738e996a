package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.release.Lock;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process that says who of many takes a project's lock, once a file appears. It lives until that is gone: a dead holder's lock is free. */
final class LockTakers {

    private LockTakers() {}

    /** @param arguments project, number of takers, file */
    public static void main(String[] arguments) throws Exception {
        int takers = Integer.parseInt(arguments[1]);
        ExecutorService threads = Executors.newFixedThreadPool(takers);
        List<Future<String>> all = new ArrayList<>();
        for (int i = 0; i < takers; i++) {
            all.add(threads.submit(() -> take(arguments[0], Path.of(arguments[2]))));
        }
        System.out.println("ready");
        for (Future<String> each : all) {
            System.out.println(each.get());
        }
        System.out.println("done");
        while (Files.exists(Path.of(arguments[2]))) {
            Thread.sleep(20);
        }
        threads.shutdown();
    }

    private static String take(String project, Path go) throws Exception {
        LocalHost host = new LocalHost(Path.of(""), Map.of(), Credentials.none(), new ConcurrentHashMap<>(), event -> {});
        while (!Files.exists(go)) {
            Thread.sleep(1);
        }
        try {
            Lock.take(new Docker(host), host, project, new Lock.Terms(Duration.ZERO, false));
            return "won " + host.caller().step();
        } catch (Failure e) {
            return e.getMessage().contains(" is held by ") ? "lost" : e.getMessage();
        }
    }
}
