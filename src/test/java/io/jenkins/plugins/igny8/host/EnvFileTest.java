package io.jenkins.plugins.igny8.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class EnvFileTest {

    @Test
    void valuesUnderNamesThatSaySecret() {
        assertEquals(
                List.of("p4ss word", "tok-1"),
                EnvFile.secrets("PORT=8010\nexport DB_PASSWORD='p4ss word'\nHOST=backend\n  API_TOKEN = tok-1\nKEY=abc\n"));
    }

    @Test
    void aPackageManagersFile() {
        assertEquals(List.of("npm_1234"), EnvFile.secrets("registry=https://npm.example.com/\n//npm.example.com/:_authToken=npm_1234\n"));
    }

    @Test
    void aFileThatIsOneWordIsTheSecret() {
        assertEquals(List.of("ghp_abcdef"), EnvFile.secrets("ghp_abcdef\n"));
        assertEquals(List.of(), EnvFile.secrets("PORT=8010\n"));
        assertEquals(List.of(), EnvFile.secrets("two words\n"));
    }
}
