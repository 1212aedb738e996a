package io.jenkins.plugins.igny8.runner.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.EnvFile;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Credentials by the IDs that a Jenkinsfile uses, from variables or a local file. A variable is called
 * {@code IGNY8_CREDENTIALS_<ID>_<PART>}, in capitals and with underscores for what else is in the ID, for example
 * {@code IGNY8_CREDENTIALS_REGISTRY_PASSWORD}; it wins over the file:
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

    /** Variables that begin so are secrets: no command that is run sees them. */
    static final String VARIABLE = "IGNY8_CREDENTIALS_";

    private final String source;
    private final Map<String, JsonNode> entries;
    private final Map<String, String> variables;
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    private Credentials(String source, Map<String, JsonNode> entries, Map<String, String> variables) {
        this.source = source;
        this.entries = entries;
        this.variables = variables;
    }

    /** No credentials at all. */
    public static Credentials none() {
        return new Credentials("no credentials file", Map.of(), Map.of());
    }

    /**
     * Reads a file that nobody but its owner may read.
     *
     * @throws Failure where others may read it too or it is not of the form above; a missing file means no credentials
     */
    public static Credentials read(Path file) {
        return read(file, System.getenv());
    }

    static Credentials read(Path file, Map<String, String> variables) {
        if (!Files.exists(file)) {
            return new Credentials(file + ", which does not exist", Map.of(), variables);
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
            return new Credentials(file.toString(), entries, variables);
        } catch (IOException e) {
            // The parser's own message quotes the file, which is made of secrets.
            throw new Failure("The credentials file " + file + " cannot be read as JSON.");
        }
    }

    /** A user name with its password. */
    public Login login(String id) {
        return new Login(part(id, "username", false), part(id, "password", true));
    }

    /** A secret text. */
    public String text(String id) {
        return part(id, "text", true);
    }

    /** A secret file. */
    public Path file(String id) {
        return Path.of(part(id, "file", false));
    }

    /** What is in a secret file, which must be text. */
    public String fileText(String id) {
        Path file = file(id);
        try {
            String text = Files.readString(file);
            secrets.addAll(EnvFile.secrets(text));
            return text;
        } catch (IOException e) {
            throw new Failure("The file " + file + " of the credentials '" + id + "' in " + source + " cannot be read as UTF-8 text: check that it"
                    + " exists and that this user may read it.");
        }
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

    private String part(String id, String key, boolean secret) {
        String value = variables.get(VARIABLE + variable(id) + "_" + variable(key));
        if (value == null) {
            JsonNode entry = entry(id);
            if (!entry.path(key).isTextual()) {
                throw new Failure("The credentials '" + id + "' in " + source + " have no '" + key + "': they are of another kind.");
            }
            value = entry.path(key).asText();
        }
        if (secret && !value.isEmpty()) {
            secrets.add(value);
        }
        return value;
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
