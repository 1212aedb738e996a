package io.jenkins.plugins.igny8.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;

/**
 * Credentials by their ID for one user of them: a running build, or an administrator's test button. What is missing, hidden
 * from that user or of another kind is a {@link Failure} in one sentence; it never tells of credentials the user may not use.
 */
final class CredentialsLookup {

    /** Null: the test buttons of the System page. */
    private final Run<?, ?> run;

    private CredentialsLookup(Run<?, ?> run) {
        this.run = run;
    }

    /** As the running build, which is noted as a user of what it gets. */
    static CredentialsLookup of(Run<?, ?> run) {
        return new CredentialsLookup(run);
    }

    /** What builds of a job outside all folders get. */
    static CredentialsLookup ofJenkins() {
        return new CredentialsLookup(null);
    }

    Login login(String id) {
        StandardCredentials found = find(id, StandardUsernamePasswordCredentials.class);
        if (found == null) {
            found = find(id, StandardCredentials.class);
        }
        Login login = found == null ? null : loginOf(found);
        if (login == null) {
            throw missing(id, CredentialKind.REGISTRY_LOGIN);
        }
        track(found);
        return login;
    }

    /** The text of a file, which must be UTF-8. */
    String secretFile(String id) {
        FileCredentials file = wanted(id, FileCredentials.class, CredentialKind.SECRET_FILE);
        try (InputStream content = file.getContent()) {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content.readAllBytes())).toString();
        } catch (CharacterCodingException e) {
            throw new Failure("The file of the credentials '" + id + "' is no text in UTF-8: save it as such and upload it anew.");
        } catch (IOException e) {
            throw new Failure("The file of the credentials '" + id + "' cannot be read (" + e.getMessage() + "): upload it anew.", e);
        }
    }

    DockerServerCredentials engineTls(String id) {
        return wanted(id, DockerServerCredentials.class, CredentialKind.ENGINE_TLS);
    }

    private <C extends StandardCredentials> C wanted(String id, Class<C> type, CredentialKind kind) {
        C found = find(id, type);
        if (found == null) {
            throw missing(id, kind);
        }
        track(found);
        return found;
    }

    private Failure missing(String id, CredentialKind kind) {
        StandardCredentials other = find(id, StandardCredentials.class);
        if (other != null) {
            return new Failure("The credentials '" + id + "' are of kind '" + other.getDescriptor().getDisplayName() + "', but " + kind.need() + ".");
        }
        return new Failure("There are no credentials '" + id + "' that "
                + (run == null ? "builds" : "this build") + " may use: check the ID, and that they are of scope Global and stored in Jenkins"
                + (run == null ? "." : " or in a folder above the job."));
    }

    @CheckForNull
    private <C extends StandardCredentials> C find(String id, Class<C> type) {
        if (run != null) {
            return CredentialsProvider.findCredentialById(id, type, run, List.of());
        }
        C found = CredentialsProvider.findCredentialByIdInItemGroup(id, type, Jenkins.get(), ACL.SYSTEM2, List.of());
        return found == null || found.getScope() == CredentialsScope.SYSTEM ? null : found;
    }

    private void track(StandardCredentials found) {
        if (run != null) {
            CredentialsProvider.track(run, found);
        }
    }

    /** Null where nothing makes a registry's login of such credentials. */
    @CheckForNull
    private static Login loginOf(StandardCredentials credentials) {
        if (credentials instanceof StandardUsernamePasswordCredentials both) {
            return new Login(both.getUsername(), both.getPassword().getPlainText());
        }
        DockerRegistryToken token = AuthenticationTokens.convert(DockerRegistryToken.class, credentials);
        if (token == null) {
            return null;
        }
        String[] both = decoded(token.getToken()).split(":", 2);
        return both.length == 2 ? new Login(both[0], both[1]) : null;
    }

    /** Empty where the token is none of a user name and a password. */
    private static String decoded(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
