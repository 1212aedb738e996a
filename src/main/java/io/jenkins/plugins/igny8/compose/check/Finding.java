package io.jenkins.plugins.igny8.compose.check;

import io.jenkins.plugins.igny8.compose.read.Place;

/**
 * What a rule found.
 *
 * @param rule the rule's ID
 * @param sentence what is wrong; never a secret, whatever the files hold
 * @param suggestion what to write instead
 */
public record Finding(String rule, Severity severity, Place place, String sentence, String suggestion) {

    /** As a log shows it. */
    @Override
    public String toString() {
        return place + ": " + severity.word() + ": " + sentence + " " + suggestion + " [" + rule + "]";
    }
}
