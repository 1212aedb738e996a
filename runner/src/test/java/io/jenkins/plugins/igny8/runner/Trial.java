package io.jenkins.plugins.igny8.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.Failure;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One run of a Jenkinsfile in a folder of its own: what a person sees of it, and its JSON. */
final class Trial {

    final int exitCode;
    final String log;
    final JsonNode json;

    private Trial(int exitCode, String log, JsonNode json) {
        this.exitCode = exitCode;
        this.log = log;
        this.json = json;
    }

    static Path file(Path folder, String jenkinsfile) throws Exception {
        return Files.writeString(folder.resolve("Jenkinsfile"), jenkinsfile);
    }

    static Path workspace(Path folder) throws Exception {
        return Files.createDirectories(folder.resolve("work"));
    }

    static Path state(Path folder) {
        return folder.resolve("state");
    }

    /** Credentials for the runs in this folder. */
    static void credentials(Path folder, String json) throws Exception {
        Path file = Files.writeString(Files.createDirectories(state(folder)).resolve("credentials.json"), json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    static Trial run(Path folder, String jenkinsfile) throws Exception {
        return run(folder, jenkinsfile, Map.of());
    }

    static Trial run(Path folder, String jenkinsfile, Map<String, String> parameters) throws Exception {
        return run(folder, jenkinsfile, parameters, Map.of());
    }

    static Trial run(Path folder, String jenkinsfile, Map<String, String> parameters, Map<String, String> engines) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Path json = folder.resolve("report.json");
        int exitCode;
        try (PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8)) {
            State state = new State(state(folder));
            exitCode = new Run(file(folder, jenkinsfile), workspace(folder), parameters, engines, state.credentials(), json, state, out).execute(false);
        }
        return new Trial(exitCode, log.toString(StandardCharsets.UTF_8), new ObjectMapper().readTree(json.toFile()));
    }

    /** What is wrong with a file or its parameters, found without running it. */
    static String refusal(Path folder, String jenkinsfile, Map<String, String> parameters) throws Exception {
        try {
            State state = new State(state(folder));
            new Run(file(folder, jenkinsfile), workspace(folder), parameters, Map.of(), state.credentials(), null, state, System.out).execute(true);
        } catch (Failure e) {
            return e.getMessage().replace(folder + "/", "");
        }
        throw new AssertionError("is taken for right:\n" + jenkinsfile);
    }

    String outcome() {
        return json.path("outcome").asText();
    }

    /** Results by stage. */
    Map<String, String> stages() {
        Map<String, String> results = new TreeMap<>();
        json.path("stages").forEach(stage -> results.put(stage.path("name").asText(), stage.path("result").asText()));
        return results;
    }

    /** The recorded calls of one step. */
    List<JsonNode> steps(String name) {
        List<JsonNode> found = new ArrayList<>();
        json.path("steps").forEach(step -> {
            if (step.path("name").asText().equals(name)) {
                found.add(step);
            }
        });
        return found;
    }

    /** The texts of all calls of {@code echo}, in order. */
    List<String> echoes() {
        return steps("echo").stream().map(step -> step.path("arguments").path("message").asText()).toList();
    }

    /** A declarative pipeline with one stage of these steps. */
    static String pipeline(String steps) {
        return "pipeline {\nagent any\nstages {\nstage('S') {\nsteps {\n" + steps + "\n}\n}\n}\n}\n";
    }
}
