package io.jenkins.plugins.igny8.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against servers of this JVM that note what they were sent. */
class RegistryCheckTest {

    private static final Login LOGIN = new Login("ci", "s3cret/ñ:Wort");
    private static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("ci:s3cret/ñ:Wort".getBytes(UTF_8));

    private final RegistryCheck check =
            new RegistryCheck(HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build());
    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void registryWithoutLogin() throws Exception {
        String registry = server(exchange -> answer(exchange, 200, "Docker-Distribution-Api-Version", "registry/2.0"));
        assertEquals(registry + " answers and asks for no login.", check.check(registry, null));
        assertEquals(registry + " answers and asks for no login.", check.check(registry, LOGIN));
        assertEquals(List.of("/v2/ null", "/v2/ null"), seen);
    }

    @Test
    void passwordIsTakenOrRefused() throws Exception {
        String registry = server(this::basicRegistry);
        assertEquals(registry + " takes the login of 'ci'.", check.check(registry, LOGIN));
        assertEquals(
                registry + " refuses the login of 'ci': check user name and password of the credentials.",
                failure(registry, new Login("ci", "other")));
        assertEquals(registry + " is a registry that asks for a login: choose credentials.", failure(registry, null));
    }

    @Test
    void tokenServiceGetsTheLoginAndTheRegistryTheToken() throws Exception {
        String tokens = server(exchange -> {
            boolean right = BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, right ? 200 : 401, "Content-Type", "application/json", right ? "{\"token\": \"good\"}" : "{}");
        });
        String registry = server(exchange -> {
            if ("Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 200, "Docker-Distribution-Api-Version", "registry/2.0");
            } else {
                answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"http://" + tokens + "/token\",service=\"the registry\"");
            }
        });
        assertEquals(registry + " takes the login of 'ci'.", check.check(registry, LOGIN));
        List<String> dance = seen.subList(seen.size() - 3, seen.size());
        assertEquals(List.of("/v2/ null", "/token?service=the+registry&account=ci " + BASIC, "/v2/ Bearer good"), dance);
        assertEquals(
                tokens + " refuses the login of 'ci': check user name and password of the credentials.",
                failure(registry, new Login("ci", "other")));
        assertEquals(registry + " is a registry that asks for a login: choose credentials.", failure(registry, null));
    }

    @Test
    void tokenServiceThatGivesAnonymousTokens() throws Exception {
        String tokens = server(exchange -> answer(exchange, 200, "Content-Type", "application/json", "{\"access_token\": \"any\"}"));
        String registry = server(exchange -> answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"http://" + tokens + "/t?x=1\""));
        assertEquals(registry + " answers; without credentials it gives what is public.", check.check(registry, null));
        assertTrue(seen.contains("/t?x=1&service= null"), seen.toString());
    }

    @Test
    void passwordIsNotSentInTheClear() throws Exception {
        String registry = server(exchange -> answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"http://tokens.invalid/token\",service=\"s\""));
        String sentence = failure(registry, LOGIN);
        assertTrue(sentence.contains("sends logins to http://tokens.invalid") && sentence.contains("it was not sent"), sentence);
    }

    @Test
    void passwordDoesNotFollowRedirects() throws Exception {
        String elsewhere = server(exchange -> answer(exchange, 200, "Content-Type", "application/json", "{\"token\": \"x\"}"));
        String tokens = server(exchange -> answer(exchange, 307, "Location", "http://" + elsewhere + "/stolen"));
        String registry = server(exchange -> answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"http://" + tokens + "/token\""));
        assertEquals(tokens + " answers the login of 'ci' with HTTP status 307: see its log.", failure(registry, LOGIN));
        assertFalse(seen.toString().contains("stolen"), seen.toString());
    }

    @Test
    void tokenServiceThatIsNoAddress() throws Exception {
        String registry = server(exchange -> answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"ftp://x/\""));
        assertEquals(registry + " names 'ftp://x/' as its token service, which is no address: mend the registry's set-up.", failure(registry, LOGIN));
    }

    @Test
    void tokenServiceWithoutToken() throws Exception {
        String tokens = server(exchange -> answer(exchange, 200, "Content-Type", "text/html", "<p>hello"));
        String registry = server(exchange -> answer(exchange, 401, "WWW-Authenticate", "Bearer realm=\"http://" + tokens + "/token\""));
        assertEquals("The token service " + tokens + " answers without a token: see its log.", failure(registry, LOGIN));
    }

    @Test
    void webServerIsNoRegistry() throws Exception {
        String absent = server(exchange -> answer(exchange, 404, "Content-Type", "text/html"));
        assertEquals("What answers at " + absent + " is no registry (HTTP status 404 for /v2/): check host and port.", failure(absent, LOGIN));
        String everything = server(exchange -> answer(exchange, 200, "Content-Type", "text/html", "<h1>It works"));
        assertEquals("What answers at " + everything + " is no registry (HTTP status 200 for /v2/): check host and port.", failure(everything, null));
        String digest = server(exchange -> answer(exchange, 401, "WWW-Authenticate", "Digest realm=\"x\""));
        assertEquals("What answers at " + digest + " is no registry (HTTP status 401 for /v2/): check host and port.", failure(digest, LOGIN));
        String pointing = server(exchange -> answer(exchange, 301, "Location", "https://registry.example.com/v2/"));
        assertTrue(failure(pointing, LOGIN).startsWith(pointing + " only points to https://registry.example.com/v2/: give"));
        assertTrue(seen.stream().allMatch(request -> request.endsWith(" null")), "no password went to what is no registry: " + seen);
    }

    @Test
    void passwordProtectedSiteThatIsNoRegistry() throws Exception {
        String site = server(exchange -> {
            boolean right = BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, right ? 200 : 401, right ? "Content-Type" : "WWW-Authenticate", right ? "text/html" : "Basic realm=\"x\"");
        });
        assertEquals("What answers at " + site + " is no registry (HTTP status 200 for /v2/): check host and port.", failure(site, LOGIN));
    }

    @Test
    void registryWithAFault() throws Exception {
        String registry = server(exchange -> answer(exchange, 503, "Content-Type", "text/plain"));
        assertEquals(registry + " has a fault of its own (HTTP status 503): see its log.", failure(registry, LOGIN));
    }

    @Test
    void nobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertEquals(
                "Nothing listens at 127.0.0.1:" + port + ": check host and port, and that the registry runs.",
                failure("127.0.0.1:" + port, LOGIN));
    }

    @Test
    void unknownHost() {
        assertEquals(
                "The controller knows no host registry.invalid: check the name, and that the controller can look it up.",
                failure("registry.invalid:5000", LOGIN));
    }

    @Test
    void certificateThatNobodyTrusts(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
        String registry = start(server, this::basicRegistry);
        String sentence = assertThrows(Failure.class, () -> check.check(URI.create("https://" + registry + "/v2/"), LOGIN)).getMessage();
        assertTrue(sentence.startsWith("The controller does not trust the certificate of " + registry + " ("), sentence);
        assertTrue(sentence.contains("unable to find valid certification path"), sentence);
        assertEquals(List.of(), seen);
    }

    @Test
    void plainServerBehindHttps() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String registry = "127.0.0.1:" + server.getLocalPort();
            Thread answering = new Thread(() -> refuseTls(server));
            answering.start();
            String sentence = assertThrows(Failure.class, () -> check.check(URI.create("https://" + registry + "/v2/"), LOGIN)).getMessage();
            assertTrue(sentence.startsWith(registry + " does not speak HTTPS ("), sentence);
            answering.join();
        }
    }

    @Test
    void whatIsNoRegistrysNameIsNotAsked() {
        assertTrue(failure("registry.example.com/team", LOGIN).startsWith("'registry.example.com/team' is not a valid registry"));
        assertTrue(failure("team", LOGIN).startsWith("Docker takes 'team' for a namespace"));
    }

    private String failure(String registry, Login login) {
        return assertThrows(Failure.class, () -> check.check(registry, login)).getMessage();
    }

    private void basicRegistry(HttpExchange exchange) throws IOException {
        if (BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 200, "Docker-Distribution-Api-Version", "registry/2.0", "{}");
        } else {
            answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"test\"");
        }
    }

    /** As nginx and Go's servers do; the JDK's server says nothing. */
    private static void refuseTls(ServerSocket server) {
        try (Socket connection = server.accept()) {
            connection.getInputStream().read(new byte[4096]);
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String server(HttpHandler handler) throws IOException {
        return start(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), handler);
    }

    private String start(HttpServer server, HttpHandler handler) {
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            handler.handle(exchange);
        });
        server.start();
        servers.add(server);
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String header, String value) throws IOException {
        answer(exchange, status, header, value, "");
    }

    private static void answer(HttpExchange exchange, int status, String header, String value, String body) throws IOException {
        exchange.getResponseHeaders().add(header, value);
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static SSLContext selfSigned(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "x", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "SAN=IP:127.0.0.1",
                        "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit")
                .redirectErrorStream(true)
                .start();
        String out = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, keytool.waitFor(), out);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
