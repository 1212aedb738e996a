package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Where a registry sends those who have no token yet (the distribution project's token authentication). Whoever asks gets one that
 * allows to pull; a registry with these tokens refuses each push by itself.
 */
final class PullTokens implements AutoCloseable {

    static final String SERVICE = "registry";
    static final String ISSUER = "igny8";

    private final HttpServer server;
    private final String certificate;
    private final PrivateKey key;

    /** @param certificate what the registry trusts; @param key PKCS #8, RSA */
    PullTokens(Path certificate, Path key) throws IOException, GeneralSecurityException {
        this.certificate = base64(certificate);
        this.key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64(key))));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::answer);
        server.start();
    }

    private static String base64(Path pem) throws IOException {
        return Files.readString(pem).replaceAll("-----.*-----|\\s", "");
    }

    String realm() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    private void answer(HttpExchange exchange) throws IOException {
        List<Map<String, Object>> access = new ArrayList<>();
        for (String parameter : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] scope = URLDecoder.decode(parameter, StandardCharsets.UTF_8).split("[=:]");
            if (scope[0].equals("scope")) {
                access.add(Map.of("type", scope[1], "name", scope[2], "actions", List.of("pull")));
            }
        }
        byte[] body = json(Map.of("token", token(access)));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String token(List<Map<String, Object>> access) {
        long now = Instant.now().getEpochSecond();
        String text = part(json(Map.of("typ", "JWT", "alg", "RS256", "x5c", List.of(certificate)))) + "."
                + part(json(Map.of("iss", ISSUER, "sub", "", "aud", SERVICE, "exp", now + 300, "nbf", now - 10, "iat", now,
                        "jti", UUID.randomUUID().toString(), "access", access)));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + part(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] json(Map<String, ?> map) {
        try {
            return new ObjectMapper().writeValueAsBytes(map);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
