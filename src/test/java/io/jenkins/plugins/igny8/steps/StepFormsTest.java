package io.jenkins.plugins.igny8.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.igny8.config.Engine;
import io.jenkins.plugins.igny8.config.Igny8Configuration;
import io.jenkins.plugins.igny8.freestyle.Igny8Builder;
import io.jenkins.plugins.igny8.jenkins.Igny8BlockStep;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import java.lang.reflect.ParameterizedType;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The one form that serves all steps, in a real page: a freestyle job with one of each. */
@WithJenkins
class StepFormsTest {

    private static final long SCRIPT_MILLIS = 10_000;

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void samplesMissNoStepAndNoParameter() {
        Set<Class<?>> all = ExtensionList.lookup(Igny8Step.Descriptor.class).stream()
                .map(descriptor -> descriptor.clazz)
                .filter(type -> type.getPackage().equals(Samples.class.getPackage()))
                .collect(Collectors.toSet());
        Set<Class<?>> offered = new Igny8Builder.DescriptorImpl().getSteps().stream().map(descriptor -> descriptor.clazz).collect(Collectors.toSet());
        offered.retainAll(all);
        assertEquals(offered, types(Samples.full()));
        assertEquals(offered, types(Samples.empty()));
        assertEquals(all, Stream.concat(offered.stream(), types(Samples.blocks()).stream()).collect(Collectors.toSet()));
        for (Igny8Step step : Stream.concat(Samples.full().stream(), Samples.blocks().stream()).toList()) {
            assertEquals(parameters(step.getClass()), DescribableModel.uninstantiate2_(step).getArguments().keySet(), step.getClass().getName());
        }
    }

    private static Set<Class<?>> types(List<? extends Igny8Step> steps) {
        return steps.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    @Test
    void savingTheFormChangesNothing() throws Exception {
        // In a job each: a real Jenkins takes 10,000 values of one form, the one of these tests 1000.
        for (List<Igny8Step> steps : List.of(Samples.full(), Samples.empty())) {
            FreeStyleProject job = job(steps);
            jenkins.configRoundtrip(job);
            List<Igny8Builder> saved = job.getBuildersList().getAll(Igny8Builder.class);
            assertEquals(steps.size(), saved.size());
            for (int i = 0; i < steps.size(); i++) {
                assertEquals(Jenkins.XSTREAM2.toXML(steps.get(i)), Jenkins.XSTREAM2.toXML(saved.get(i).getStep()));
            }
        }
    }

    @Test
    void everyParameterIsAFieldWithLabelAndHelp() throws Exception {
        HtmlPage page = page(job(Samples.full()));
        List<DomElement> builders = builders(page);
        assertEquals(Samples.full().size(), builders.size());
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < builders.size(); i++) {
            Class<?> type = Samples.full().get(i).getClass();
            Set<String> shown = new TreeSet<>();
            for (DomElement control : controls(builders.get(i))) {
                String name = control.getAttribute("name").replaceFirst("^_\\.", "");
                shown.add(name);
                DomElement item = control.getFirstByXPath("ancestor::div[contains(concat(' ', @class, ' '), ' jenkins-form-item ')][1]");
                if (label(item).isBlank()) {
                    bare.add(type.getSimpleName() + "." + name + " has no label");
                }
                if (item.getFirstByXPath(".//*[contains(@class, 'jenkins-help-button')]") == null) {
                    bare.add(type.getSimpleName() + "." + name + " has no help");
                }
            }
            assertEquals(withNested(type), shown, type.getSimpleName());
        }
        assertEquals(List.of(), bare);
    }

    @Test
    void anEmptyFieldShowsWhatHoldsThen() throws Exception {
        HtmlPage page = page(job(List.of(new ComposeUpStep(), new PushStep(), new LogsStep())));
        List<DomElement> builders = builders(page);
        DomElement project = builders.get(0).getFirstByXPath(".//input[@name='_.project']");
        assertEquals("", project.getAttribute("value"));
        assertEquals("what an administrator set, else igny8-app", project.getAttribute("placeholder"));
        DomElement deadline = builders.get(0).getFirstByXPath(".//input[@name='_.deadline']");
        assertEquals("what an administrator set, else 300", deadline.getAttribute("placeholder"));
        DomElement lines = builders.get(2).getFirstByXPath(".//input[@name='_.lines']");
        assertEquals("10000", lines.getAttribute("placeholder"));
        String text = page.getBody().asNormalizedText();
        assertTrue(text.contains("One per line. Default: what an administrator set, else docker-compose.app.yml."), text);
        assertTrue(text.contains("Default: those that earlier steps of this build made."), text);
        assertTrue(text.contains("else <branch>-<build number>."), text);
        assertTrue(text.contains("Deadline (seconds)"), text);
    }

    @Test
    void checksAnswerOnlyThoseWhoMayFillInTheForm() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        Igny8Configuration.get().setEngines(List.of(new Engine("production", "unix:///var/run/docker.sock")));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE).everywhere().to("author")
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader"));
        try {
            Map<String, String> wrong = Map.of(
                    "ComposeUpStep/checkDeadline?value=0", "Give the longest time to wait, in seconds above 0.",
                    "PushStep/checkRegistry?value=https://example.org", "is not a valid registry",
                    "PushStep/checkNamespace?value=Team", "is not a valid namespace",
                    "Igny8Image/checkName?value=Not%20a%20name", "is not a valid image reference",
                    "Igny8Probe/checkUrl?value=ftp://example.org", "Give http://host[:port]/path",
                    "BuildStep/fillEngineItems", "production");
            for (Map.Entry<String, String> check : wrong.entrySet()) {
                assertTrue(post(job, "author", check.getKey()).contains(check.getValue()), check + ": " + post(job, "author", check.getKey()));
                assertFalse(post(job, "reader", check.getKey()).contains(check.getValue()), check.getKey());
            }
            for (String right : List.of(
                    "ComposeUpStep/checkDeadline?value=60",
                    "ComposeUpStep/checkDeadline?value=",
                    "PushStep/checkRegistry?value=$REGISTRY",
                    "Igny8Image/checkName?value=team/app:1.2",
                    "Igny8Probe/checkUrl?value=https://example.org/health")) {
                assertFalse(post(job, "author", right).contains("class=error"), right);
            }
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        }
    }

    private static String post(FreeStyleProject job, String user, String check) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false).login(user);
        URL url = new URL(jenkins.getURL(), job.getUrl() + "descriptorByName/io.jenkins.plugins.igny8.steps." + check);
        assertEquals(404, client.getPage(url).getWebResponse().getStatusCode(), "GET " + url);
        WebResponse answer = client.getPage(client.addCrumb(new WebRequest(url, HttpMethod.POST))).getWebResponse();
        assertEquals(200, answer.getStatusCode(), "POST " + url);
        return answer.getContentAsString();
    }

    @Test
    void theSnippetGeneratorWritesWhatWasFilledInAndNothingElse() throws Exception {
        HtmlPage page = jenkins.createWebClient().getPage(jenkins.createProject(WorkflowJob.class), "pipeline-syntax/");
        HtmlSelect steps = page.getFirstByXPath("//select[contains(@class, 'dropdownList')]");
        HtmlOption composeUp = steps.getOptions().stream().filter(option -> option.getText().startsWith("igny8ComposeUp:")).findFirst().orElseThrow();
        assertEquals("igny8ComposeUp: IGNY8: compose up", composeUp.getText());
        steps.setSelectedAttribute(composeUp, true);
        page.getWebClient().waitForBackgroundJavaScript(SCRIPT_MILLIS);

        assertEquals("igny8ComposeUp()", generated(page));

        page.<HtmlInput>getFirstByXPath("//input[@name='_.project']").setValue("it's");
        page.<HtmlTextArea>getFirstByXPath("//textarea[@name='_.services']").setText("web\n\nworker\n");
        page.<HtmlInput>getFirstByXPath("//input[@name='_.deadline']").setValue("60");
        page.<HtmlInput>getFirstByXPath("//input[@name='_.removeOrphans']").setChecked(true);
        assertEquals("igny8ComposeUp deadline: 60, project: 'it\\'s', removeOrphans: true, services: ['web', 'worker']", generated(page));
    }

    @Test
    void aBlockStepHasItsFormInTheSnippetGeneratorOnly() throws Exception {
        HtmlPage page = jenkins.createWebClient().getPage(jenkins.createProject(WorkflowJob.class), "pipeline-syntax/");
        HtmlSelect steps = page.getFirstByXPath("//select[contains(@class, 'dropdownList')]");
        steps.setSelectedAttribute(steps.getOptions().stream().filter(option -> option.getText().startsWith("igny8Lock:")).findFirst().orElseThrow(), true);
        page.getWebClient().waitForBackgroundJavaScript(SCRIPT_MILLIS);
        assertEquals("igny8Lock {\n    // some block\n}", generated(page));
        page.<HtmlInput>getFirstByXPath("//input[@name='_.project']").setValue("shop");
        page.<HtmlInput>getFirstByXPath("//input[@name='_.wait']").setValue("35");
        page.<HtmlInput>getFirstByXPath("//input[@name='_.takeOver']").setChecked(true);
        assertEquals("igny8Lock(project: 'shop', takeOver: true, wait: 35) {\n    // some block\n}", generated(page));
        assertEquals("900", page.<HtmlInput>getFirstByXPath("//input[@name='_.wait']").getAttribute("placeholder"));
        for (Igny8BlockStep step : Samples.blocks()) {
            assertTrue(step.getDescriptor().takesImplicitBlockArgument(), step.toString());
        }
    }

    private static String generated(HtmlPage page) throws Exception {
        page.getElementById("generatePipelineScript").click();
        page.getWebClient().waitForBackgroundJavaScript(SCRIPT_MILLIS);
        return ((HtmlTextArea) page.getElementById("prototypeText")).getText().trim();
    }

    private static FreeStyleProject job(List<Igny8Step> steps) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        for (Igny8Step step : steps) {
            job.getBuildersList().add(new Igny8Builder(step));
        }
        return job;
    }

    private static HtmlPage page(FreeStyleProject job) throws Exception {
        return jenkins.createWebClient().getPage(job, "configure");
    }

    private static List<DomElement> builders(HtmlPage page) {
        return page.getByXPath("//div[@name='builder'][@descriptorid='" + Igny8Builder.class.getName() + "']");
    }

    /** All that takes a value, in nested forms too; the copies from which new ones are made left out. */
    private static List<DomElement> controls(DomElement builder) {
        return builder.getByXPath(".//*[(self::input or self::textarea or self::select) and starts-with(@name, '_.')"
                + " or contains(concat(' ', @class, ' '), ' repeated-chunk ') and @name]"
                + "[not(ancestor-or-self::*[contains(@class, 'to-be-removed')])]");
    }

    private static String label(DomElement item) {
        DomElement label = item.getFirstByXPath("./div[contains(@class, 'jenkins-form-label')] | .//span[@class='jenkins-checkbox']/label");
        return label == null ? "" : label.asNormalizedText();
    }

    private static Set<String> parameters(Class<?> type) {
        return DescribableModel.of(type).getParameters().stream().map(DescribableParameter::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> withNested(Class<?> type) {
        Set<String> names = parameters(type);
        for (DescribableParameter parameter : DescribableModel.of(type).getParameters()) {
            if (parameter.getRawType() instanceof ParameterizedType list && list.getActualTypeArguments()[0] != String.class) {
                names.addAll(parameters((Class<?>) list.getActualTypeArguments()[0]));
            }
        }
        return names;
    }
}
