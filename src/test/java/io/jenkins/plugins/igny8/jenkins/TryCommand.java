package io.jenkins.plugins.igny8.jenkins;

import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.operation.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An operation of these tests: one command for a shell, as a change, with everything told that a careless one would tell. */
record TryCommand(String command, String word, int number, String credentialsId) implements Operation<TryCommand.Tried> {

    public record Tried(String word, int number, List<String> lines) {}

    @Override
    public Tried run(Host host) throws InterruptedException {
        String password = credentialsId == null ? "" : host.login(credentialsId).password();
        if (!password.isEmpty()) {
            byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
            host.tell(Event.note("try", "base64 " + Base64.getEncoder().encodeToString(bytes)));
            host.tell(Event.note("try", "url " + URLEncoder.encode(password, StandardCharsets.UTF_8)));
        }
        List<String> lines = new CopyOnWriteArrayList<>();
        Map<String, String> environment = password.isEmpty() ? Map.of() : Map.of("IGNY8_TRY_PASSWORD", password);
        try {
            int code = host.change("try " + host.workspace().path() + command, new Command(List.of("sh", "-c", command), environment, null), line -> {
                lines.add(line);
                host.tell(Event.line("try", line));
            });
            if (code != 0) {
                throw new Failure("The command ended with exit code " + code + (password.isEmpty() ? "." : " as " + password + "."));
            }
        } catch (InterruptedException e) {
            host.tell(Event.warning("", "interrupted; what is left: nothing"));
            throw e;
        }
        return new Tried(word, number, lines);
    }
}
