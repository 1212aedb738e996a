package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Rule;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.check.Stack;
import io.jenkins.plugins.igny8.compose.read.Value;
import io.jenkins.plugins.igny8.host.Nearest;
import java.util.Collection;
import java.util.Set;

/** A key of a service, or of the file, that Compose does not know. Compose refuses it. */
public final class KeyUnknown implements Rule {

    private static final Set<String> OF_FILE = Set.of(
            "version", "name", "services", "networks", "volumes", "secrets", "configs", "include", "models");

    private static final Set<String> OF_SERVICE = Set.of(
            "annotations", "attach", "blkio_config", "build", "cap_add", "cap_drop", "cgroup", "cgroup_parent", "command", "configs",
            "container_name", "cpu_count", "cpu_percent", "cpu_period", "cpu_quota", "cpu_rt_period", "cpu_rt_runtime", "cpu_shares",
            "cpus", "cpuset", "credential_spec", "depends_on", "deploy", "develop", "device_cgroup_rules", "devices", "dns", "dns_opt",
            "dns_search", "domainname", "entrypoint", "env_file", "environment", "expose", "extends", "external_links", "extra_hosts",
            "gpus", "group_add", "healthcheck", "hostname", "image", "init", "ipc", "isolation", "label_file", "labels", "links",
            "logging", "mac_address", "mem_limit", "mem_reservation", "mem_swappiness", "memswap_limit", "models", "network_mode",
            "networks", "oom_kill_disable", "oom_score_adj", "pid", "pids_limit", "platform", "ports", "post_start", "pre_start",
            "pre_stop", "privileged", "profiles", "provider", "pull_policy", "pull_refresh_after", "read_only", "restart", "runtime",
            "scale", "secrets", "security_opt", "shm_size", "stdin_open", "stop_grace_period", "stop_signal", "storage_opt", "sysctls",
            "tmpfs", "tty", "ulimits", "use_api_socket", "user", "userns_mode", "uts", "volume_driver", "volumes", "volumes_from",
            "working_dir");

    @Override
    public void look(Stack stack, Found found) {
        look("The file", stack.get(), OF_FILE, found);
        for (Service service : stack.services()) {
            look("The service " + service.name(), service.get(), OF_SERVICE, found);
        }
    }

    private static void look(String who, Value map, Collection<String> known, Found found) {
        map.members().forEach((key, value) -> {
            if (!known.contains(key) && !key.startsWith("x-")) {
                found.add(value.place(), who + " has the key '" + key + "', which Compose does not know.",
                        Nearest.of(key, known).map(near -> "Did you mean '" + near + "'?").orElse("Take it out, or let its name begin with x-."));
            }
        });
    }
}
