package io.jenkins.plugins.igny8.compose.check;

import java.util.Locale;

/** How much a finding weighs. */
public enum Severity {
    /** The stack will not start, or not work, as the files say. */
    ERROR,
    /** It may work, and should be looked at. */
    WARNING,
    /** The rule is not asked. */
    OFF;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
