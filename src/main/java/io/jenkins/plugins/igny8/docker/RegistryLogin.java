package io.jenkins.plugins.igny8.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Logins to registries for the time of one operation: a docker configuration in a private folder, gone once this is closed.
 * {@code docker login} would leave the password in the user's home, where parallel builds overwrite each other's. All else
 * that the user configured still counts: other logins, credential helpers, proxies, plugins and the engine.
 */
public final class RegistryLogin implements AutoCloseable {

    /** By these names Docker's commands know Docker Hub, which has one key among the logins. */
    private static final Set<String> HUB = Set.of("", "docker.io", "index.docker.io", "registry-1.docker.io");

    private static final String HUB_KEY = "https://index.docker.io/v1/";

    private final Docker docker;
    private final PrivateFolder folder;

    private RegistryLogin(Docker docker, PrivateFolder folder) {
        this.docker = docker;
        this.folder = folder;
    }

    /** No login of our own: the engine with whatever the user is logged in to. */
    public static RegistryLogin none(Host host) {
        return new RegistryLogin(new Docker(host), null);
    }

    /** @param logins by registry, {@code host[:port]}; the empty text is Docker Hub */
    public static RegistryLogin of(Host host, Map<String, Login> logins) throws InterruptedException {
        if (logins.isEmpty()) {
            return none(host);
        }
        logins.values().forEach(RegistryLogin::refuseColon);
        Docker docker = new Docker(host);
        Map<String, String> environment = new LinkedHashMap<>(host.environment());
        environment.putAll(host.engine());
        String home = userFolder(environment);
        ObjectNode config = config(userConfig(host, home), home, logins);
        Map<String, String> more = new LinkedHashMap<>(engine(docker, environment, home));
        more.put("BUILDX_CONFIG", given("BUILDX_CONFIG", environment) ? environment.get("BUILDX_CONFIG") : home + "/buildx");
        PrivateFolder folder = host.privateFolder();
        try {
            folder.write("config.json", Json.write(config));
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
        more.put("DOCKER_CONFIG", folder.path());
        return new RegistryLogin(docker.with(more), folder);
    }

    /** The login to one registry; {@link #none} where {@code credentialsId} is null. A failure where the ID is unknown. */
    public static RegistryLogin of(Host host, String registry, String credentialsId) throws InterruptedException {
        return credentialsId == null ? none(host) : of(host, Map.of(registry, host.login(credentialsId)));
    }

    /** The engine, logged in. Not to be used after {@link #close}. */
    public Docker docker() {
        return docker;
    }

    @Override
    public void close() {
        if (folder != null) {
            folder.close();
        }
    }

    /** The user's configuration with our logins in front of all that could hide them. */
    static ObjectNode config(ObjectNode user, String home, Map<String, Login> logins) {
        ObjectNode config = user.deepCopy();
        // The private folder has no contexts: the engine is given by DOCKER_HOST instead.
        config.remove("currentContext");
        config.withArray("/cliPluginsExtraDirs").add(home + "/cli-plugins");
        logins.forEach((registry, login) -> {
            String key = HUB.contains(registry) ? HUB_KEY : registry;
            String both = login.username() + ":" + login.password();
            part(config, "auths").putObject(key).put("auth", Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
            // A credsStore of the user would be asked first, and know nothing.
            part(config, "credHelpers").put(key, "");
        });
        return config;
    }

    private static ObjectNode part(ObjectNode config, String key) {
        return config.get(key) instanceof ObjectNode part ? part : config.putObject(key);
    }

    private static void refuseColon(Login login) {
        if (login.username().contains(":")) {
            throw new Failure("The user name '" + login.username() + "' contains a colon, which no registry login may: check the credentials.");
        }
    }

    private static boolean given(String name, Map<String, String> environment) {
        return !environment.getOrDefault(name, "").isEmpty();
    }

    private static String userFolder(Map<String, String> environment) {
        return given("DOCKER_CONFIG", environment) ? environment.get("DOCKER_CONFIG") : environment.getOrDefault("HOME", "") + "/.docker";
    }

    /** By a command, since the file lies outside the workspace. Docker too goes on where it cannot be read. */
    private static ObjectNode userConfig(Host host, String home) throws InterruptedException {
        String file = home + "/config.json";
        Answer answer = host.question(new Command(List.of("cat", file), Map.of(), DockerCommand.Question.LIMIT));
        String text = answer.succeeded() && !answer.out().isBlank() ? answer.out() : "{}";
        try {
            if (Json.read(text) instanceof ObjectNode config) {
                return config;
            }
        } catch (Failure e) {
            // Told below without the parser's words: they quote a file that holds logins.
        }
        throw new Failure("The docker configuration " + file + " is not a JSON object: mend or remove it.");
    }

    /** What makes the commands talk to the same engine as without the private folder. */
    private static Map<String, String> engine(Docker docker, Map<String, String> environment, String home) throws InterruptedException {
        Map<String, String> same = new LinkedHashMap<>();
        if (given("DOCKER_HOST", environment)) {
            boolean tls = given("DOCKER_TLS_VERIFY", environment) || given("DOCKER_TLS", environment);
            if (tls && !given("DOCKER_CERT_PATH", environment)) {
                // The commands look for certificates in their configuration folder.
                same.put("DOCKER_CERT_PATH", home);
            }
            return same;
        }
        JsonNode context = docker.ask(currentContext());
        if (context.path("Name").asText().equals("default")) {
            return same;
        }
        JsonNode endpoint = context.path("Endpoints").path("docker");
        same.put("DOCKER_HOST", endpoint.path("Host").asText());
        if (!context.path("TLSMaterial").path("docker").isEmpty()) {
            same.put("DOCKER_CERT_PATH", context.path("Storage").path("TLSPath").asText() + "/docker");
            same.put(endpoint.path("SkipTLSVerify").asBoolean() ? "DOCKER_TLS" : "DOCKER_TLS_VERIFY", "1");
        }
        return same;
    }

    private static DockerCommand.Question<JsonNode> currentContext() {
        return new DockerCommand.Question<>(List.of("context", "inspect"), out -> Json.read(out).path(0));
    }
}
