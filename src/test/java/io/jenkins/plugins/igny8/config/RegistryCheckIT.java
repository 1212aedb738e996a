package io.jenkins.plugins.igny8.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the registry that people run: what it answers decides, not what a stand-in was made to say. */
class RegistryCheckIT {

    private static final Login LOGIN = new Login(RealRegistry.USER, RealRegistry.PASSWORD);

    private final RegistryCheck check = new RegistryCheck(HttpClient.newHttpClient());

    @TempDir
    private Path folder;

    @Test
    void loginIsTakenOrRefused() throws Exception {
        try (RealRegistry registry = new RealRegistry(folder, null)) {
            String address = registry.address();
            assertEquals(address + " takes the login of 'ci'.", check.check(address, LOGIN));
            assertEquals(
                    address + " refuses the login of 'ci': check user name and password of the credentials.",
                    failure(address, new Login("ci", "x")));
            assertEquals(address + " is a registry that asks for a login: choose credentials.", failure(address, null));
            assertFalse(registry.log().contains(RealRegistry.PASSWORD));
        }
    }

    @Test
    void registryWithACertificate() throws Exception {
        TestCertificates certificates = new TestCertificates(Files.createDirectory(folder.resolve("certificates")));
        try (RealRegistry registry = new RealRegistry(Files.createDirectory(folder.resolve("registry")), certificates)) {
            String address = registry.address();
            String untrusted = failure(address, LOGIN);
            assertTrue(untrusted.startsWith("The controller does not trust the certificate of " + address + " ("), untrusted);
            RegistryCheck trusting = new RegistryCheck(HttpClient.newBuilder().sslContext(certificates.context()).build());
            assertEquals(address + " takes the login of 'ci'.", trusting.check(address, LOGIN));
        }
    }

    private String failure(String address, Login login) {
        return assertThrows(Failure.class, () -> check.check(address, login)).getMessage();
    }
}
