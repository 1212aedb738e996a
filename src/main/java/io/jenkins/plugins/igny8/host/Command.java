package io.jenkins.plugins.igny8.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is to be executed, as words: nothing here is ever read by a shell.
 *
 * @param argv the program and its arguments
 * @param environment variables added to those of the host; never a secret, since some hosts carry them in argv
 * @param limit the longest time it may take; null: no limit but the one of the surrounding step
 */
public record Command(List<String> argv, Map<String, String> environment, Duration limit) {

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
    }

    /** The words as a person would type them, for a log line; quoted where a shell would need it. */
    public String asTyped() {
        StringBuilder line = new StringBuilder();
        for (String word : argv) {
            line.append(line.isEmpty() ? "" : " ");
            line.append(word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return line.toString();
    }
}
