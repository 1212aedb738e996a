package io.jenkins.plugins.igny8.runner.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Credentials from a local file, by the IDs that a Jenkinsfile uses:
 *
 * <pre>{@code
 * {
 *   "registry": {"username": "ci", "password": "…"},
 *   "api-token": {"text": "…"},
 *   "app-env": {"file": "/etc/igny8/app.env"}
 * }
 * }</pre>
 */
public final class Credentials {

    private final String source;
    private final Map<String, JsonNode> entries;
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    private Credentials(String source, Map<String, JsonNode> entries) {
        this.source = source;
        this.entries = entries;
    }

    /** No credentials at all. */
    public static Credentials none() {
        return new Credentials("no credentials file", Map.of());
    }

    /**
     * Reads a file that nobody but its owner may read.
     *
     * @throws Failure where others may read it too or it is not of the form above; a missing file means no credentials
     */
    public static Credentials read(Path file) {
        if (!Files.exists(file)) {
            return new Credentials(file + ", which does not exist", Map.of());
        }
        try {
            if (Files.getPosixFilePermissions(file).stream()
                    .anyMatch(permission -> permission != PosixFilePermission.OWNER_READ && permission != PosixFilePermission.OWNER_WRITE)) {
                throw new Failure("The credentials file " + file + " may be read by others: chmod 600 it.");
            }
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            if (!json.isObject()) {
                throw new Failure("The credentials file " + file + " is not a JSON object of credentials by ID.");
            }
            Map<String, JsonNode> entries = new TreeMap<>();
            json.fields().forEachRemaining(entry -> entries.put(entry.getKey(), entry.getValue()));
            return new Credentials(file.toString(), entries);
        } catch (IOException e) {
            // The parser's own message quotes the file, which is made of secrets.
            throw new Failure("The credentials file " + file + " cannot be read as JSON.");
        }
    }

    /** A user name with its password. */
    public Login login(String id) {
        JsonNode entry = entry(id);
        return new Login(part(id, entry, "username", false), part(id, entry, "password", true));
    }

    /** A secret text. */
    public String text(String id) {
        return part(id, entry(id), "text", true);
    }

    /** A secret file. */
    public Path file(String id) {
        return Path.of(part(id, entry(id), "file", false));
    }

    /** All secret values handed out so far: whoever writes a log masks these. */
    public Collection<String> secrets() {
        return secrets;
    }

    private JsonNode entry(String id) {
        JsonNode entry = entries.get(id);
        if (entry == null) {
            throw new Failure("There are no credentials with the ID '" + id + "' in " + source + " (known: "
                    + (entries.isEmpty() ? "none" : String.join(", ", entries.keySet())) + "): correct the ID, or add them there.");
        }
        return entry;
    }

    private String part(String id, JsonNode entry, String key, boolean secret) {
        if (!entry.path(key).isTextual()) {
            throw new Failure("The credentials '" + id + "' in " + source + " have no '" + key + "': they are of another kind.");
        }
        String value = entry.path(key).asText();
        if (secret && !value.isEmpty()) {
            secrets.add(value);
        }
        return value;
    }
}
