package io.jenkins.plugins.igny8.runner;

import io.jenkins.plugins.igny8.host.Failure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What outlives a run: credentials, numbers of builds, archived files. */
record State(Path folder) {

    static State ofUser() {
        String given = System.getenv("IGNY8_STATE");
        if (given != null && !given.isEmpty()) {
            return new State(Path.of(given).toAbsolutePath());
        }
        String base = System.getenv("XDG_STATE_HOME");
        Path states = base == null || base.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(base);
        return new State(states.resolve("igny8-pipeline").toAbsolutePath());
    }

    Path credentials() {
        return folder.resolve("credentials.json");
    }

    Path fingerprintKey() {
        return folder.resolve("fingerprint.key");
    }

    /** A new folder for a build; its name is the next number of the job. Two runs at the same time get two numbers. */
    Path newBuild(String job) {
        Path builds = folder.resolve("jobs").resolve(job);
        try {
            Files.createDirectories(builds);
            while (true) {
                try (Stream<Path> before = Files.list(builds)) {
                    int last = before.mapToInt(build -> number(build)).max().orElse(0);
                    return Files.createDirectory(builds.resolve(String.valueOf(last + 1)));
                } catch (FileAlreadyExistsException e) {
                    // Another run was faster: the next number is free.
                    continue;
                }
            }
        } catch (IOException e) {
            throw new Failure("Cannot write to the state folder " + builds + ": " + e.getMessage() + " (IGNY8_STATE chooses another).");
        }
    }

    static int number(Path build) {
        try {
            return Integer.parseInt(build.getFileName().toString());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
