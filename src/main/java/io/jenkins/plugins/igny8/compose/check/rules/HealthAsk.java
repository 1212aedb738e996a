package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.read.Place;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a health check asks for over the network.
 *
 * @param port -1 where it cannot be told
 * @param path beginning with a slash; empty where none is asked for
 */
record HealthAsk(String host, int port, String path, Place place) {

    private static final Pattern URL = Pattern.compile("(https?)://(\\[[^\\]]*\\]|[\\w.-]+)(?::(\\d{1,5}))?(/[^\\s\"'`;|&)>]*)?");
    private static final Pattern DEVICE = Pattern.compile("/dev/tcp/([\\w.-]+)/(\\d{1,5})");
    private static final Set<String> ITSELF = Set.of("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "[::]");

    static List<HealthAsk> of(Service service) {
        List<HealthAsk> all = new ArrayList<>();
        for (Value word : service.check()) {
            addAll(word.text(), word.place(), all);
        }
        if (all.isEmpty() && service.check().isEmpty()) {
            service.dockerfile().map(dockerfile -> dockerfile.health()).ifPresent(health -> addAll(health.text(), health.place(), all));
        }
        return all;
    }

    private static void addAll(String written, Place place, List<HealthAsk> all) {
        String text = Service.shortened(written);
        Matcher url = URL.matcher(text);
        while (url.find()) {
            // A shell fills the rest in: nothing can be said of it.
            boolean unknown = url.end() < text.length() && (text.charAt(url.end()) == '$' || text.startsWith(":$", url.end()));
            int port = url.group(3) != null ? Integer.parseInt(url.group(3)) : unknown ? -1 : url.group(1).equals("https") ? 443 : 80;
            String path = url.group(4) == null || url.group(4).contains("$") ? "" : url.group(4).replaceAll("[?#].*", "");
            all.add(new HealthAsk(url.group(2), port, path, place));
        }
        Matcher device = DEVICE.matcher(text);
        while (device.find()) {
            all.add(new HealthAsk(device.group(1), Integer.parseInt(device.group(2)), "", place));
        }
    }

    boolean asksItself(Service service) {
        return ITSELF.contains(host) || service.names().contains(host);
    }
}
