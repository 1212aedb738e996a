package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.docker.DockerCommand.Question;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.docker.RegistryLogin;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of a user's own docker configuration still counts while a login is held, asked of the docker command itself. */
@Tag("engine")
class RegistryLoginIT {

    private static final Map<String, Login> LOGIN = Map.of("r.example.com", new Login("ci", "secret"));

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    /** A plugin that nobody else has, in the folder where the docker command looks for a user's own. */
    private void plugin(String folder) {
        String name = folder + "/cli-plugins/docker-ownplugin";
        engine.file(name, """
                #!/bin/sh
                [ "$1" = docker-cli-plugin-metadata ] && exec echo '{"SchemaVersion": "0.1.0", "Vendor": "test", "Version": "1"}'
                echo the user\\'s own plugin
                """);
        assertTrue(engine.workspace.resolve(name).toFile().setExecutable(true));
    }

    private static Question<String> ownPlugin() {
        return new Question<>(List.of("ownplugin"), String::trim, Duration.ofSeconds(20));
    }

    private Host host(Map<String, String> environment) {
        return engine.host(Credentials.none(), environment);
    }

    @Test
    void pluginsInTheUsersHome() throws Exception {
        plugin(".docker");
        Path home = engine.workspace;
        try (RegistryLogin login = RegistryLogin.of(host(Map.of("HOME", home.toString(), "DOCKER_CONFIG", "")), LOGIN)) {
            assertEquals("the user's own plugin", login.docker().ask(ownPlugin()));
        }
    }

    @Test
    void pluginsBesideTheConfigurationThatTheUserChose() throws Exception {
        plugin("chosen");
        engine.file("chosen/config.json", "{}");
        try (RegistryLogin login = RegistryLogin.of(host(Map.of("DOCKER_CONFIG", engine.workspace.resolve("chosen").toString())), LOGIN)) {
            assertEquals("the user's own plugin", login.docker().ask(ownPlugin()));
        }
    }

    @Test
    void thePluginsOfTheMachineStay() throws Exception {
        try (RegistryLogin login = RegistryLogin.of(engine.host, LOGIN)) {
            assertEquals(engine.docker("buildx", "version"), login.docker().ask(Images.buildxVersion()));
        }
    }

    @Test
    void aConfigurationThatIsNoJsonIsNamedButNotQuoted() {
        engine.file("chosen/config.json", "{\"auths\": {\"r\": {\"auth\": \"c2VjcmV0\"");
        Host host = host(Map.of("DOCKER_CONFIG", engine.workspace.resolve("chosen").toString()));
        assertEquals(
                "The docker configuration " + engine.workspace.resolve("chosen/config.json") + " is not a JSON object: mend or remove it.",
                assertThrows(Failure.class, () -> RegistryLogin.of(host, LOGIN)).getMessage());
    }
}
