package io.jenkins.plugins.igny8.compose.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the short forms of services out as {@code docker compose config} does, so that there is one way to read each: ports and
 * mounts as maps, environment and labels as maps, commands as words. What a short form is made into stands where the short form stands.
 */
final class LongForm {

    /** Host address and ports before the container's: {@code [[ip:]published:]target[/protocol]}. */
    private static final Pattern PORT =
            Pattern.compile("(?:(?:(\\[[0-9a-fA-F:]+\\]|[^:/\\[\\]]*):)?([0-9-]*):)?([0-9]+)(?:-([0-9]+))?(?:/([a-z]+))?");

    /** A mount's options; anything else after the last colon is part of a path. */
    private static final Pattern MODE = Pattern.compile("[a-zA-Z,]+");

    /** Of one file, once ranges are written out: each becomes an entry of its own. */
    private static final int MOST_PORTS = 20_000;

    private final String base;
    private final List<Problem> problems;
    private int portsLeft = MOST_PORTS;

    /** @param base absolute path of the folder that relative paths begin in */
    LongForm(String base, List<Problem> problems) {
        this.base = base;
        this.problems = problems;
    }

    /** All services of a file. */
    Value file(Value file) {
        Value services = file.get("services");
        if (!services.isMap()) {
            return file;
        }
        Map<String, Value> all = new LinkedHashMap<>();
        services.members().forEach((name, service) -> all.put(name, service.isMap() ? service(service) : service));
        return file.with("services", Value.map(services.place(), all));
    }

    private Value service(Value service) {
        Value all = service;
        all = changed(all, "build", build -> build.isText() ? Value.map(build.place(), Map.of("context", build)) : build);
        all = changed(all, "build", build -> changed(build, "args", args -> mapped(args, "=")));
        all = changed(all, "build", build -> changed(build, "context", context -> isRemote(context.text()) ? context : absolute(context)));
        all = changed(all, "ports", ports -> each(ports, this::ports));
        all = changed(all, "volumes", volumes -> each(volumes, this::mount));
        for (String key : List.of("environment", "labels", "annotations", "sysctls")) {
            all = changed(all, key, value -> mapped(value, "="));
        }
        all = changed(all, "extra_hosts", hosts -> mapped(hosts, "[=:]"));
        for (String key : List.of("command", "entrypoint")) {
            all = changed(all, key, LongForm::words);
        }
        all = changed(all, "healthcheck", check -> changed(check, "test", LongForm::test));
        all = changed(all, "env_file", files -> Value.list(files.place(), files.oneOrMore().stream().map(this::envFile).toList()));
        all = changed(all, "depends_on",
                needed -> keyed(needed, name -> Value.map(name.place(), Map.of("condition", Value.text(name.place(), "service_started")))));
        all = changed(all, "networks", networks -> keyed(networks, name -> Value.nothing(name.place())));
        for (String key : List.of("secrets", "configs")) {
            all = changed(all, key, used -> each(used, one -> List.of(one.isText() ? Value.map(one.place(), Map.of("source", one)) : one)));
        }
        return all;
    }

    private static Value changed(Value map, String key, UnaryOperator<Value> change) {
        Value value = map.get(key);
        if (!map.has(key) || value.isNothing()) {
            return map;
        }
        Value after = change.apply(value);
        Value result = map.with(key, value.isOverriding() ? after.overriding() : after);
        return map.isOverriding() ? result.overriding() : result;
    }

    private interface Several {
        List<Value> of(Value one);
    }

    private static Value each(Value list, Several change) {
        if (!list.isList()) {
            return list;
        }
        List<Value> all = new ArrayList<>();
        list.items().forEach(item -> all.addAll(change.of(item)));
        return Value.list(list.place(), all);
    }

    /** {@code KEY=value} items as a map; a key alone has no value. */
    private static Value mapped(Value list, String separator) {
        if (!list.isList()) {
            return list;
        }
        Map<String, Value> all = new LinkedHashMap<>();
        for (Value item : list.items()) {
            String[] parts = item.text().split(separator, 2);
            String[] written = item.written().split(separator, 2);
            all.put(parts[0], parts.length == 2 ? Value.text(item.place(), parts[1], written[written.length - 1]) : Value.nothing(item.place()));
        }
        return Value.map(list.place(), all);
    }

    private static Value keyed(Value list, UnaryOperator<Value> value) {
        if (!list.isList()) {
            return list;
        }
        Map<String, Value> all = new LinkedHashMap<>();
        list.items().forEach(item -> all.put(item.text(), value.apply(item)));
        return Value.map(list.place(), all);
    }

    private static Value words(Value line) {
        return line.isText() ? Value.list(line.place(), Words.of(line.text()).stream().map(word -> Value.text(line.place(), word)).toList()) : line;
    }

    private static Value test(Value test) {
        return test.isText() ? Value.list(test.place(), List.of(Value.text(test.place(), "CMD-SHELL"), test)) : test;
    }

    private Value envFile(Value file) {
        Value map = file.isText() ? Value.map(file.place(), Map.of("path", file)) : file;
        return changed(map, "path", this::absolute);
    }

    private Value absolute(Value path) {
        return Value.text(path.place(), Paths.resolved(base, path.text()), path.written());
    }

    private static boolean isRemote(String context) {
        return context.contains("://") || context.startsWith("git@") || context.startsWith("github.com/");
    }

    private List<Value> ports(Value port) {
        if (!port.isText()) {
            return port.isNothing() ? List.of() : List.of(port);
        }
        Matcher matcher = PORT.matcher(port.text());
        if (!matcher.matches()) {
            problems.add(wrong("port-invalid", port, "port", "Write published:target, such as 127.0.0.1:8080:80."));
            return List.of();
        }
        int first = number(matcher.group(3));
        int last = matcher.group(4) == null ? first : number(matcher.group(4));
        String published = matcher.group(2) == null ? "" : matcher.group(2);
        List<Value> all = new ArrayList<>();
        portsLeft -= Math.max(1, last - first + 1);
        if (portsLeft < 0) {
            problems.add(new Problem(Problem.YAML, port.place(), "The file publishes more than " + MOST_PORTS + " ports.", "Publish fewer."));
            return List.of();
        }
        for (int target = first; target <= last; target++) {
            Map<String, Value> members = new LinkedHashMap<>();
            if (matcher.group(1) != null && !matcher.group(1).isEmpty()) {
                members.put("host_ip", Value.text(port.place(), matcher.group(1).replaceAll("[\\[\\]]", "")));
            }
            members.put("target", Value.text(port.place(), String.valueOf(target)));
            if (!published.isEmpty()) {
                boolean range = published.contains("-");
                members.put("published", Value.text(port.place(), range && last > first
                        ? String.valueOf(number(published.split("-")[0]) + target - first) : published));
            }
            members.put("protocol", Value.text(port.place(), matcher.group(5) == null ? "tcp" : matcher.group(5)));
            all.add(Value.map(port.place(), members));
        }
        return all;
    }

    /** What the variables hold is not shown: it may be a secret in the wrong place. */
    private static Problem wrong(String rule, Value value, String kind, String suggestion) {
        boolean plain = value.text().equals(value.written());
        return new Problem(rule, value.place(), "'" + value.written() + "' is no " + kind + (plain ? "." : ", as its variables are here."),
                plain ? suggestion : "Give the variables values. " + suggestion);
    }

    /** Of digits; a port that is none otherwise is no port. */
    private static int number(String digits) {
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    private List<Value> mount(Value mount) {
        if (mount.isNothing()) {
            return List.of();
        }
        if (!mount.isText()) {
            boolean bind = mount.get("type").text().equals("bind") && mount.get("source").isText();
            return List.of(bind ? changed(mount, "source", this::absolute) : mount);
        }
        List<String> parts = new ArrayList<>(List.of(mount.text().split(":", -1)));
        boolean readOnly = false;
        if (parts.size() > 2 && MODE.matcher(parts.get(parts.size() - 1)).matches()) {
            readOnly = List.of(parts.remove(parts.size() - 1).split(",")).contains("ro");
        }
        if (parts.size() > 2 || parts.stream().anyMatch(String::isEmpty)) {
            problems.add(wrong("mount-invalid", mount, "mount", "Write source:target, such as data:/var/lib/data."));
            return List.of();
        }
        Map<String, Value> members = new LinkedHashMap<>();
        String source = parts.get(0);
        boolean bind = parts.size() == 2 && (source.startsWith("/") || source.startsWith(".") || source.startsWith("~"));
        members.put("type", Value.text(mount.place(), bind ? "bind" : "volume"));
        if (parts.size() == 2) {
            String written = mount.written().split(":(?![-?+])")[0];
            members.put("source", Value.text(mount.place(), bind && !source.startsWith("~") ? Paths.resolved(base, source) : source, written));
        }
        members.put("target", Value.text(mount.place(), parts.get(parts.size() - 1)));
        if (readOnly) {
            members.put("read_only", Value.text(mount.place(), "true"));
        }
        return List.of(Value.map(mount.place(), members));
    }
}
