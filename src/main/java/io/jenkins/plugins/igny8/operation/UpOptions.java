package io.jenkins.plugins.igny8.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.igny8.docker.Compose;
import io.jenkins.plugins.igny8.host.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code docker compose up} may be told. The names are those of its options.
 *
 * @param scale {@code SERVICE=NUMBER} each: so many containers of it, whatever the file says
 * @param noBuild fail where an image is missing, even if the file says how to build it
 * @param noDeps leave what the services depend on as it is
 * @param forceRecreate replace every container, also one that is as the files say
 * @param removeOrphans remove containers of services that the files no longer have
 * @param grace how long a container that is replaced gets to end by itself; null: as its file says
 */
public record UpOptions(
        List<String> scale, boolean noBuild, boolean noDeps, boolean forceRecreate, boolean removeOrphans, Duration grace) {

    /** Just as the files say. */
    public static final UpOptions NONE = new UpOptions(List.of(), false, false, false, false, null);

    private static final Pattern SCALE = Pattern.compile("([^=]+)=([0-9]{1,4})");

    public UpOptions {
        scale = List.copyOf(scale);
    }

    /** All that can be seen to be wrong before anything runs. */
    void check(JsonNode services) {
        List<String> problems = new ArrayList<>();
        Problems.note(problems, () -> ComposeDown.refuseNegativeGrace(grace));
        scale.forEach(one -> Problems.note(problems, () -> check(one, services)));
        Problems.refuse(problems);
    }

    /** Compose would find out half way, with the first container already replaced. */
    private static void check(String one, JsonNode services) {
        Matcher scaled = SCALE.matcher(one);
        if (!scaled.matches()) {
            throw new Failure("'scale' wants SERVICE=NUMBER each, but was given '" + one + "'.");
        }
        String service = scaled.group(1);
        int number = Integer.parseInt(scaled.group(2));
        JsonNode found = services.path(service);
        if (found.isMissingNode()) {
            throw new Failure("'scale' names the service '" + service + "', which the compose file does not have (known: "
                    + String.join(", ", (Iterable<String>) services::fieldNames) + "): check 'scale' and 'profiles'.");
        }
        String name = found.path("container_name").asText("");
        if (number > 1 && !name.isEmpty()) {
            throw new Failure("'scale' asks for " + number + " containers of " + service + ", but the compose file gives it the container_name "
                    + name + ", which only one can have: take container_name out of the file.");
        }
        for (JsonNode port : found.path("ports")) {
            String published = port.path("published").asText("");
            if (number > 1 && published.matches("[1-9][0-9]*")) {
                throw new Failure("'scale' asks for " + number + " containers of " + service + ", but only one can have the port " + published
                        + " of the host, which the compose file publishes: publish none or a range of ports.");
            }
        }
    }

    /** The same with other numbers of containers. */
    UpOptions scaled(List<String> numbers) {
        return new UpOptions(numbers, noBuild, noDeps, forceRecreate, removeOrphans, grace);
    }

    /** The command for these services; none: all. */
    Compose.Up up(List<String> services) {
        Set<Compose.UpFlag> flags = EnumSet.noneOf(Compose.UpFlag.class);
        add(flags, noBuild, Compose.UpFlag.NO_BUILD);
        add(flags, noDeps, Compose.UpFlag.NO_DEPS);
        add(flags, forceRecreate, Compose.UpFlag.FORCE_RECREATE);
        add(flags, removeOrphans, Compose.UpFlag.REMOVE_ORPHANS);
        return new Compose.Up(services, flags, scale, grace);
    }

    private static void add(Set<Compose.UpFlag> flags, boolean asked, Compose.UpFlag flag) {
        if (asked) {
            flags.add(flag);
        }
    }

    /** What an interrupted deployment left is made anew before the rest, and nothing else is touched. */
    Compose.Up repair(List<String> services) {
        return new Compose.Up(services, EnumSet.of(Compose.UpFlag.NO_DEPS, Compose.UpFlag.FORCE_RECREATE), scaleOf(services), grace);
    }

    /** Only these services, and nothing else is touched. */
    Compose.Up alone(List<String> services) {
        Set<Compose.UpFlag> flags = EnumSet.of(Compose.UpFlag.NO_DEPS);
        add(flags, noBuild, Compose.UpFlag.NO_BUILD);
        add(flags, removeOrphans, Compose.UpFlag.REMOVE_ORPHANS);
        return new Compose.Up(services, flags, scaleOf(services), grace);
    }

    private List<String> scaleOf(List<String> services) {
        return scale.stream().filter(one -> services.contains(one.substring(0, one.indexOf('=')))).toList();
    }
}
