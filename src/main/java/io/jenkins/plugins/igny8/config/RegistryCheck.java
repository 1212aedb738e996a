package io.jenkins.plugins.igny8.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Json;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/**
 * Asks a registry what {@code docker login} asks: whether it is one, and whether it takes the login. The answer is one
 * sentence; a {@link Failure} gives the exact reason. The password goes out only over HTTPS or inside this machine, and
 * redirects are not followed, so it reaches nobody but the registry and the token service it names.
 */
final class RegistryCheck {

    /** How long connecting and answering may take, each. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** Far more than any token service's answer. */
    private static final int ANSWER_BYTES = 1 << 20;

    private static final Set<String> HUB = Set.of("", "docker.io");
    private static final String HUB_HOST = "index.docker.io";

    private final HttpClient client;

    RegistryCheck(HttpClient client) {
        this.client = client;
    }

    /** Through the controller's proxy, where it has one. */
    static RegistryCheck ofController() {
        return new RegistryCheck(ProxyConfiguration.newHttpClientBuilder()
                .connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    }

    /**
     * @param host {@code host[:port]}; empty: Docker Hub
     * @param login null: only whether a registry answers there
     */
    String check(String host, @CheckForNull Login login) throws InterruptedException {
        String registry = HUB.contains(host) ? HUB_HOST : ImageReference.checkedRegistry(host);
        URI api = URI.create("https://" + registry + "/v2/");
        if (inside(api.getHost())) {
            // As docker does: on this machine a registry needs no certificate. One that has one says 400 to plain HTTP.
            URI plain = URI.create("http://" + registry + "/v2/");
            HttpResponse<Void> answer = ask(plain, null);
            if (answer.statusCode() != 400) {
                return check(plain, answer, login);
            }
        }
        return check(api, login);
    }

    String check(URI api, @CheckForNull Login login) throws InterruptedException {
        return check(api, ask(api, null), login);
    }

    private String check(URI api, HttpResponse<Void> answer, Login login) throws InterruptedException {
        int status = answer.statusCode();
        Challenge challenge = status == 401 ? Challenge.of(answer.headers()) : null;
        if (status == 200) {
            requireRegistry(api, answer);
            return api.getAuthority() + " answers and asks for no login.";
        }
        if (challenge == null) {
            throw noRegistry(api, answer);
        }
        if (login != null && login.username().contains(":")) {
            throw new Failure("The user name '" + login.username() + "' contains a colon, which no registry login may: check the credentials.");
        }
        return challenge.bearer() ? byToken(api, challenge, login) : byPassword(api, login);
    }

    private String byPassword(URI api, Login login) throws InterruptedException {
        if (login == null) {
            throw wantsLogin(api);
        }
        HttpResponse<Void> answer = ask(api, basic(login));
        requireTaken(api, answer, login);
        requireRegistry(api, answer);
        return taken(api, login);
    }

    private String byToken(URI api, Challenge challenge, Login login) throws InterruptedException {
        URI service = challenge.tokenService(api, login);
        if (login != null && !"https".equals(service.getScheme()) && !inside(service.getHost())) {
            throw new Failure(api.getAuthority() + " sends logins to " + service.getScheme() + "://" + service.getAuthority()
                    + ", where the password could be read on the way: it was not sent; give the registry a token service on https.");
        }
        HttpResponse<InputStream> answer = send(service, login == null ? null : basic(login), HttpResponse.BodyHandlers.ofInputStream());
        String body = body(service, answer);
        if (login == null) {
            if (answer.statusCode() != 200) {
                throw wantsLogin(api);
            }
            return api.getAuthority() + " answers; without credentials it gives what is public.";
        }
        requireTaken(service, answer, login);
        requireTaken(api, ask(api, "Bearer " + token(service, body)), login);
        return taken(api, login);
    }

    private static String body(URI service, HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            return new String(body.readNBytes(ANSWER_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new Failure(ConnectionFailure.sentence(service, e), e);
        }
    }

    private static String token(URI service, String body) {
        try {
            var json = Json.read(body);
            String token = json.path("token").asText(json.path("access_token").asText());
            if (!token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 127)) {
                return token;
            }
        } catch (Failure e) {
            // Its words would quote an answer that may hold a token.
        }
        throw new Failure("The token service " + service.getAuthority() + " answers without a token: see its log.");
    }

    private static void requireTaken(URI uri, HttpResponse<?> answer, Login login) {
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            throw new Failure(uri.getAuthority() + " refuses the login of '" + login.username()
                    + "': check user name and password of the credentials.");
        }
        if (status != 200) {
            throw new Failure(uri.getAuthority() + " answers the login of '" + login.username() + "' with HTTP status " + status + ": see its log.");
        }
    }

    /** A web server may answer every path with a page, and a login page with 200. */
    private static void requireRegistry(URI api, HttpResponse<?> answer) {
        boolean says = answer.headers().firstValue("Docker-Distribution-Api-Version").isPresent();
        boolean json = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        if (!says && !json) {
            throw noRegistry(api, answer);
        }
    }

    private static Failure noRegistry(URI api, HttpResponse<?> answer) {
        int status = answer.statusCode();
        if (status >= 300 && status < 400) {
            return new Failure(api.getAuthority() + " only points to " + answer.headers().firstValue("Location").orElse("another place")
                    + ": give the registry's own host, and its port where that is not 443.");
        }
        if (status >= 500) {
            return new Failure(api.getAuthority() + " has a fault of its own (HTTP status " + status + "): see its log.");
        }
        return new Failure("What answers at " + api.getAuthority() + " is no registry (HTTP status " + status + " for " + api.getPath()
                + "): check host and port.");
    }

    private static Failure wantsLogin(URI api) {
        return new Failure(api.getAuthority() + " is a registry that asks for a login: choose credentials.");
    }

    private static String taken(URI api, Login login) {
        return api.getAuthority() + " takes the login of '" + login.username() + "'.";
    }

    private static String basic(Login login) {
        String both = login.username() + ":" + login.password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether what is sent to that host stays on this machine; by name or address alone, since a look-up could be forged. */
    private static boolean inside(String host) {
        return host != null && (host.equals("localhost") || host.matches("127(?:\\.\\d{1,3}){3}"));
    }

    private HttpResponse<Void> ask(URI uri, String authorization) throws InterruptedException {
        return send(uri, authorization, HttpResponse.BodyHandlers.discarding());
    }

    private <T> HttpResponse<T> send(URI uri, String authorization, HttpResponse.BodyHandler<T> handler) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(LIMIT);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new Failure(ConnectionFailure.sentence(uri, e), e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
