package io.jenkins.plugins.igny8.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/** What credentials are wanted for. */
public enum CredentialKind {
    /** User name and password, or what another plugin can turn into a registry's login. */
    REGISTRY_LOGIN(StandardCredentials.class, "a registry's login needs 'Username with password'"),
    /** A file such as an application's {@code .env}. */
    SECRET_FILE(FileCredentials.class, "a file needs 'Secret file'"),
    /** The client's certificate and key for an engine on TCP, with the authority that signed the engine's. */
    ENGINE_TLS(DockerServerCredentials.class, "an engine on tcp:// needs 'X.509 Client Certificate'");

    private final Class<? extends StandardCredentials> type;
    private final String need;

    CredentialKind(Class<? extends StandardCredentials> type, String need) {
        this.type = type;
        this.need = need;
    }

    Class<? extends StandardCredentials> type() {
        return type;
    }

    /** What the kind of credentials is called where they are made, as the rest of a sentence. */
    String need() {
        return need;
    }

    CredentialsMatcher matcher() {
        // Asked each time: which kinds convert depends on the plugins that are there.
        return this == REGISTRY_LOGIN ? AuthenticationTokens.matcher(DockerRegistryToken.class) : CredentialsMatchers.always();
    }
}
