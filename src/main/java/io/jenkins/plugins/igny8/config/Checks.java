package io.jenkins.plugins.igny8.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.igny8.host.Failure;
import jenkins.model.Jenkins;

/** What the fields of the System page share when they check what was typed. */
final class Checks {

    private Checks() {}

    /** The sentence of a check that fails, as an error below the field; nothing for people who may not change the field. */
    static FormValidation administrator(Runnable check) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        try {
            check.run();
            return FormValidation.ok();
        } catch (Failure e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
