package io.jenkins.plugins.igny8.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a Jenkinsfile by {@code bin/run}, in a process of its own, and reads the JSON that it leaves. */
final class RunnerAccount {

    private static final Path RUN = Path.of("bin/run").toAbsolutePath();

    /** The first run builds the runner. */
    private static final long MINUTES = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private RunnerAccount() {}

    /**
     * Runs it.
     *
     * @param folder for all that the run needs; its folder {@code workspace} may have files in it
     * @param environment variables beside those of the test
     */
    static Account of(Case given, Path folder, Path credentials, Map<String, String> environment) throws IOException, InterruptedException {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Path json = folder.resolve("account.json");
        File log = folder.resolve("log").toFile();
        List<String> command = new ArrayList<>(List.of(
                RUN.toString(), Files.writeString(folder.resolve("Jenkinsfile"), given.jenkinsfile()).toString(),
                "--json", json.toString(), "--workspace", workspace.toString(), "--credentials", credentials.toString()));
        given.parameters().forEach((name, value) -> command.addAll(List.of("-p", name + "=" + value)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().putAll(environment);
        builder.environment().put("IGNY8_STATE", folder.resolve("state").toString());
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the runner did not come to an end:\n" + Files.readString(log.toPath()));
        }
        Account account = read(JSON.readTree(json.toFile()), exitCode(process.exitValue()));
        account.workspace = workspace.toString();
        account.log = Files.readString(log.toPath());
        return account;
    }

    /** Empty: one of several bad ones. */
    private static String exitCode(int code) {
        return code == 0 ? "SUCCESS" : code == 2 ? "UNSTABLE" : "";
    }

    private static Account read(JsonNode json, String byExitCode) {
        Account account = new Account();
        account.run.result = json.path("outcome").asText();
        if (!byExitCode.isEmpty() && !byExitCode.equals(account.run.result)) {
            throw new AssertionError("exit code and JSON disagree: " + byExitCode + ", " + account.run.result);
        }
        Map<String, Account.Stage> byName = new HashMap<>();
        for (JsonNode each : json.path("stages")) {
            Account.Stage stage = new Account.Stage(each.path("name").asText());
            stage.result = each.path("result").asText();
            if (byName.put(stage.name, stage) != null) {
                throw new AssertionError("two stages are called " + stage.name + ": the JSON does not tell their steps apart");
            }
            (each.path("parent").isNull() ? account.run : byName.get(each.path("parent").asText())).stages.add(stage);
        }
        for (JsonNode each : json.path("steps")) {
            Account.Stage stage = each.path("stage").isNull() ? account.run : byName.get(each.path("stage").asText());
            String error = each.has("error") ? each.path("error").asText() : null;
            stage.steps.add(new Account.Step(each.path("name").asText(), JSON.convertValue(each.path("arguments"), Map.class), error));
        }
        if (byName.isEmpty() && json.has("error")) {
            refusedLines(json.path("error").asText(), account);
        }
        return account;
    }

    private static void refusedLines(String error, Account account) {
        TreeSet<Integer> lines = new TreeSet<>();
        Matcher matcher = Pattern.compile("(?m)^\\S*Jenkinsfile:(\\d+): ").matcher(error);
        while (matcher.find()) {
            lines.add(Integer.valueOf(matcher.group(1)));
        }
        lines.forEach(line -> account.refused.add("line " + line));
    }
}
