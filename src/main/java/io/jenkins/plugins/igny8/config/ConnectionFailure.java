package io.jenkins.plugins.igny8.config;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Why a server could not be asked, as a sentence: Java hides the reason in a chain of causes. */
final class ConnectionFailure {

    private ConnectionFailure() {}

    static String sentence(URI uri, IOException failure) {
        String server = uri.getAuthority();
        List<Throwable> chain = chain(failure);
        if (has(chain, UnresolvedAddressException.class) || has(chain, UnknownHostException.class)) {
            return "The controller knows no host " + uri.getHost() + ": check the name, and that the controller can look it up.";
        }
        if (has(chain, HttpTimeoutException.class)) {
            return server + " does not answer in time: check host and port, and what lies between it and the controller.";
        }
        if (has(chain, GeneralSecurityException.class)) {
            return "The controller does not trust the certificate of " + server + " (" + deepest(chain)
                    + "): add its authority to the trust store of the controller's Java, or mend the certificate.";
        }
        if (has(chain, SSLException.class)) {
            return server + " does not speak HTTPS (" + deepest(chain) + "): check the port, or give the registry a certificate.";
        }
        if (has(chain, ConnectException.class)) {
            // Java gives no words here.
            return "Nothing listens at " + server + ": check host and port, and that the registry runs.";
        }
        return server + " could not be asked (" + deepest(chain) + "): check host and port, and what lies between it and the controller.";
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    /** The words nearest to the reason. */
    private static String deepest(List<Throwable> chain) {
        String words = null;
        for (Throwable cause : chain) {
            words = cause.getMessage() == null ? words : cause.getMessage();
        }
        return words == null ? chain.get(chain.size() - 1).getClass().getSimpleName() : words;
    }
}
