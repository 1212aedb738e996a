package io.jenkins.plugins.igny8.jenkins;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;

/** A Secret file among Jenkins' own credentials. */
final class SecretFile {

    private SecretFile() {}

    static void add(String id, String text) throws Exception {
        SecretBytes bytes = SecretBytes.fromBytes(text.getBytes(StandardCharsets.UTF_8));
        SystemCredentialsProvider.getInstance().getCredentials().add(new FileCredentialsImpl(CredentialsScope.GLOBAL, id, "", ".env", bytes));
        SystemCredentialsProvider.getInstance().save();
    }
}
