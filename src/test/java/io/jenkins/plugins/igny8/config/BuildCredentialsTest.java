package io.jenkins.plugins.igny8.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Fingerprint;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build gets the credentials that it may use, and no word about any other. */
@WithJenkins
class BuildCredentialsTest {

    private static JenkinsRule jenkins;
    private static FreeStyleBuild outside;
    private static FreeStyleBuild inside;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        add(rule.jenkins, login("registry", "global"));
        add(rule.jenkins, new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "system", "", "ci", "of the system"));
        add(rule.jenkins, new StringCredentialsImpl(CredentialsScope.GLOBAL, "text", "", Secret.fromString("hidden")));
        add(rule.jenkins, file("env", "KEY=ñ\n".getBytes(UTF_8)));
        add(rule.jenkins, file("binary", new byte[] {(byte) 0xff, 0x00}));
        Folder folder = rule.createProject(Folder.class, "team");
        add(folder, login("registry", "of the folder"));
        add(folder, login("only-here", "of the folder"));
        Folder below = folder.createProject(Folder.class, "below");
        outside = rule.buildAndAssertSuccess(rule.createFreeStyleProject("outside"));
        inside = rule.buildAndAssertSuccess(below.createProject(FreeStyleProject.class, "inside"));
    }

    @AfterEach
    void everybodyMayEverything() {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        jenkins.jenkins.setAuthorizationStrategy(new hudson.security.AuthorizationStrategy.Unsecured());
    }

    private static UsernamePasswordCredentialsImpl login(String id, String password) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, "", "ci", password);
    }

    private static FileCredentialsImpl file(String id, byte[] content) {
        return new FileCredentialsImpl(CredentialsScope.GLOBAL, id, "", ".env", SecretBytes.fromBytes(content));
    }

    private static void add(ModelObject where, Credentials credentials) throws Exception {
        CredentialsProvider.lookupStores(where).iterator().next().addCredentials(Domain.global(), credentials);
    }

    @Test
    void folderComesFirstForTheJobsBelowIt() {
        assertEquals(new Login("ci", "global"), BuildCredentials.login(outside, "registry"));
        assertEquals(new Login("ci", "of the folder"), BuildCredentials.login(inside, "registry"));
        assertEquals(new Login("ci", "of the folder"), BuildCredentials.login(inside, "only-here"));
    }

    @Test
    void jobsOutsideLearnNothingOfAFoldersCredentials() {
        assertEquals(unknown("only-here"), failure(outside, "only-here"));
        assertEquals(unknown("nowhere"), failure(outside, "nowhere"));
        assertEquals(unknown("system"), failure(outside, "system"));
    }

    @Test
    void otherKindsSayWhichIsNeeded() {
        assertEquals(
                "The credentials 'text' are of kind 'Secret text', but a registry's login needs 'Username with password'.",
                failure(outside, "text"));
        String sentence = assertThrows(Failure.class, () -> BuildCredentials.secretFile(outside, "registry")).getMessage();
        assertEquals("The credentials 'registry' are of kind 'Username with password', but a file needs 'Secret file'.", sentence);
    }

    @Test
    void namesOfKindsAreThoseOnTheCredentialsPage() {
        assertTrue(CredentialKind.REGISTRY_LOGIN.need().contains("'" + displayName(UsernamePasswordCredentialsImpl.class) + "'"));
        assertTrue(CredentialKind.SECRET_FILE.need().contains("'" + displayName(FileCredentialsImpl.class) + "'"));
        assertTrue(CredentialKind.ENGINE_TLS.need().contains("'" + displayName(DockerServerCredentials.class) + "'"));
    }

    private static String displayName(Class<? extends Credentials> type) {
        return Jenkins.get().getDescriptorOrDie(type).getDisplayName();
    }

    @Test
    void secretFilesAreText() {
        assertEquals("KEY=ñ\n", BuildCredentials.secretFile(outside, "env"));
        String sentence = assertThrows(Failure.class, () -> BuildCredentials.secretFile(outside, "binary")).getMessage();
        assertEquals("The file of the credentials 'binary' is no text in UTF-8: save it as such and upload it anew.", sentence);
    }

    @Test
    void usesAreNoted() throws Exception {
        UsernamePasswordCredentialsImpl tracked = login("tracked", "x");
        FileCredentialsImpl file = file("tracked-file", new byte[0]);
        add(jenkins.jenkins, tracked);
        add(jenkins.jenkins, file);
        assertNull(CredentialsProvider.getFingerprintOf(tracked));
        BuildCredentials.login(inside, "tracked");
        BuildCredentials.secretFile(inside, "tracked-file");
        for (Credentials used : new Credentials[] {tracked, file}) {
            Fingerprint fingerprint = CredentialsProvider.getFingerprintOf(used);
            assertNotNull(fingerprint);
            assertEquals(List.of("team/below/inside"), List.copyOf(fingerprint.getJobs()));
        }
    }

    @Test
    void buildOfAUserWhoMayNotUseTheJobsCredentialsGetsNone() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, hudson.model.Computer.BUILD).everywhere().to("alice", "bob")
                .grant(CredentialsProvider.USE_ITEM).everywhere().to("alice"));
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(new MockQueueItemAuthenticator()
                .authenticate("outside", User.getById("bob", true).impersonate2())
                .authenticate("team/below/inside", User.getById("alice", true).impersonate2()));
        assertEquals(unknown("registry"), failure(outside, "registry"));
        assertEquals(unknown("text"), failure(outside, "text"));
        assertEquals("of the folder", BuildCredentials.login(inside, "registry").password());
    }

    @Test
    void engineGetsTheCertificatesThatTheBuildMayUse() throws Exception {
        DockerServerCredentials tls =
                new DockerServerCredentials(CredentialsScope.GLOBAL, "tls", "", Secret.fromString("the key"), "the certificate", "the authority");
        add(jenkins.jenkins.getItem("team"), tls);
        Engine engine = new Engine("production", "tcp://docker.example.com:2376");
        engine.setCredentialsId("tls");
        try (NodeHost host = NodeHost.of(jenkins.jenkins, null);
                PrivateFolder folder = host.privateFolder()) {
            assertEquals(
                    Map.of(
                            "DOCKER_HOST", "tcp://docker.example.com:2376",
                            "DOCKER_TLS", "",
                            "DOCKER_TLS_VERIFY", "1",
                            "DOCKER_CERT_PATH", folder.path()),
                    EngineEnvironment.of(engine, inside, folder));
            assertEquals(List.of("ca.pem", "cert.pem", "key.pem"), folder.files(""));
            assertEquals("the key\n", folder.read("key.pem"));
            assertEquals(List.of("team/below/inside"), List.copyOf(CredentialsProvider.getFingerprintOf(tls).getJobs()));
            assertEquals(unknown("tls"), assertThrows(Failure.class, () -> EngineEnvironment.of(engine, outside, folder)).getMessage());
            assertThrows(Failure.class, () -> EngineEnvironment.of(engine, null, folder));
            // What the node's user has set for another engine does not count.
            assertEquals(
                    Map.of("DOCKER_HOST", "unix:///run/docker.sock", "DOCKER_TLS", "", "DOCKER_TLS_VERIFY", "", "DOCKER_CERT_PATH", ""),
                    EngineEnvironment.of(new Engine("here", "unix:///run/docker.sock"), outside, folder));
        }
    }

    private static String unknown(String id) {
        return "There are no credentials '" + id
                + "' that this build may use: check the ID, and that they are of scope Global and stored in Jenkins or in a folder above the job.";
    }

    private static String failure(FreeStyleBuild build, String id) {
        return assertThrows(Failure.class, () -> BuildCredentials.login(build, id)).getMessage();
    }
}
