package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.Value;

/** An env file that a service names and that is not there. Compose starts nothing without it. */
public final class EnvFileMissing implements Rule {

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            for (Value file : service.get("env_file").items()) {
                String path = file.get("path").text();
                if (!file.get("required").text().equals("false") && !stack.isThere(path)) {
                    String shown = Paths.relative(path, stack.surroundings().workspace());
                    found.add(file.get("path").place(), "The service " + service.name() + " reads the env file " + (shown == null ? path : shown)
                            + ", which is not there.",
                            "Make it before this step, or write 'required: false'.");
                }
            }
        }
    }
}
