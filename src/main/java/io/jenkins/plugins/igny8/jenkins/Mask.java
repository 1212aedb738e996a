package io.jenkins.plugins.igny8.jenkins;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Takes the secrets that a step itself has looked up out of what it says, in the forms in which tools repeat them. */
final class Mask {

    private static final String INSTEAD = "****";

    private final List<String> hidden = new CopyOnWriteArrayList<>();

    void hide(Collection<String> secrets) {
        secrets.stream()
                .flatMap(Mask::forms)
                .filter(form -> !form.isBlank() && !hidden.contains(form))
                .forEach(hidden::add);
        // One that contains another must be found first.
        hidden.sort(Comparator.comparingInt(String::length).reversed());
    }

    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        return Stream.of(secret, base64, base64.replace("=", ""), URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }

    String in(String text) {
        String masked = text;
        for (String secret : hidden) {
            masked = masked.replace(secret, INSTEAD);
        }
        return masked;
    }
}
