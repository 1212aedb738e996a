package io.jenkins.plugins.igny8.host;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a secret file, such as an application's env file, must not show in a log. */
public final class EnvFile {

    /**
     * Others, such as ports and host names, stand in every log and are none of its secrets. Names have more than letters in the
     * files of package managers: {@code //registry.example.com/:_authToken=…}.
     */
    private static final Pattern SECRET = Pattern.compile("(?im)^\\s*(?:export\\s+)?([\\w./:@-]*(?:PASS|SECRET|TOKEN|KEY|CREDENTIAL|DSN|DATABASE_URL|AUTH)"
            + "[\\w./:@-]*)\\s*=\\s*(.+?)\\s*$");

    /** A shorter one would take ordinary words out of the log. */
    private static final int SHORTEST = 4;

    private EnvFile() {}

    /** The values of variables whose names say that they are secret; the whole of a file that is one word. */
    public static List<String> secrets(String text) {
        List<String> secrets = new ArrayList<>();
        String whole = text.strip();
        if (whole.length() >= SHORTEST && whole.matches("\\S+") && !whole.matches("\\w+=.*")) {
            secrets.add(whole);
        }
        Matcher line = SECRET.matcher(text);
        while (line.find()) {
            String value = line.group(2).replaceAll("^(['\"])(.*)\\1$", "$2");
            if (value.length() >= SHORTEST) {
                secrets.add(value);
            }
        }
        return secrets;
    }
}
