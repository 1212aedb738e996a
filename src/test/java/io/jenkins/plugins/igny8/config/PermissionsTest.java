package io.jenkins.plugins.igny8.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.net.httpserver.HttpServer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an administrator, somebody who configures a job, and somebody who only looks get to see and may do. */
@WithJenkins
class PermissionsTest {

    private static final String REGISTRY = "descriptorByName/io.jenkins.plugins.igny8.config.Registry/";
    private static final String ENGINE = "descriptorByName/io.jenkins.plugins.igny8.config.Engine/";
    private static final String SETTINGS = "descriptorByName/io.jenkins.plugins.igny8.config.Igny8Configuration/";

    private static JenkinsRule jenkins;
    private static FreeStyleProject job;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        var store = CredentialsProvider.lookupStores(rule.jenkins).iterator().next();
        store.addCredentials(Domain.global(), new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", "", "ci", "canary"));
        store.addCredentials(Domain.global(), new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "of-system", "", "ci", "canary"));
        store.addCredentials(Domain.global(), new FileCredentialsImpl(CredentialsScope.GLOBAL, "file", "", "f", SecretBytes.fromBytes(new byte[0])));
        store.addCredentials(Domain.global(), new DockerServerCredentials(CredentialsScope.GLOBAL, "tls", "", Secret.fromString("k"), "c", "a"));
        Folder folder = rule.createProject(Folder.class, "team");
        CredentialsProvider.lookupStores(folder).iterator().next()
                .addCredentials(Domain.global(), new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "of-team", "", "ci", "canary"));
        job = folder.createProject(FreeStyleProject.class, "job");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER).everywhere().to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ).everywhere().to("developer")
                .grant(Jenkins.READ, Item.READ, Item.BUILD).everywhere().to("visitor"));
    }

    private static String ids(String user, Supplier<ListBoxModel> choices) {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            return String.join(" ", choices.get().stream().map(option -> option.value.isEmpty() ? "-" : option.value).sorted().toList());
        }
    }

    @Test
    void dropDownsOfASystemPageAreForAdministrators() {
        assertEquals("- login", ids("admin", () -> CredentialChoices.registryLogins(null, "")));
        assertEquals("- login set", ids("admin", () -> CredentialChoices.registryLogins(null, "set")));
        assertEquals("- tls", ids("admin", () -> CredentialChoices.serverCredentials(null, null)));
        for (String user : List.of("developer", "visitor")) {
            assertEquals("set", ids(user, () -> CredentialChoices.registryLogins(null, "set")), user);
            assertEquals("set", ids(user, () -> CredentialChoices.serverCredentials(null, "set")), user);
        }
    }

    @Test
    void dropDownsOfAJobAreForThoseWhoMayConfigureIt() {
        for (String user : List.of("admin", "developer")) {
            assertEquals("- login of-team", ids(user, () -> CredentialChoices.registryLogins(job, "")), user);
            assertEquals("- file", ids(user, () -> CredentialChoices.secretFiles(job, "")), user);
        }
        assertEquals("set", ids("visitor", () -> CredentialChoices.registryLogins(job, "set")));
        assertEquals("set", ids("visitor", () -> CredentialChoices.secretFiles(job, "set")));
    }

    @Test
    void checksTellNothingToOthers() {
        try (ACLContext as = ACL.as2(User.getById("developer", true).impersonate2())) {
            assertTrue(check(job, "nowhere").getMessage().contains("no credentials &#039;nowhere&#039;"));
            assertTrue(check(job, "file").getMessage().contains("&#039;Username with password&#039;"));
            assertEquals(FormValidation.Kind.OK, check(job, "of-team").kind);
            assertEquals(FormValidation.Kind.OK, check(job, "${LOGIN}").kind);
            assertEquals(FormValidation.Kind.OK, check(null, "nowhere").kind);
        }
        try (ACLContext as = ACL.as2(User.getById("visitor", true).impersonate2())) {
            assertEquals(FormValidation.Kind.OK, check(job, "nowhere").kind);
        }
        try (ACLContext as = ACL.as2(User.getById("admin", true).impersonate2())) {
            assertEquals(FormValidation.Kind.WARNING, check(null, "of-system").kind);
        }
    }

    private static FormValidation check(Item item, String id) {
        return CredentialChoices.check(item, id, CredentialKind.REGISTRY_LOGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        REGISTRY + "fillCredentialsIdItems", REGISTRY + "checkCredentialsId?value=x", REGISTRY + "checkUrl?value=x", REGISTRY + "checkNamespace?value=x",
        REGISTRY + "testRegistry?url=127.0.0.1:1&credentialsId=", ENGINE + "fillCredentialsIdItems", ENGINE + "fillTestNodeItems",
        ENGINE + "checkCredentialsId?value=x", ENGINE + "checkName?value=x", ENGINE + "checkUri?value=x&credentialsId=",
        ENGINE + "testEngine?uri=tcp://127.0.0.1:1&credentialsId=&testNode=", SETTINGS + "fillDockerToolItems", SETTINGS + "checkUpDeadline?value=x",
        SETTINGS + "checkHealthyDeadline?value=x", SETTINGS + "checkMigrateDeadline?value=x",
        SETTINGS + "checkKeepImages?value=x"
    })
    void everyEndpointWantsAPost(String path) throws Exception {
        int get = status("admin", HttpMethod.GET, path);
        assertTrue(get == 404 || get == 405, path + ": " + get);
        assertEquals(200, status("admin", HttpMethod.POST, path), path);
    }

    @Test
    void buttonsAreForAdministrators() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "127.0.0.1:" + server.getAddress().getPort();
            for (String user : List.of("developer", "visitor")) {
                assertEquals(403, status(user, HttpMethod.POST, REGISTRY + "testRegistry?url=" + address + "&credentialsId=login"), user);
                assertEquals(403, status(user, HttpMethod.POST, ENGINE + "testEngine?uri=tcp://" + address + "&credentialsId=&testNode="), user);
            }
            assertEquals(0, asked.get());
            String answer = text("admin", REGISTRY + "testRegistry?url=" + address + "&credentialsId=login");
            assertTrue(answer.contains("What answers at " + address + " is no registry"), answer);
            assertEquals(1, asked.get());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void buttonsSayWhatIsWrong() throws Exception {
        String nowhere = text("admin", REGISTRY + "testRegistry?url=&credentialsId=nowhere");
        assertTrue(nowhere.contains("There are no credentials &#039;nowhere&#039; that builds may use"), nowhere);
        assertTrue(text("admin", REGISTRY + "testRegistry?url=&credentialsId=of-system").contains("There are no credentials &#039;of-system&#039;"));
        assertTrue(text("admin", REGISTRY + "testRegistry?url=&credentialsId=file").contains("are of kind &#039;Secret file&#039;"));
        String unknown = text("admin", ENGINE + "testEngine?uri=tcp://127.0.0.1:1&credentialsId=&testNode=gone");
        assertTrue(unknown.contains("There is no node &#039;gone&#039; any more"), unknown);
        assertTrue(text("admin", ENGINE + "testEngine?uri=x&credentialsId=&testNode=").contains("is no engine&#039;s address"));
    }

    @Test
    void othersDoNotSeeTheSection() throws Exception {
        JenkinsRule.WebClient client = client("developer");
        assertEquals(403, client.goTo("manage/configure", null).getWebResponse().getStatusCode());
        assertFalse(text("visitor", SETTINGS + "fillDockerToolItems?dockerTool=set").contains("docker 28"));
    }

    private static JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        client.setJavaScriptEnabled(false);
        return client.login(user);
    }

    private static int status(String user, HttpMethod method, String path) throws Exception {
        return page(user, method, path).getWebResponse().getStatusCode();
    }

    private static String text(String user, String path) throws Exception {
        return page(user, HttpMethod.POST, path).getWebResponse().getContentAsString();
    }

    private static Page page(String user, HttpMethod method, String path) throws Exception {
        JenkinsRule.WebClient client = client(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
        return client.getPage(method == HttpMethod.POST ? client.addCrumb(request) : request);
    }
}
