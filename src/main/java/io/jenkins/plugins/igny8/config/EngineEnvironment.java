package io.jenkins.plugins.igny8.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.Secret;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.docker.commons.tools.DockerTool;

/** The environment that makes docker commands use what an administrator chose: an engine by name, a Docker tool. */
public final class EngineEnvironment {

    private EngineEnvironment() {}

    /**
     * Points docker commands to an engine, and to nothing that the user's environment says of another one.
     *
     * @param run the build in whose name the credentials are looked up; null: an administrator's test
     * @param certificates gets the client's certificate and key; to be closed when the last command has ended
     * @return variables for the commands; an empty value switches one off
     */
    public static Map<String, String> of(Engine engine, @CheckForNull Run<?, ?> run, PrivateFolder certificates) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("DOCKER_HOST", engine.checkedUri());
        environment.put("DOCKER_TLS", "");
        environment.put("DOCKER_TLS_VERIFY", "");
        environment.put("DOCKER_CERT_PATH", "");
        String id = engine.getCredentialsId();
        if (id != null) {
            CredentialsLookup lookup = run == null ? CredentialsLookup.ofJenkins() : CredentialsLookup.of(run);
            writeCertificates(lookup.engineTls(id), certificates);
            environment.put("DOCKER_TLS_VERIFY", "1");
            environment.put("DOCKER_CERT_PATH", certificates.path());
        }
        return environment;
    }

    /** Under the names that docker looks for. */
    private static void writeCertificates(DockerServerCredentials credentials, PrivateFolder folder) {
        Secret secret = credentials.getClientKeySecret();
        String key = secret == null ? null : Util.fixEmptyAndTrim(secret.getPlainText());
        String certificate = credentials.getClientCertificate();
        String authority = credentials.getServerCaCertificate();
        if (key == null || certificate == null || authority == null) {
            throw new Failure("The credentials '" + credentials.getId() + "' lack a part: an engine on tcp:// needs the client's key, the client's"
                    + " certificate and the certificate of the authority that signed the engine's.");
        }
        folder.write("key.pem", key + "\n");
        folder.write("cert.pem", certificate + "\n");
        folder.write("ca.pem", authority + "\n");
    }

    /**
     * Makes commands find the Docker tool before any other docker.
     *
     * @param tool the name of an installation under <em>Manage Jenkins → Tools</em>; null: whatever is on the PATH
     * @return variables in the form of {@link EnvVars#override}, such as {@code PATH+DOCKER}
     */
    public static Map<String, String> ofTool(@CheckForNull String tool, Node node, TaskListener listener, EnvVars environment)
            throws IOException, InterruptedException {
        EnvVars variables = new EnvVars();
        if (tool != null) {
            DockerTool chosen = Arrays.stream(Jenkins.get().getDescriptorByType(DockerTool.DescriptorImpl.class).getInstallations())
                    .filter(installed -> installed.getName().equals(tool))
                    .findFirst()
                    .orElseThrow(() -> new Failure("There is no Docker tool '" + tool
                            + "': choose another one on the System page, or install it under Manage Jenkins, Tools."));
            chosen.forNode(node, listener).forEnvironment(environment).buildEnvVars(variables);
        }
        return variables;
    }
}
