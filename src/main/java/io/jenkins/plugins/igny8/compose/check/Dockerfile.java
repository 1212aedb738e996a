package io.jenkins.plugins.igny8.compose.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.compose.read.Paths;
import io.jenkins.plugins.igny8.compose.read.Place;
import io.jenkins.plugins.igny8.compose.read.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Dockerfile says of the image that it makes, as far as it can be read without building it. */
public final class Dockerfile {

    /** One instruction, its lines joined. */
    private record Instruction(String name, String rest, Place place) {}

    /** A text and where it stands. */
    public record Line(String text, Place place) {}

    private static final Pattern INSTRUCTION = Pattern.compile("\\s*([A-Za-z]+)\\s+(.*)", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)(?::?-([^}]*))?\\}|(\\w+))");
    private static final Pattern HEREDOC = Pattern.compile("<<-?[\"']?(\\w+)[\"']?");

    /** In characters; variables in longer ones are left as they are. */
    private static final int LONGEST_LINE = 20_000;

    private final String file;
    private final Map<String, String> variables = new HashMap<>();
    private final List<Line> exposed = new ArrayList<>();
    private final List<Line> copied = new ArrayList<>();
    private final List<String> installed = new ArrayList<>();
    private String base = "";
    private String directory = "/";
    private Line health;
    private List<String> entrypoint = List.of();
    private List<String> command = List.of();
    private Place commandPlace;

    private Dockerfile(String file) {
        this.file = file;
    }

    /**
     * @param target the stage that is built; empty: the last one
     * @param arguments build arguments, in the place of the defaults that ARG gives
     */
    public static Dockerfile read(String file, String text, String target, Map<String, String> arguments) {
        Dockerfile dockerfile = new Dockerfile(file);
        dockerfile.variables.putAll(arguments);
        List<Instruction> all = instructions(file, text);
        all.stream().takeWhile(one -> !one.name.equals("FROM")).filter(one -> one.name.equals("ARG")).forEach(one -> dockerfile.argument(one.rest));
        Map<String, List<Instruction>> stages = new HashMap<>();
        List<Instruction> stage = null;
        String wanted = null;
        int number = 0;
        for (Instruction one : all) {
            if (one.name.equals("FROM")) {
                List<String> words = dockerfile.fromWords(one);
                stage = new ArrayList<>(stages.getOrDefault(words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT), List.of()));
                if (stage.isEmpty()) {
                    stage.add(one);
                }
                wanted = words.size() > 2 ? words.get(2).toLowerCase(Locale.ROOT) : String.valueOf(number);
                stages.put(wanted, stage);
                stages.put(String.valueOf(number++), stage);
            } else if (stage != null) {
                stage.add(one);
            }
        }
        String name = target.isEmpty() ? wanted : target.toLowerCase(Locale.ROOT);
        stages.getOrDefault(name, List.of()).forEach(dockerfile::take);
        return dockerfile;
    }

    private static List<Instruction> instructions(String file, String text) {
        List<Instruction> all = new ArrayList<>();
        List<String> lines = text.lines().toList();
        StringBuilder joined = new StringBuilder();
        int begin = 0;
        String end = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (end != null) {
                joined.append('\n').append(line);
                if (!line.strip().equals(end)) {
                    continue;
                }
                end = null;
            } else {
                if (line.isBlank() || line.stripLeading().startsWith("#")) {
                    continue;
                }
                begin = joined.isEmpty() ? i + 1 : begin;
                String stripped = line.stripTrailing();
                if (stripped.endsWith("\\")) {
                    joined.append(stripped, 0, stripped.length() - 1).append(' ');
                    continue;
                }
                joined.append(line);
                Matcher heredoc = HEREDOC.matcher(line);
                if (heredoc.find()) {
                    end = heredoc.group(1);
                    continue;
                }
            }
            Matcher matcher = INSTRUCTION.matcher(joined);
            if (matcher.matches()) {
                all.add(new Instruction(matcher.group(1).toUpperCase(Locale.ROOT), matcher.group(2).strip(), new Place(file, begin, 1)));
            }
            joined.setLength(0);
        }
        return all;
    }

    private void argument(String rest) {
        String[] parts = rest.split("=", 2);
        if (parts.length == 2) {
            variables.putIfAbsent(parts[0].strip(), filled(parts[1].replace("\"", "")));
        }
    }

    private List<String> fromWords(Instruction from) {
        return Words.of(filled(from.rest)).stream().filter(word -> !word.startsWith("--")).toList();
    }

    private void take(Instruction one) {
        switch (one.name) {
            case "FROM" -> base = fromWords(one).stream().findFirst().orElse("");
            case "ARG" -> argument(one.rest);
            case "ENV" -> environment(one.rest);
            case "WORKDIR" -> directory = Paths.resolved(directory, filled(one.rest));
            case "EXPOSE" -> Words.of(filled(one.rest)).forEach(port -> exposed.add(new Line(port.replaceAll("/.*", ""), one.place)));
            case "COPY", "ADD" -> copy(one);
            case "RUN" -> installed.add(one.rest);
            case "HEALTHCHECK" -> health = new Line(one.rest, one.place);
            case "ENTRYPOINT" -> {
                entrypoint = words(one.rest);
                commandPlace = one.place;
            }
            case "CMD" -> {
                command = words(one.rest);
                commandPlace = one.place;
            }
            default -> { }
        }
    }

    private void environment(String rest) {
        List<String> words = Words.of(rest);
        if (words.size() > 1 && !words.get(0).contains("=")) {
            variables.put(words.get(0), filled(rest.substring(words.get(0).length()).strip()));
        } else {
            words.stream().filter(word -> word.contains("="))
                    .forEach(word -> variables.put(word.substring(0, word.indexOf('=')), filled(word.substring(word.indexOf('=') + 1))));
        }
    }

    private void copy(Instruction one) {
        List<String> words = words(one.rest).stream().filter(word -> !word.startsWith("--")).toList();
        if (words.size() > 1) {
            String to = filled(words.get(words.size() - 1));
            boolean folder = to.endsWith("/") || to.equals(".") || words.size() > 2 || words.get(0).equals(".");
            copied.add(new Line(Paths.resolved(directory, to) + (folder ? "/" : ""), one.place));
        }
    }

    private List<String> words(String rest) {
        if (rest.startsWith("[")) {
            try {
                return Arrays.asList(new ObjectMapper().readValue(rest, String[].class));
            } catch (JsonProcessingException e) {
                return Words.of(rest);
            }
        }
        return Words.of(filled(rest));
    }

    private String filled(String text) {
        if (text.length() > LONGEST_LINE) {
            return text;
        }
        return VARIABLE.matcher(text).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(3) : found.group(1);
            String otherwise = found.group(2) == null ? found.group() : found.group(2);
            return Matcher.quoteReplacement(variables.getOrDefault(name, otherwise));
        });
    }

    public String file() {
        return file;
    }

    /** The image that the stage begins with in the end; empty where no FROM is there, with a {@code $} where a variable has no default. */
    public String base() {
        return base;
    }

    /** Ports as EXPOSE has them; with a {@code $} where a variable has no default. */
    public List<Line> exposed() {
        return exposed;
    }

    /** Absolute paths that COPY and ADD write to; with a slash at the end where it is certain that it is a folder. */
    public List<Line> copied() {
        return copied;
    }

    /** What RUN does, for what it may have installed. */
    public List<String> installed() {
        return installed;
    }

    /** The folder that the program starts in. */
    public String directory() {
        return directory;
    }

    /** The HEALTHCHECK instruction; null where there is none. */
    public Line health() {
        return health;
    }

    public List<String> entrypoint() {
        return entrypoint;
    }

    public List<String> command() {
        return command;
    }

    /** Where CMD, else ENTRYPOINT, stands; null where neither is there. */
    public Place commandPlace() {
        return commandPlace;
    }

    /** Every value of ENV and ARG. */
    public Iterable<String> values() {
        return variables.values();
    }
}
