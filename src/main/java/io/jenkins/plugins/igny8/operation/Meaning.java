package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.compose.read.ComposeFiles;
import io.jenkins.plugins.igny8.compose.read.Place;
import io.jenkins.plugins.igny8.compose.read.Problem;
import io.jenkins.plugins.igny8.compose.read.Value;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Docker;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Compose says of files that were read. Its answer holds secrets; it stays in memory and goes with the operation.
 *
 * @param config the merged files; null where Compose did not give them
 * @param accepted whether Compose accepts the files
 * @param asked whether Compose was asked
 * @param refusal why it refuses them; empty where it does not, or was not asked
 */
record Meaning(JsonNode config, boolean accepted, boolean asked, String refusal) {

    private static final Pattern PATH = Pattern.compile("\\b((?:services|networks|volumes|secrets|configs)\\.[\\w.-]+)");
    private static final Pattern SERVICE = Pattern.compile("service \"([^\"]+)\"");

    /** @param leftOut gets what cannot be looked at without Compose */
    static Meaning of(ComposeFiles.Read read, Compose compose, Docker docker, List<String> leftOut) throws InterruptedException {
        if (!read.isWhole()) {
            // Compose would read what must not be read, or take a minute for what we refuse at once.
            return new Meaning(null, false, false, "");
        }
        try {
            return new Meaning(docker.ask(compose.config()), true, true, "");
        } catch (CommandFailed e) {
            if (e.composeMissing()) {
                leftOut.add("docker compose cannot be asked here, so the files are checked as far as YAML tells: what env files hold is left out, and what only Compose"
                        + " refuses is not seen");
                return new Meaning(null, false, false, "");
            }
            if (e.missingEnvFile().isEmpty()) {
                return new Meaning(null, false, true, e.getMessage());
            }
            leftOut.add("an env file is missing, so what the env files hold is left out");
            return withoutEnvFiles(compose, docker);
        }
    }

    private static Meaning withoutEnvFiles(Compose compose, Docker docker) throws InterruptedException {
        try {
            docker.ask(compose.services());
            return new Meaning(null, true, true, "");
        } catch (CommandFailed e) {
            return new Meaning(null, false, true, e.getMessage());
        }
    }

    boolean byCompose() {
        return config != null;
    }

    /** The refusal where it seems to belong. */
    Problem problem(ComposeFiles.Read read, String file) {
        Value value = read.model();
        Matcher path = PATH.matcher(refusal.replaceAll("\\[(\\w[^\\]]*)\\]", ".$1"));
        Matcher service = SERVICE.matcher(refusal);
        if (service.find()) {
            value = value.get("services", service.group(1));
        } else if (path.find()) {
            for (String key : path.group(1).split("\\.")) {
                value = value.get(key);
            }
        }
        Place place = value == read.model() ? Place.of(file) : value.place();
        return new Problem(Problem.COMPOSE, place, "Compose refuses the files: " + refusal, "Correct what it names.");
    }
}
