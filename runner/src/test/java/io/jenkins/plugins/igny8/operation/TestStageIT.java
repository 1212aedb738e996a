package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Document;

/** The example's {@code Jenkinsfile.tests}, twice at once on one engine: its reports are read as XML, and the engine by docker. */
@Tag("engine")
class TestStageIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @RegisterExtension
    final RealEngine engine = new RealEngine();

    @AfterEach
    void removeWhatACutRunLeft() {
        for (String of : new String[] {"good", "bad"}) {
            engine.removeProject(engine.project + "-" + of + "-1");
        }
    }

    private Process start(String name, String addedTest) throws Exception {
        Path workspace = Files.createDirectory(engine.workspace.resolve(name));
        assertEquals(0, new ProcessBuilder(ROOT + "/examples/igny8/releases/lay", "r1", workspace.toString()).inheritIO().start().waitFor());
        Files.writeString(workspace.resolve("backend/tests/test_added.py"), addedTest);
        return new ProcessBuilder(ROOT + "/bin/run", ROOT + "/examples/igny8/Jenkinsfile.tests", "--workspace", workspace.toString(), "--json", workspace + "/account.json",
                        "-p", "BASE=" + RealEngine.BASE, "-p", "PROJECT=" + engine.project + "-" + name)
                .redirectErrorStream(true)
                .redirectOutput(workspace.resolve("console").toFile())
                .start();
    }

    private String console(String name) throws IOException {
        return Files.readString(engine.workspace.resolve(name).resolve("console"));
    }

    private Map<String, String> stages(String name) throws IOException {
        return StreamSupport.stream(new ObjectMapper().readTree(engine.workspace.resolve(name).resolve("account.json").toFile()).path("stages").spliterator(), false)
                .collect(Collectors.toMap(stage -> stage.path("name").asText(), stage -> stage.path("result").asText()));
    }

    /** A number that XPath finds in a report of a branch. */
    private double read(String name, String report, String expression) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        // Cobertura's document type lies on the net.
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(engine.workspace.resolve(name).resolve("test-results").resolve(report).toFile());
        return Double.parseDouble(XPathFactory.newInstance().newXPath().evaluate(expression, document));
    }

    private void nothingIsLeft(String name) {
        String project = engine.project + "-" + name + "-1";
        String label = "--filter label=com.docker.compose.project=" + project;
        assertEquals("", engine.docker("ps -aq " + label) + engine.docker("volume ls -q " + label) + engine.docker("network ls -q " + label));
        assertEquals("", engine.docker("ps -aq --filter label=io.jenkins.plugins.igny8.test --filter network=" + project));
    }

    @Test
    void eachBuildHasItsOwnInfraAndAllReportsComeOut() throws Exception {
        Process good = start("good", "def test_of_this_build():\n    pass\n");
        Process bad = start("bad", "def test_of_this_build():\n    assert 'what is' == 'what should be'\n");
        assertEquals(0, good.waitFor(), console("good"));
        assertEquals(1, bad.waitFor(), console("bad"));

        assertEquals(Map.of("Build", "SUCCESS", "Infra", "SUCCESS", "Tests", "SUCCESS", "Plain", "SUCCESS", "Content", "SUCCESS", "Status", "SUCCESS",
                "Declarative: Post Actions", "SUCCESS"), stages("good"));
        Map<String, String> failed = stages("bad");
        assertEquals("FAILURE SUCCESS SUCCESS", failed.get("Plain") + " " + failed.get("Content") + " " + failed.get("Status"), failed.toString());

        for (String name : new String[] {"good", "bad"}) {
            assertEquals(4, read(name, "content/junit.xml", "count(//testcase)"));
            assertEquals(5, read(name, "status/junit.xml", "count(//testcase)"));
            assertEquals(3, read(name, "plain/junit.xml", "count(//testcase)"));
            assertEquals(name.equals("bad") ? 1 : 0, read(name, "plain/junit.xml", "count(//failure)"));
            String views = "number(//class[@filename='%s']/@line-rate)";
            assertTrue(read(name, "content/coverage.xml", views.formatted("content/views.py")) > read(name, "plain/coverage.xml", views.formatted("content/views.py")),
                    "only the tests of the content run its views");
            nothingIsLeft(name);
        }
        assertTrue(console("bad").contains("what should be"), console("bad"));
    }
}
