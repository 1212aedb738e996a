package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code file(credentialsId: …, variable: …)}: the path of a secret file. */
@Symbol("file")
public final class FileBinding extends CredentialsBinding {

    private final String credentialsId;
    private final String variable;

    @DataBoundConstructor
    public FileBinding(String credentialsId, String variable) {
        this.credentialsId = credentialsId;
        this.variable = variable;
    }

    @Override
    Map<String, String> variables(Credentials credentials) {
        return Map.of(variable, credentials.file(credentialsId).toString());
    }
}
