package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import java.util.Set;

/** A folder of the machine's own system that a container may write to. */
public final class SystemPath implements Rule {

    /** These themselves; what lies below is mostly somebody's own. */
    private static final Set<String> SYSTEM = Set.of(
            "/", "/bin", "/boot", "/dev", "/etc", "/home", "/lib", "/lib64", "/proc", "/root", "/run", "/sbin", "/sys", "/usr", "/usr/bin",
            "/usr/lib", "/usr/local",
            "/usr/sbin", "/var", "/var/lib", "/var/lib/docker", "/var/run", "/etc/passwd", "/etc/shadow", "/etc/ssh", "/etc/cron.d", "/etc/systemd");

    @Override
    public void look(Stack stack, Found found) {
        for (Service service : stack.services()) {
            for (Mount mount : Mount.of(service)) {
                if (mount.isBind() && !mount.readOnly() && SYSTEM.contains(mount.source())) {
                    found.add(mount.value().get("source").place(), "The service " + service.name() + " may write to " + mount.source()
                            + " of the machine.",
                            "Mount it read-only (:ro), or only the folder that it needs.");
                }
            }
        }
    }
}
