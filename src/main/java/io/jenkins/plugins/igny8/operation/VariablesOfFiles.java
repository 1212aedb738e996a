package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.compose.KeptFile;
import io.jenkins.plugins.igny8.compose.read.DotEnv;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that compose files are filled in with, each by a mark that tells whether its value is the same later, but not what it is. */
final class VariablesOfFiles {

    /** Two dollar signs stand for one. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\$|\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");

    private VariablesOfFiles() {}

    /**
     * @param texts the compose files
     * @return name → fingerprint of its value, or of having none; empty where the host has no key
     */
    static Map<String, String> fingerprints(List<String> texts, ComposeProject project, Host host) {
        Map<String, String> values = project.values(host);
        Map<String, String> fingerprints = new TreeMap<>();
        for (String text : texts) {
            Matcher variable = VARIABLE.matcher(text);
            while (variable.find()) {
                String name = variable.group(1);
                if (name != null && !name.startsWith(KeptFile.VARIABLE)) {
                    // With the name: equal values of two variables must not be seen to be equal.
                    fingerprints.computeIfAbsent(name, any -> host.fingerprint(values.containsKey(any) ? any + "=" + values.get(any) : any));
                }
            }
        }
        return fingerprints;
    }
}
