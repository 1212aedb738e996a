package io.jenkins.plugins.igny8.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a service goes into the file in which it runs one command, and what does not. */
class OneServiceTest {

    private static final JsonNode CONFIG = Json.read("""
            {"name": "shop",
             "services": {
               "web": {
                 "image": "shop:1", "command": ["serve"], "entrypoint": ["/entry"], "container_name": "shop-web",
                 "build": {"context": "/w"}, "deploy": {"replicas": 3}, "restart": "always", "profiles": ["x"],
                 "depends_on": {"db": {"condition": "service_healthy"}}, "healthcheck": {"test": ["CMD", "true"]},
                 "ports": [{"target": 80, "published": "80"}], "labels": {"traefik.enable": "true"},
                 "environment": {"PASSWORD": "pa$$word"}, "user": "1000", "working_dir": "/srv", "extra_hosts": ["a=1.2.3.4"],
                 "networks": {"default": null, "shared": {"aliases": ["shop"], "ipv4_address": "10.0.0.9"}},
                 "volumes": [
                   {"type": "bind", "source": "/code", "target": "/srv", "bind": {"create_host_path": true}},
                   {"type": "volume", "source": "media", "target": "/media", "volume": {}},
                   {"type": "volume", "target": "/anonymous", "volume": {}}],
                 "secrets": [{"source": "key", "target": "/run/secrets/key"}]},
               "db": {"image": "postgres"},
               "built": {"build": {"context": "/w"}},
               "side": {"image": "x", "network_mode": "service:web"}},
             "networks": {
               "default": {"name": "shop_default", "ipam": {}},
               "shared": {"name": "net", "ipam": {}, "external": true},
               "unused": {"name": "shop_unused"}},
             "volumes": {"media": {"name": "shop_media"}, "dbdata": {"name": "shop_dbdata"}},
             "secrets": {"key": {"name": "shop_key", "file": "/w/key"}, "other": {"name": "shop_other", "file": "/w/other"}}}
            """);

    private static JsonNode rendered(Set<String> networks, Set<String> volumes) {
        var surroundings = new OneService.Surroundings("shop:new", networks, volumes);
        return Json.read(OneService.of(CONFIG, "web").rendered(surroundings, "echo $HOME", Map.of("mark", "a$b")));
    }

    @Test
    void theServiceKeepsItsSurroundingsAndLosesWhatMakesItServe() {
        JsonNode file = rendered(Set.of("shop_default"), Set.of());
        assertEquals(
                Json.read("""
                        {"image": "shop:new", "pull_policy": "never", "restart": "no", "healthcheck": {"disable": true},
                         "entrypoint": ["sh", "-c", "echo $$HOME"], "command": [], "labels": {"mark": "a$$b"},
                         "environment": {"PASSWORD": "pa$$word"}, "user": "1000", "working_dir": "/srv", "extra_hosts": ["a=1.2.3.4"],
                         "networks": {"default": null, "shared": null},
                         "volumes": [
                           {"type": "bind", "source": "/code", "target": "/srv", "bind": {"create_host_path": true}},
                           {"type": "volume", "source": "media", "target": "/media", "volume": {}},
                           {"type": "volume", "target": "/anonymous", "volume": {}}],
                         "secrets": [{"source": "key", "target": "/run/secrets/key"}]}
                        """),
                file.path("services").path("migrate"));
        assertEquals(Json.read("{\"key\": {\"name\": \"shop_key\", \"file\": \"/w/key\"}}"), file.path("secrets"));
    }

    @Test
    void whatRunningContainersUseIsOnlyReferredTo() {
        JsonNode file = rendered(Set.of("shop_default"), Set.of("shop_media"));
        assertEquals(
                Json.read("""
                        {"default": {"name": "shop_default", "external": true}, "shared": {"name": "net", "ipam": {}, "external": true}}
                        """),
                file.path("networks"));
        assertEquals(Json.read("{\"media\": {\"name\": \"shop_media\", \"external\": true}}"), file.path("volumes"));
    }

    @Test
    void onAFirstDeploymentOnlyVolumesAreMade() {
        JsonNode file = rendered(Set.of(), Set.of());
        assertEquals(Json.read("{\"media\": {\"name\": \"shop_media\"}}"), file.path("volumes"));
        assertEquals(Json.read("{\"shared\": {\"name\": \"net\", \"ipam\": {}, \"external\": true}}"), file.path("networks"));
        assertEquals(Json.read("{\"shared\": null}"), file.path("services").path("migrate").path("networks"));
        assertEquals(List.of("shop_default"), OneService.of(CONFIG, "web").ownNetworks());
        assertEquals(Map.of("media", "shop_media"), OneService.of(CONFIG, "web").ownVolumes());
    }

    @Test
    void withoutAnyNetworkItRunsOnTheEnginesOwn() {
        JsonNode config = Json.read("""
                {"services": {"web": {"image": "x", "networks": {"default": null}}}, "networks": {"default": {"name": "shop_default"}}}
                """);
        JsonNode file = Json.read(
                OneService.of(config, "web").rendered(new OneService.Surroundings("x", Set.of(), Set.of()), "true", Map.of()));
        assertEquals("bridge", file.path("services").path("migrate").path("network_mode").asText());
        assertTrue(!file.has("networks") && !file.path("services").path("migrate").has("networks"), file.toString());
    }

    @Test
    void anImageWithoutNameHasComposesName() {
        assertEquals("shop-built", OneService.of(CONFIG, "built").image());
    }

    @Test
    void whatCannotRunAloneIsRefused() {
        String unknown = assertThrows(Failure.class, () -> OneService.of(CONFIG, "wbe")).getMessage();
        assertTrue(unknown.contains("no service 'wbe' (it has: web, db, built, side)"), unknown);
        String leaning = assertThrows(Failure.class, () -> OneService.of(CONFIG, "side")).getMessage();
        assertTrue(leaning.contains("its network_mode is \"service:web\""), leaning);
    }
}
