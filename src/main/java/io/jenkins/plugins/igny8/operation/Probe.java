package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Page;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An HTTP request that must be answered in a certain way before a deployment counts as healthy.
 *
 * @param url {@code http://} or {@code https://}, as seen from where the commands run
 * @param status the HTTP status wanted
 * @param text must stand in the answer; null: any text
 * @param json {@code /pointer=value} each: a JSON Pointer (RFC 6901) into the answer, and the value that must stand there
 */
public record Probe(String url, int status, String text, List<String> json) {

    /** The status of a page that is there. */
    public static final int STATUS = 200;

    /** A page that takes longer is not what users would call healthy. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int SHOWN = 200;

    public Probe {
        json = List.copyOf(json);
    }

    /** Refuses what can never be answered; before anything is waited for. */
    void check() {
        uri();
        for (String expected : json) {
            pointer(expected);
        }
    }

    private URI uri() {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, with what is right.
        }
        throw new Failure("'" + url + "' is not a URL to probe: give http://host[:port]/path or https://host[:port]/path.");
    }

    private static JsonPointer pointer(String expected) {
        int equals = expected.indexOf('=');
        if (equals > 0 && expected.startsWith("/")) {
            return JsonPointer.compile(expected.substring(0, equals));
        }
        throw new Failure("'" + expected + "' is not a JSON value to expect: give /pointer=value, for example /checks/postgres=ok.");
    }

    /** Empty where the answer is as wanted, else what is different. */
    String problem(Host host) throws InterruptedException {
        Page page = host.get(uri(), LIMIT);
        if (page.status() == 0) {
            return url + " does not answer (" + page.error() + ")";
        }
        if (page.status() != status) {
            return url + " answers " + page.status() + " instead of " + status + ": " + shortened(page.body());
        }
        if (text != null && !page.body().contains(text)) {
            return url + " answers without the text '" + text + "': " + shortened(page.body());
        }
        return json.isEmpty() ? "" : jsonProblem(page.body());
    }

    private String jsonProblem(String body) {
        JsonNode answer;
        try {
            answer = new ObjectMapper().readTree(body);
        } catch (JsonProcessingException e) {
            return url + " does not answer with JSON: " + shortened(body);
        }
        for (String expected : json) {
            JsonNode value = answer.at(pointer(expected));
            String wanted = expected.substring(expected.indexOf('=') + 1);
            String found = value.isMissingNode() ? "nothing" : value.isValueNode() ? value.asText() : value.toString();
            if (value.isMissingNode() || !found.equals(wanted)) {
                return url + " has " + found + " at " + expected.substring(0, expected.indexOf('=')) + " instead of " + wanted + ": "
                        + shortened(body);
            }
        }
        return "";
    }

    private static String shortened(String body) {
        String line = body.replaceAll("\\s+", " ").trim();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
