package io.jenkins.plugins.igny8.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.host.Login;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistryLoginTest {

    private static ObjectNode config(String user, String registry) {
        return RegistryLogin.config((ObjectNode) Json.read(user), "/home/ci/.docker", Map.of(registry, new Login("ci", "pässword:1")));
    }

    @Test
    void withoutAConfigurationOfTheUser() {
        assertEquals(
                Json.read("""
                        {"cliPluginsExtraDirs": ["/home/ci/.docker/cli-plugins"],
                         "auths": {"registry.example.com:5000": {"auth": "Y2k6cMOkc3N3b3JkOjE="}},
                         "credHelpers": {"registry.example.com:5000": ""}}
                        """),
                config("{}", "registry.example.com:5000"));
    }

    @Test
    void dockerHubHasOneKey() {
        for (String name : new String[] {"", "docker.io", "index.docker.io", "registry-1.docker.io"}) {
            assertEquals("{\"https://index.docker.io/v1/\":\"\"}", config("{}", name).get("credHelpers").toString());
            assertEquals("https://index.docker.io/v1/", config("{}", name).get("auths").fieldNames().next());
        }
    }

    @Test
    void allElseOfTheUserStays() {
        assertEquals(
                Json.read("""
                        {"credsStore": "desktop",
                         "HttpHeaders": {"X": "y"},
                         "cliPluginsExtraDirs": ["/opt/plugins", "/home/ci/.docker/cli-plugins"],
                         "auths": {"other": {"auth": "a"}, "r:1": {"auth": "Y2k6cMOkc3N3b3JkOjE="}},
                         "credHelpers": {"cloud.example.com": "cloud", "r:1": ""}}
                        """),
                config("""
                        {"credsStore": "desktop", "currentContext": "remote", "HttpHeaders": {"X": "y"}, "cliPluginsExtraDirs": ["/opt/plugins"],
                         "auths": {"other": {"auth": "a"}, "r:1": {"identitytoken": "old"}}, "credHelpers": {"cloud.example.com": "cloud"}}
                        """, "r:1"));
    }
}
