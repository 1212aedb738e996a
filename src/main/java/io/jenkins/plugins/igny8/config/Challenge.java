package io.jenkins.plugins.igny8.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Login;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants a login: by user name and password at once, or by a token that a service gives for them.
 *
 * @param bearer whether by a token
 * @param realm where a token is had
 * @param service the registry's name for itself there; empty: none
 */
record Challenge(boolean bearer, String realm, String service) {

    /** What the header {@code WWW-Authenticate} asks for; null where it asks for nothing that docker can give. */
    @CheckForNull
    static Challenge of(HttpHeaders headers) {
        List<String> all = headers.allValues("WWW-Authenticate");
        for (String one : all) {
            if (one.regionMatches(true, 0, "Bearer ", 0, "Bearer ".length())) {
                return new Challenge(true, parameter(one, "realm"), parameter(one, "service"));
            }
        }
        boolean basic = all.stream().anyMatch(one -> one.regionMatches(true, 0, "Basic", 0, "Basic".length()));
        return basic ? new Challenge(false, "", "") : null;
    }

    private static String parameter(String header, String name) {
        Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE).matcher(header);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The address that gives a token for this login; without one, for what is public. */
    URI tokenService(URI registry, @CheckForNull Login login) {
        String query = "service=" + RegistryCheck.encoded(service) + (login == null ? "" : "&account=" + RegistryCheck.encoded(login.username()));
        try {
            URI uri = URI.create(realm + (realm.contains("?") ? "&" : "?") + query);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new Failure(registry.getAuthority() + " names '" + realm + "' as its token service, which is no address: mend the registry's set-up.");
    }
}
