package io.jenkins.plugins.igny8.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of a day with a certificate for a server at 127.0.0.1 and one for a client, made by openssl. */
final class TestCertificates {

    private static final String STORE_PASSWORD = "changeit";

    private final Path folder;

    /** @param folder an empty one */
    TestCertificates(Path folder) throws Exception {
        this.folder = folder;
        Files.writeString(folder.resolve("san"), "subjectAltName=IP:127.0.0.1");
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test authority", "-days", "1", "-keyout", "ca-key.pem", "-out", "ca.pem");
        signed("server", "-extfile", "san");
        signed("client");
        openssl("pkcs12", "-export", "-in", "server.pem", "-inkey", "server-key.pem", "-out", "server.p12", "-passout", "pass:" + STORE_PASSWORD);
    }

    private void signed(String name, String... more) throws Exception {
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + name, "-keyout", name + "-key.pem", "-out", name + ".csr");
        List<String> sign = new ArrayList<>(List.of(
                "x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-days", "1", "-out", name + ".pem"));
        sign.addAll(List.of(more));
        openssl(sign.toArray(String[]::new));
    }

    private void openssl(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("openssl"));
        argv.addAll(List.of(words));
        Process process = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String text(String name) throws Exception {
        return Files.readString(file(name));
    }

    /** A server's side that lets in only clients of this authority, and a client's that trusts only servers of it. */
    SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file("server.p12"))) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, STORE_PASSWORD.toCharArray());
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null);
        try (InputStream in = Files.newInputStream(file("ca.pem"))) {
            authorities.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
