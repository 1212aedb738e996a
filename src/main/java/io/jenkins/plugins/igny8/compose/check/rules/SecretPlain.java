package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.regex.Pattern;

/** A password in the compose file: everybody who reads the repository has it. */
public final class SecretPlain implements Rule {

    private static final Pattern KEY = Pattern
            .compile("(?i)(?:.*_)?(?:PASSWORD|PASSWD|PASS|PWD|SECRET|SECRET_?KEY|SECRET_KEY_BASE|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY|JWT_SECRET|ENCRYPTION_KEY)");

    /** What is no secret under such a name: switches, numbers, paths, addresses, variables of the program that reads them. */
    private static final Pattern HARMLESS = Pattern.compile("(?i)|true|false|yes|no|none|null|\\d{1,3}|/.*|\\w+://.*|\\{\\{.*|%.*|<.*>");

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            service.get("environment").members().forEach((key, value) -> {
                if (isSecret(key, value)) {
                    found.add(value.place(), key + " of " + service.name() + " stands in the compose file as plain text.",
                            "Write ${" + key + ":?} and give the value in an env file that is not checked in, or use 'secrets'.");
                }
            });
        }
    }

    private static boolean isSecret(String key, Value value) {
        // What Compose took from an env file or a variable is written with a dollar, or not written here at all.
        return KEY.matcher(key).matches() && value.isText() && value.written().equals(value.text()) && !value.text().contains("$") && !HARMLESS
                .matcher(value.text()).matches();
    }
}
