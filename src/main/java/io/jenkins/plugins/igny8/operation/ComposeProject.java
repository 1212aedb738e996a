package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.compose.read.DotEnv;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.YamlText;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which compose project is meant, as a Jenkinsfile says it.
 *
 * @param name the project: {@code -p}
 * @param files compose files relative to the workspace, merged in this order
 * @param profiles profiles to switch on
 * @param envFile file with variables for the compose files, relative to the workspace; null: Compose's own default
 * @param envFileCredentialsId a secret file that takes the place of {@code envFile}; null: none
 * @param environment {@code KEY=value} each, for the compose files; not for secrets, which belong into an env file
 */
public record ComposeProject(
        String name,
        List<String> files,
        List<String> profiles,
        String envFile,
        String envFileCredentialsId,
        List<String> environment) {

    /** The project's name in IGNY8's pipeline document. */
    public static final String DEFAULT_NAME = "igny8-app";

    /** The compose file in IGNY8's pipeline document. */
    public static final String DEFAULT_FILE = "docker-compose.app.yml";

    /** A compose file may name the secret file by this variable, as {@code env_file: ${IGNY8_ENV_FILE:-.env}}. */
    private static final String ENV_FILE_VARIABLE = "IGNY8_ENV_FILE";

    private static final String ENV_FILE_NAME = "secret.env";

    /** Compose's own rule. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]*");

    public ComposeProject {
        name = name == null ? DEFAULT_NAME : name;
        files = files.isEmpty() ? List.of(DEFAULT_FILE) : List.copyOf(files);
        profiles = List.copyOf(profiles);
        environment = List.copyOf(environment);
    }

    static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new Failure("'" + name + "' is not a valid project name: use lower-case letters, digits, dashes and underscores,"
                    + " beginning with a letter or digit.");
        }
        return name;
    }

    /**
     * The compose commands for it; a {@link Failure} with all that is wrong with names and files at once.
     *
     * @param folder holds the secret file, where there is one, as long as the commands run
     */
    Compose compose(Host host, PrivateFolder folder) {
        checkedName(name);
        Folder workspace = host.workspace();
        List<String> problems = new ArrayList<>();
        for (String file : files) {
            if (!workspace.exists(file)) {
                problems.add("There is no compose file " + file + " in " + workspace.path() + ": check 'files', which are relative to the workspace.");
            }
        }
        if (envFile != null && !workspace.exists(envFile)) {
            problems.add("There is no env file " + envFile + " in " + workspace.path() + ": check 'envFile', which is relative to the workspace.");
        }
        if (envFile != null && envFileCredentialsId != null) {
            problems.add("Both 'envFile' and 'envFileCredentialsId' are given: give the one that holds the variables.");
        }
        Problems.refuse(problems);
        if (envFileCredentialsId == null) {
            return new Compose(name, files, profiles, envFile, null);
        }
        folder.write(ENV_FILE_NAME, host.secretFile(envFileCredentialsId));
        return new Compose(name, files, profiles, folder.path(ENV_FILE_NAME), null);
    }

    /** The engine, with the variables for the compose files. */
    Docker docker(Host host, PrivateFolder folder) {
        Docker docker = new Docker(host).with(variables(environment, "environment"));
        return envFileCredentialsId == null ? docker : docker.with(Map.of(ENV_FILE_VARIABLE, folder.path(ENV_FILE_NAME)));
    }

    /** The text of the env file that Compose takes variables from; empty where there is none, and for one that is none by its size. */
    String envFileText(Host host) {
        if (envFileCredentialsId != null) {
            return host.secretFile(envFileCredentialsId);
        }
        Folder workspace = host.workspace();
        String file = envFile == null ? Paths.resolved(Paths.folder(files.get(0)), ".env") : envFile;
        long size = workspace.size(file);
        return size < 0 || size > YamlText.LARGEST ? "" : workspace.read(file);
    }

    /** What the compose files are filled in with, in Compose's order: what the step gives, the environment, the env file. */
    Map<String, String> values(Host host) {
        Map<String, String> values = new LinkedHashMap<>(DotEnv.read(envFileText(host)));
        values.putAll(host.environment());
        values.putAll(variables(environment, "environment"));
        return values;
    }

    /** {@code KEY=value} words as a map; a {@link Failure} that shows the first that is none, but not its value. */
    static Map<String, String> variables(List<String> words, String parameter) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new Failure("'" + parameter + "' wants KEY=value each, but its entry number " + (words.indexOf(word) + 1)
                        + " does not begin with a name and '='.");
            }
            variables.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return variables;
    }
}
