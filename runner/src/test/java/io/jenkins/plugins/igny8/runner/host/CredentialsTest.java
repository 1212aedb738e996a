package io.jenkins.plugins.igny8.runner.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

    @TempDir
    Path folder;

    private Credentials credentials(String json) throws Exception {
        Path file = Files.writeString(folder.resolve("credentials.json"), json);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Credentials.read(file);
    }

    @Test
    void whatIsHandedOutIsKnownAsSecret() throws Exception {
        Credentials credentials = credentials("{\"registry\": {\"username\": \"ci\", \"password\": \"s3cret\"}, \"other\": {\"text\": \"t\"}}");
        assertEquals(new Login("ci", "s3cret"), credentials.login("registry"));
        assertEquals(Set.of("s3cret"), Set.copyOf(credentials.secrets()));
        assertFalse(credentials.login("registry").toString().contains("s3cret"));
    }

    @Test
    void variablesWinOverTheFile() throws Exception {
        Path file = folder.resolve("absent.json");
        Credentials credentials = Credentials.read(file, Map.of(
                "IGNY8_CREDENTIALS_MY_REGISTRY_USERNAME", "ci", "IGNY8_CREDENTIALS_MY_REGISTRY_PASSWORD", "s3cret"));
        assertEquals(new Login("ci", "s3cret"), credentials.login("my-registry"));
        assertTrue(assertThrows(Failure.class, () -> credentials.text("my-registry")).getMessage().contains("no credentials with the ID 'my-registry'"));
    }

    @Test
    void anUnknownIdNamesTheKnownOnes() throws Exception {
        Credentials credentials = credentials("{\"registry\": {\"username\": \"ci\", \"password\": \"s3cret\"}}");
        Failure failure = assertThrows(Failure.class, () -> credentials.login("nope"));
        assertTrue(failure.getMessage().contains("'nope'") && failure.getMessage().contains("known: registry"), failure.getMessage());
    }

    @Test
    void anotherKindIsSaid() throws Exception {
        Credentials credentials = credentials("{\"token\": {\"text\": \"t\"}}");
        Failure failure = assertThrows(Failure.class, () -> credentials.login("token"));
        assertTrue(failure.getMessage().contains("of another kind"), failure.getMessage());
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("open.json"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(assertThrows(Failure.class, () -> Credentials.read(file)).getMessage().contains("chmod 600"));
    }

    @Test
    void aBrokenFileIsRefusedWithoutItsContent() {
        Failure failure = assertThrows(Failure.class, () -> credentials("{\"registry\": s3cret"));
        assertFalse(failure.getMessage().contains("s3cret"), failure.getMessage());
    }
}
