package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code usernamePassword(credentialsId: …, usernameVariable: …, passwordVariable: …)}. */
@Symbol("usernamePassword")
public final class UsernamePasswordBinding extends CredentialsBinding {

    private final String credentialsId;
    private final String usernameVariable;
    private final String passwordVariable;

    @DataBoundConstructor
    public UsernamePasswordBinding(String credentialsId, String usernameVariable, String passwordVariable) {
        this.credentialsId = credentialsId;
        this.usernameVariable = usernameVariable;
        this.passwordVariable = passwordVariable;
    }

    @Override
    Map<String, String> variables(Credentials credentials) {
        Login login = credentials.login(credentialsId);
        return Map.of(usernameVariable, login.username(), passwordVariable, login.password());
    }
}
