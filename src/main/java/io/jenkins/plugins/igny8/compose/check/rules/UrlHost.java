package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL in a service's environment or command that leads to a name without a dot: to somebody on its networks.
 *
 * @param key the variable; empty for the command
 * @param port -1 where the URL names none
 * @param value where it stands
 */
record UrlHost(String key, String scheme, String host, int port, Value value) {

    private static final Pattern URL = Pattern.compile(
            "\\b(https?|wss?|postgres(?:ql)?(?:\\+\\w+)?|mysql(?:\\+\\w+)?|mariadb|rediss?|amqps?|mongodb|tcp|nats|grpc|smtp|clickhouse|elasticsearch)://"
                    + "(?:[^/@\\s\"',]*@)?([A-Za-z0-9_][A-Za-z0-9_-]*)(?::(\\d{1,5}))?(?=[/?\\s\"',;)#]|$)");

    private static final Set<String> NO_SERVICE = Set.of("localhost", "host", "hostname", "domain", "example", "your-domain", "user", "username");

    static List<UrlHost> of(Service service) {
        List<UrlHost> all = new ArrayList<>();
        service.get("environment").members().forEach((key, value) -> addAll(key, value, all));
        service.ownWords().forEach(word -> addAll("", word, all));
        all.removeIf(url -> NO_SERVICE.contains(url.host) || url.host.matches("\\d+") || service.get("extra_hosts").has(url.host));
        return all;
    }

    private static void addAll(String key, Value value, List<UrlHost> all) {
        Matcher url = URL.matcher(Service.shortened(value.text()));
        while (url.find()) {
            all.add(new UrlHost(key, url.group(1), url.group(2), url.group(3) == null ? -1 : Integer.parseInt(url.group(3)), value));
        }
    }

    /** Who says it, for a sentence. The URL itself may hold a password. */
    String where(Service service) {
        return (key.isEmpty() ? "The command" : key) + " of " + service.name() + " leads to " + scheme + "://" + host + (port < 0 ? "" : ":" + port);
    }
}
