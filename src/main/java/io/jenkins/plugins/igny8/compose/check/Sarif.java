package io.jenkins.plugins.igny8.compose.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.igny8.docker.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Findings as a SARIF 2.1.0 file, which code hosts and the Warnings plugin read. */
public final class Sarif {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private Sarif() {}

    /** @param findings places in them are relative to the folder that the reader calls its source root */
    public static String of(List<Finding> findings) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        file.put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = file.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "igny8CheckCompose");
        ArrayNode rules = driver.putArray("rules");
        List<Rules.Entry> used = Rules.all().stream().filter(rule -> findings.stream().anyMatch(one -> one.rule().equals(rule.id()))).toList();
        used.forEach(rule -> {
            ObjectNode one = rules.addObject().put("id", rule.id());
            one.putObject("shortDescription").put("text", rule.says());
        });
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode results = run.putArray("results");
        for (Finding finding : findings) {
            ObjectNode result = results.addObject().put("ruleId", finding.rule());
            result.put("ruleIndex", used.stream().map(Rules.Entry::id).toList().indexOf(finding.rule()));
            result.put("level", finding.severity().word());
            result.putObject("message").put("text", finding.sentence() + " " + finding.suggestion());
            ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
            place.putObject("artifactLocation").put("uri", uri(finding.place().file()));
            place.putObject("region").put("startLine", finding.place().line()).put("startColumn", finding.place().column());
        }
        return Json.write(file) + "\n";
    }

    /** A path as a relative URI reference: blanks and the like are escaped, slashes stay. */
    private static String uri(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (octet & 0xff);
            boolean plain = letter < 128 && (Character.isLetterOrDigit(letter) || "/-._~".indexOf(letter) >= 0);
            uri.append(plain ? String.valueOf(letter) : String.format("%%%02X", (int) letter));
        }
        return uri.toString();
    }
}
