package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.compose.read.ComposeFiles;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.StandIns;
import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A project's compose files merged by Compose, with variables, env files and relative paths as they are written: no value of a variable
 * and nothing of an env file is in it.
 *
 * @param files all that were read, included and extended ones too, relative to the workspace
 */
record WrittenFiles(ObjectNode config, List<String> files) {

    /** Copies of the files, in folders as those of the workspace. */
    private static final String COPIES = "written/";

    /**
     * @param meaning the same files with all filled in, as {@link Compose#config} gives them
     * @throws Failure where Compose can read the files only with the variables' values
     */
    static WrittenFiles of(JsonNode meaning, ComposeProject project, Compose compose, Docker docker, Host host, PrivateFolder folder)
            throws InterruptedException {
        Folder workspace = host.workspace();
        ComposeFiles.Read read = ComposeFiles.read(workspace, project.files(), project.values(host));
        StandIns standIns = new StandIns();
        Map<String, String> copies = new LinkedHashMap<>();
        if (read.isWhole()) {
            read.files().forEach(file -> copies.put(file, standIns.in(workspace.read(file))));
        }
        Compose asked = compose;
        if (!standIns.none()) {
            copies.forEach((file, text) -> folder.write(COPIES + file, text));
            List<String> files = compose.files().stream().map(file -> folder.path(COPIES + file)).toList();
            asked = new Compose(compose.project(), files, compose.profiles(), envFile(compose, workspace), null);
        }
        ObjectNode config;
        try {
            config = (ObjectNode) docker.ask(asked.written());
        } catch (CommandFailed e) {
            throw new Failure("Compose cannot read the files where their variables stay as they are written: " + said(e).replace(folder.path(COPIES), "")
                    + ". Write a value there instead of a variable, or the long form.");
        }
        services(config).forEach((name, service) -> mend(name, service, meaning.path("services").path(name)));
        return new WrittenFiles((ObjectNode) standIns.restored(config), read.files());
    }

    /** Compose's own default lies beside the files, not beside their copies. */
    private static String envFile(Compose compose, Folder workspace) {
        String beside = Paths.resolved(Paths.folder(compose.files().get(0)), ".env");
        return compose.envFile() == null && workspace.exists(beside) ? beside : compose.envFile();
    }

    /** Why Compose gave up, without the place of a file that nobody else knows. */
    static String said(CommandFailed e) {
        List<String> lines = e.lines();
        return lines.isEmpty() ? e.getMessage() : lines.get(lines.size() - 1).replaceFirst("^validating \\S+: ", "").replaceFirst("\\.$", "");
    }

    static Map<String, ObjectNode> services(JsonNode config) {
        Map<String, ObjectNode> services = new LinkedHashMap<>();
        config.path("services").fields().forEachRemaining(one -> {
            if (one.getValue() instanceof ObjectNode service) {
                services.put(one.getKey(), service);
            }
        });
        return services;
    }

    /** A mount whose source begins with a variable is a named volume for Compose as long as it does not know the value. */
    private static void mend(String name, ObjectNode service, JsonNode meant) {
        if (!(service.path("volumes") instanceof ArrayNode volumes)) {
            return;
        }
        if (volumes.size() != meant.path("volumes").size()) {
            throw new Failure("The service " + name + " has " + meant.path("volumes").size() + " mounts, but " + volumes.size()
                    + " where variables stay as they are written: write each mount with its target in every file alike.");
        }
        for (int i = 0; i < volumes.size(); i++) {
            JsonNode written = volumes.get(i);
            JsonNode mount = meant.path("volumes").get(i);
            if (written.path("source").asText().startsWith("$") && !written.path("type").equals(mount.path("type"))) {
                ObjectNode mended = mount.deepCopy();
                mended.set("source", written.get("source"));
                mended.set("target", written.get("target"));
                volumes.set(i, mended);
            }
        }
    }
}
