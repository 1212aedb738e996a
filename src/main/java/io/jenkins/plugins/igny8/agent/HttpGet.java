package io.jenkins.plugins.igny8.agent;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import jenkins.security.MasterToSlaveCallable;

/** Gets a page from the agent's own process; gives status, body and error as a list of texts. */
final class HttpGet extends MasterToSlaveCallable<String[], InterruptedException> {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_BODY = 1_000_000;

    private final URI url;
    private final long limitMillis;

    HttpGet(URI url, Duration limit) {
        this.url = url;
        this.limitMillis = limit.toMillis();
    }

    @Override
    public String[] call() throws InterruptedException {
        Duration limit = Duration.ofMillis(limitMillis);
        HttpClient client = HttpClient.newBuilder().connectTimeout(limit).build();
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(url).timeout(limit).GET().build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new String[] {
                String.valueOf(response.statusCode()), body.substring(0, Math.min(body.length(), LONGEST_BODY)), ""
            };
        } catch (IOException e) {
            return new String[] {"0", "", reason(e)};
        }
    }

    /** The client's exceptions mostly carry no message. */
    private static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host is unknown";
            }
        }
        if (e.getMessage() != null) {
            return e.getMessage();
        }
        return e instanceof ConnectException ? "nothing listens there" : e.getClass().getSimpleName();
    }
}
