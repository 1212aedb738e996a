package io.jenkins.plugins.igny8.comparison;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** The same three credentials for both sides: {@code login}, {@code token} and {@code settings}. */
final class Secrets {

    private static final String USER = "ann";
    private static final String PASSWORD = "pass-4711-word";
    private static final String TOKEN = "token-4712-text";
    private static final String SETTINGS = "KEY=value-4713-file\n";

    private Secrets() {}

    /** For {@code --credentials}. */
    static Path file(Path folder) throws IOException {
        Path settings = Files.writeString(folder.resolve("settings.env"), SETTINGS);
        Path file = Files.writeString(folder.resolve("credentials.json"), """
                {
                  "login": {"username": "%s", "password": "%s"},
                  "token": {"text": "%s"},
                  "settings": {"file": "%s"}
                }
                """.formatted(USER, PASSWORD, TOKEN, settings));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** For the controller that is running. */
    static void store() throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().addAll(List.of(
                new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", null, USER, PASSWORD),
                new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", null, Secret.fromString(TOKEN)),
                new FileCredentialsImpl(
                        CredentialsScope.GLOBAL, "settings", null, "settings.env",
                        SecretBytes.fromBytes(SETTINGS.getBytes(StandardCharsets.UTF_8)))));
        store.save();
    }
}
