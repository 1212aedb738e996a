package io.jenkins.plugins.igny8.runner.steps;

import io.jenkins.plugins.igny8.host.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What JUnit XML files say, counted test by test: the totals in them are often wrong. */
final class JUnitResults {

    private final List<String> failures = new ArrayList<>();
    private int files;
    private int total;
    private int skipped;

    void read(Path file) {
        files++;
        NodeList tests = parse(file).getElementsByTagName("testcase");
        for (int i = 0; i < tests.getLength(); i++) {
            Element test = (Element) tests.item(i);
            total++;
            if (has(test, "failure") || has(test, "error")) {
                failures.add(test.getAttribute("classname") + "." + test.getAttribute("name"));
            } else if (has(test, "skipped")) {
                skipped++;
            }
        }
    }

    private static boolean has(Element test, String name) {
        return test.getElementsByTagName(name).getLength() > 0;
    }

    private static Element parse(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            // A report comes from the code under test: it must not make the runner read other files.
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(file.toFile()).getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new Failure("the test report " + file + " is no readable XML: " + e.getMessage());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    int files() {
        return files;
    }

    int total() {
        return total;
    }

    int skipped() {
        return skipped;
    }

    List<String> failures() {
        return failures;
    }

    /** With the names that Jenkins' step gives. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("totalCount", total);
        summary.put("failCount", failures.size());
        summary.put("skipCount", skipped);
        summary.put("passCount", total - failures.size() - skipped);
        return summary;
    }
}
