package io.jenkins.plugins.igny8.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.net.httpserver.HttpServer;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.operation.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.docker.commons.tools.DockerTool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What an administrator types on the System page arrives, stays, and can be taken away again. */
@WithJenkins
class Igny8ConfigurationTest {

    private static JenkinsRule jenkins;
    private static Igny8Configuration configuration;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        configuration = Igny8Configuration.get();
        var credentials = SystemCredentialsProvider.getInstance().getCredentials();
        credentials.add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "registry", "", "ci", "secret"));
        credentials.add(new DockerServerCredentials(CredentialsScope.GLOBAL, "tls", "", Secret.fromString("key"), "certificate", "authority"));
        SystemCredentialsProvider.getInstance().save();
    }

    @BeforeEach
    void empty() {
        configuration.setRegistries(null);
        configuration.setEngines(null);
        configuration.setDockerTool(null);
        configuration.setProject(null);
        configuration.setComposeFile(null);
        configuration.setUpDeadline(null);
        configuration.setHealthyDeadline(null);
        configuration.setMigrateDeadline(null);
        configuration.setKeepImages(null);
    }

    private void fill() {
        Jenkins.get().getDescriptorByType(DockerTool.DescriptorImpl.class).setInstallations(new DockerTool("docker 28", "/opt/docker", List.of()));
        Registry first = new Registry("registry.example.com:5000");
        first.setNamespace("team/project");
        first.setCredentialsId("registry");
        configuration.setRegistries(List.of(first, new Registry("")));
        Engine engine = new Engine("production", "tcp://docker.example.com:2376");
        engine.setCredentialsId("tls");
        configuration.setEngines(List.of(engine, new Engine("here", "unix:///var/run/docker.sock")));
        configuration.setDockerTool("docker 28");
        configuration.setProject("shop");
        configuration.setComposeFile("deploy/compose.yml");
        configuration.setUpDeadline(11);
        configuration.setHealthyDeadline(12);
        configuration.setMigrateDeadline(13);
        configuration.setKeepImages(14);
    }

    /** Everything there is, field by field, in words of this test. */
    private static String all(Igny8Configuration of) {
        StringBuilder all = new StringBuilder();
        of.getRegistries().forEach(one -> all.append(line(one.getUrl(), one.getNamespace(), one.getCredentialsId())).append('\n'));
        of.getEngines().forEach(one -> all.append(line(one.getName(), one.getUri(), one.getCredentialsId())).append('\n'));
        return all + line(
                of.getDockerTool(),
                of.getProject(),
                of.getComposeFile(),
                of.getUpDeadline(),
                of.getHealthyDeadline(),
                of.getMigrateDeadline(),
                of.getKeepImages());
    }

    private static String line(Object... values) {
        return String.join(" ", Stream.of(values).map(String::valueOf).toList());
    }

    private static final String FILLED = """
            registry.example.com:5000 team/project registry
            null null null
            production tcp://docker.example.com:2376 tls
            here unix:///var/run/docker.sock null
            docker 28 shop deploy/compose.yml 11 12 13 14""";

    @Test
    void savingThePageUnchangedChangesNothing() throws Exception {
        fill();
        jenkins.configRoundtrip();
        assertEquals(FILLED, all(configuration));
    }

    @Test
    void whatIsSetIsThereAfterARestart() {
        fill();
        assertEquals(FILLED, all(new Igny8Configuration()));
    }

    @Test
    void whatIsTypedArrivesAndEmptyFieldsShowWhatHoldsThen() throws Exception {
        HtmlForm form = form();
        Settings documented = Settings.documented();
        assertEquals("igny8-app", input(form, "_.project").getPlaceholder());
        assertEquals("docker-compose.app.yml", input(form, "_.composeFile").getPlaceholder());
        assertEquals(String.valueOf(documented.upDeadline()), input(form, "_.upDeadline").getPlaceholder());
        assertEquals(String.valueOf(documented.healthyDeadline()), input(form, "_.healthyDeadline").getPlaceholder());
        assertEquals(String.valueOf(documented.migrateDeadline()), input(form, "_.migrateDeadline").getPlaceholder());
        assertEquals(String.valueOf(documented.keepImages()), input(form, "_.keepImages").getPlaceholder());
        button(form, "Add registry").click();
        HttpServer website = website();
        String address = "127.0.0.1:" + website.getAddress().getPort();
        input(form, "_.url").setValue(address);
        assertTrue(press(form, "Test registry").contains("What answers at " + address + " is no registry (HTTP status 404"));
        website.stop(0);
        button(form, "Add engine").click();
        input(form, "_.name").setValue("there");
        input(form, "_.uri").setValue("http://127.0.0.1:2375");
        assertTrue(press(form, "Test engine").contains("'http://127.0.0.1:2375' is no engine's address"));
        input(form, "_.uri").setValue("ssh://ci@docker.example.com");
        input(form, "_.url").setValue(" https://registry.example.com/ ");
        input(form, "_.namespace").setValue(" team ");
        input(form, "_.healthyDeadline").setValue("42");
        input(form, "_.project").setValue("shop");
        jenkins.submit(form);
        assertEquals("registry.example.com team null\nthere ssh://ci@docker.example.com null\nnull shop null null 42 null null", all(configuration));
    }

    @Test
    void whatIsTakenAwayIsGone() throws Exception {
        fill();
        HtmlForm form = form();
        for (String list : List.of("registries", "engines")) {
            List<HtmlElement> deletes = form.getByXPath(
                    ".//div[@name='" + list + "']//button[contains(@class, 'repeatable-delete')]");
            assertEquals(2, deletes.size(), list);
            for (HtmlElement delete : deletes) {
                delete.click();
            }
        }
        form.getPage().getEnclosingWindow().getJobManager().waitForJobs(3000);
        for (String field : List.of("project", "composeFile", "upDeadline", "healthyDeadline", "migrateDeadline", "keepImages")) {
            input(form, "_." + field).setValue("");
        }
        jenkins.submit(form);
        assertEquals("docker 28 null null null null null null", all(configuration));
        assertEquals("docker 28 null null null null null null", all(new Igny8Configuration()));
    }

    @Test
    void stepsGetWhatIsSetElseWhatIsDocumented() {
        assertEquals(Settings.documented(), configuration.settings());
        fill();
        assertEquals(
                new Settings(
                        "shop",
                        List.of("deploy/compose.yml"),
                        11,
                        12,
                        13,
                        14,
                        List.of(
                                new Settings.Registry("registry.example.com:5000", "team/project", "registry"),
                                new Settings.Registry("", null, null))),
                configuration.settings());
    }

    @Test
    void enginesAreFoundByName() {
        assertEquals(
                "There is no engine 'x': an administrator names engines under Manage Jenkins, System.",
                assertThrows(Failure.class, () -> configuration.engine("x")).getMessage());
        fill();
        assertEquals("unix:///var/run/docker.sock", configuration.engine("here").getUri());
        String sentence = assertThrows(Failure.class, () -> configuration.engine("x")).getMessage();
        assertTrue(sentence.endsWith("(there are: production, here)."), sentence);
    }

    @Test
    void chosenToolStaysSelectableWhenItIsGone() {
        fill();
        assertEquals("[docker on the PATH=, docker 28=docker 28, gone=gone]", configuration.doFillDockerToolItems("gone").toString());
        assertEquals("[docker on the PATH=, docker 28=docker 28]", configuration.doFillDockerToolItems("docker 28").toString());
        configuration.setDockerTool(" ");
        assertNull(configuration.getDockerTool());
    }

    @Test
    void fieldsSayWhatIsWrong() {
        var fields = jenkins.jenkins.getDescriptorByType(Registry.DescriptorImpl.class);
        assertTrue(message(fields.doCheckUrl("http://registry.example.com")).contains("is not a valid registry"));
        assertTrue(message(fields.doCheckUrl("team")).contains("Docker Hub"));
        assertNull(fields.doCheckUrl("https://registry.example.com:5000/").getMessage());
        assertNull(fields.doCheckUrl("").getMessage());
        assertTrue(message(fields.doCheckNamespace("Team")).contains("is not a valid namespace"));
        assertNull(fields.doCheckNamespace("team/project").getMessage());
        assertTrue(message(configuration.doCheckUpDeadline("0")).contains("'0' is no time limit"));
        assertTrue(message(configuration.doCheckUpDeadline("1.5")).contains("whole seconds"));
        assertNull(configuration.doCheckUpDeadline("").getMessage());
        assertNull(configuration.doCheckUpDeadline("600").getMessage());
        var engines = jenkins.jenkins.getDescriptorByType(Engine.DescriptorImpl.class);
        for (String good : List.of(
                "unix:///var/run/docker.sock", "tcp://docker.example.com:2376", "ssh://ci@docker.example.com", "ssh://docker:2222")) {
            assertNull(engines.doCheckUri(good, "").getMessage(), good);
        }
        for (String bad : List.of("", "/var/run/docker.sock", "http://x:1", "tcp://x", "unix://x", "ssh://", "ssh://a@b@c")) {
            assertTrue(message(engines.doCheckUri(bad, "")).contains("is no engine's address"), bad);
        }
        assertTrue(message(engines.doCheckUri("unix:///x", "tls")).startsWith("Only an engine on tcp:// takes credentials"));
        assertTrue(message(engines.doCheckName(" ")).startsWith("Give the engine a name"));
    }

    /** As the page shows it. */
    private static String message(FormValidation validation) {
        return validation.getMessage() == null ? "" : validation.getMessage().replace("&#039;", "'");
    }

    private static HttpServer website() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** What the page shows beside a test button once it was pressed. */
    private static String press(HtmlForm form, String text) throws Exception {
        HtmlButton button = button(form, text);
        button.click();
        form.getPage().getEnclosingWindow().getJobManager().waitForJobs(20000);
        return ((HtmlElement) button.getParentNode()).getTextContent();
    }

    private static HtmlForm form() throws Exception {
        return jenkins.createWebClient().goTo("manage/configure").getFormByName("config");
    }

    private static HtmlInput input(HtmlForm form, String name) {
        List<HtmlInput> inputs = form.getByXPath(
                ".//*[contains(@class, 'jenkins-section') and .//*[contains(@class, 'jenkins-section__title')"
                        + " and contains(., 'IGNY8 Pipeline')]]//input[@name='" + name + "']");
        assertEquals(1, inputs.size(), name);
        return inputs.get(0);
    }

    private static HtmlButton button(HtmlForm form, String text) {
        return form.getFirstByXPath(".//button[normalize-space(.)='" + text + "']");
    }
}
