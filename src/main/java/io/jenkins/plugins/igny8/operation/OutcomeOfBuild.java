package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Host;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the last deployment of this build ended, for its later steps and its {@code post} section. */
final class OutcomeOfBuild {

    static final String KEY = "outcome";

    private static final String OUTCOME = "IGNY8_OUTCOME";
    private static final String RELEASE = "IGNY8_RELEASE";

    private OutcomeOfBuild() {}

    /** @param release number of the release that runs now; null: not known */
    static void keep(String outcome, Long release, Host host) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(OUTCOME, outcome);
        variables.put(RELEASE, release == null ? "" : String.valueOf(release));
        host.keep(KEY, variables);
    }

    /** The variables of what was kept; none where nothing was deployed. */
    static void addTo(Map<String, String> variables, Object kept) {
        if (kept instanceof Map<?, ?> plain) {
            plain.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
        }
    }
}
