package io.jenkins.plugins.igny8.config;

import hudson.model.Run;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;

/**
 * What a running build gets for an ID of credentials: looked up as that build, in its folders too, and noted as used by it.
 * To be asked afresh at each start and resume, so that nothing secret is ever stored.
 */
public final class BuildCredentials {

    private BuildCredentials() {}

    /** User name and password for a registry; a {@link Failure} in one sentence where there are none that the build may use. */
    public static Login login(Run<?, ?> run, String id) {
        return CredentialsLookup.of(run).login(id);
    }

    /** The text of a Secret file, such as an application's {@code .env}; a {@link Failure} as with {@link #login}. */
    public static String secretFile(Run<?, ?> run, String id) {
        return CredentialsLookup.of(run).secretFile(id);
    }
}
