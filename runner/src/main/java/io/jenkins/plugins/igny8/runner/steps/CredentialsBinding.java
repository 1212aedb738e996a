package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.util.Map;

/** What stands in the list of {@code withCredentials}: credentials and the variables that they go into. */
public abstract class CredentialsBinding {

    /** Values by the name of the variable. */
    abstract Map<String, String> variables(Credentials credentials);
}
