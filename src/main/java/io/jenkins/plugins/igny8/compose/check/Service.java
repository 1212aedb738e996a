package io.jenkins.plugins.igny8.compose.check;

import io.jenkins.plugins.igny8.compose.read.Place;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One service of a stack, read with its Dockerfile where that is known. */
public final class Service {

    /** In characters: patterns take their time over a text that somebody made long. */
    private static final int LONGEST_TEXT = 4_000;

    private static final Set<String> SWARM_ONLY = Set.of("placement", "mode", "update_config", "rollback_config", "endpoint_mode", "labels");

    private static final Pattern CELERY = Pattern.compile("(?:^|[\\s/\"'])celery(?:$|[\\s\"'])");
    private static final Pattern WORKER = Pattern.compile("(?:^|\\s)worker(?:$|\\s)");
    private static final Pattern BEAT = Pattern.compile("(?:^|\\s)(?:beat|-B|--beat)(?:$|\\s)");

    private final String name;
    private final Value value;
    private final Dockerfile dockerfile;
    private final Stack stack;
    /** Asked by many rules. */
    private List<String> words;
    private String line;

    Service(String name, Value value, Dockerfile dockerfile, Stack stack) {
        this.name = name;
        this.value = value;
        this.dockerfile = dockerfile;
        this.stack = stack;
    }

    public String name() {
        return name;
    }

    /** Where its name stands. */
    public Place place() {
        return value.place();
    }

    public Value get(String... path) {
        return value.get(path);
    }

    public boolean has(String key) {
        return value.has(key) && !value.get(key).isNothing();
    }

    /** Empty where it names none. */
    public String image() {
        return value.get("image").text();
    }

    public boolean isBuilt() {
        return has("build");
    }

    public Optional<Dockerfile> dockerfile() {
        return Optional.ofNullable(dockerfile);
    }

    /** What it is made of: its image, or what its Dockerfile begins with; empty where that is not known. */
    public String base() {
        if (dockerfile != null) {
            return dockerfile.base();
        }
        return isBuilt() ? "" : image();
    }

    /** What the engine says of its image. */
    public Optional<Surroundings.Image> atHand() {
        return Optional.ofNullable(stack.surroundings().engine()).map(engine -> engine.images().get(image()));
    }

    /** The command line that the compose file gives; empty where it leaves that to the image. */
    public List<Value> ownWords() {
        return Stream.of("entrypoint", "command").flatMap(key -> value.get(key).items().stream()).toList();
    }

    /** The command line that runs in it, as far as it is known. */
    public List<String> words() {
        if (words == null) {
            words = readWords();
        }
        return words;
    }

    private List<String> readWords() {
        List<String> words = new ArrayList<>();
        List<String> own = value.get("command").texts();
        if (value.get("entrypoint").isList()) {
            words.addAll(value.get("entrypoint").texts());
            words.addAll(own);
        } else if (dockerfile != null) {
            words.addAll(dockerfile.entrypoint());
            words.addAll(value.get("command").isList() ? own : dockerfile.command());
        } else {
            words.addAll(own);
        }
        return words;
    }

    /** The command line as one text, its beginning where it is long. */
    public String line() {
        if (line == null) {
            line = shortened(String.join(" ", words()));
        }
        return line;
    }

    /** The beginning of a text, to look for patterns in. */
    public static String shortened(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
    }

    public boolean isCeleryWorker() {
        return CELERY.matcher(line()).find() && WORKER.matcher(line()).find();
    }

    public boolean isCeleryBeat() {
        return CELERY.matcher(line()).find() && BEAT.matcher(line()).find();
    }

    /** Whether it says what only a swarm understands. */
    boolean isForSwarm() {
        // Compose answers with an empty placement where the file has none.
        return SWARM_ONLY.stream().anyMatch(key -> !value.get("deploy", key).all().isEmpty());
    }

    /** How many containers it is to have; 1 where the file leaves it open. */
    public int replicas() {
        for (Value number : List.of(value.get("scale"), value.get("deploy", "replicas"))) {
            if (number.text().matches("\\d{1,6}")) {
                return Integer.parseInt(number.text());
            }
        }
        return 1;
    }

    /** The words of its health check; the first says what kind it is. Empty where the file has none. */
    public List<Value> check() {
        return value.get("healthcheck", "test").items();
    }

    public boolean checkIsOff() {
        return value.get("healthcheck", "disable").isTrue() || (check().size() == 1 && check().get(0).text().equals("NONE"));
    }

    /** Whether the compose file, its Dockerfile or its image at hand says how its health is found out. */
    public boolean hasCheck() {
        if (checkIsOff()) {
            return false;
        }
        boolean inDockerfile = dockerfile != null && dockerfile.health() != null && !dockerfile.health().text().strip().equalsIgnoreCase("NONE");
        return !check().isEmpty() || inDockerfile || atHand().map(Surroundings.Image::hasHealthCheck).orElse(false);
    }

    /** Networks by their keys in the file; none where it uses another container's or the machine's. */
    public Set<String> networks() {
        if (has("network_mode")) {
            return Set.of();
        }
        Set<String> keys = new LinkedHashSet<>(value.get("networks").members().keySet());
        return keys.isEmpty() ? Set.of("default") : keys;
    }

    /** Names under which others reach it. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of(name));
        Stream.of(value.get("container_name"), value.get("hostname")).filter(Value::isText).map(Value::text).forEach(names::add);
        value.get("networks").members().values().forEach(network -> names.addAll(network.get("aliases").texts()));
        return names;
    }

    public Stack stack() {
        return stack;
    }
}
