package io.jenkins.plugins.igny8.runner.host;

import io.jenkins.plugins.igny8.host.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The user's key for {@link io.jenkins.plugins.igny8.host.Host#fingerprint}, in a file that only this user can read; made at its first use. */
public record FingerprintKey(Path file) implements UnaryOperator<String> {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    @Override
    public String apply(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new Failure("The key " + file + " cannot be read or written: " + e.getMessage() + " (IGNY8_STATE chooses another folder).");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private byte[] key() throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(
                    file.getParent(), "key", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(fresh, key);
                Files.createLink(file, fresh);
            } catch (FileAlreadyExistsException e) {
                // Another run was faster, and its key counts.
                return Files.readAllBytes(file);
            } finally {
                Files.delete(fresh);
            }
        }
        return Files.readAllBytes(file);
    }
}
