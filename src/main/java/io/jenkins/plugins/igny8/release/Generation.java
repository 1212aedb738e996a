package io.jenkins.plugins.igny8.release;

import io.jenkins.plugins.igny8.docker.Volumes;
import io.jenkins.plugins.igny8.host.Caller;
import io.jenkins.plugins.igny8.host.Sha256;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One state of a project's lock: a volume whose name ends with its number and whose labels say who holds it, or that it is free. Labels
 * never change, so every change of the state is a volume with the next number, which only one can make.
 *
 * @param number 0: there is no volume yet
 */
record Generation(String project, long number, Map<String, String> labels) {

    /** The project whose lock it is. */
    static final String LABEL = "io.jenkins.plugins.igny8.lock";

    private static final String STATE = LABEL + ".state";
    private static final String TOKEN = LABEL + ".token";
    private static final String RUN = LABEL + ".run";
    private static final String BUILD = LABEL + ".build";
    private static final String URL = LABEL + ".url";
    private static final String USER = LABEL + ".user";
    private static final String SINCE = LABEL + ".since";
    private static final String UNTIL = LABEL + ".until";

    static final List<String> KEYS = List.of(STATE, TOKEN, RUN, BUILD, URL, USER, SINCE, UNTIL);

    private static final String HELD = "held";
    private static final String FREE = "free";

    private static final Pattern NUMBERED = Pattern.compile("igny8-lock\\..*\\.\\d{1,18}");

    /** The engine makes a folder of each volume's name, which may have 255 characters. */
    private static final int LONGEST_PROJECT = 200;

    private static final int DIGEST_CHARACTERS = 16;

    /** All of a project, the highest last. */
    static List<Generation> all(String project, List<Volumes.Labelled> volumes) {
        return volumes.stream()
                .filter(volume -> NUMBERED.matcher(volume.name()).matches())
                .map(volume -> new Generation(project, number(volume.name()), volume.labels()))
                .sorted(Comparator.comparingLong(Generation::number))
                .toList();
    }

    /** Where there is none at all. */
    static Generation none(String project) {
        return new Generation(project, 0, Map.of());
    }

    /** A name that is valid for whatever Compose takes for a project: no dot is in one, and it may be longer than a volume's name. */
    String name() {
        return volume("igny8-lock", project, number);
    }

    static String volume(String kind, String project, long number) {
        String key = project.length() <= LONGEST_PROJECT ? project : project.substring(0, LONGEST_PROJECT) + "." + Sha256.of(project).substring(0, DIGEST_CHARACTERS);
        return kind + "." + key + "." + number;
    }

    static long number(String name) {
        return Long.parseLong(name.substring(name.lastIndexOf('.') + 1));
    }

    /** The next one, held by somebody else than this one. */
    Generation taken(Caller by, Instant since, Instant until) {
        Map<String, String> next = new LinkedHashMap<>();
        next.put(LABEL, project);
        next.put(STATE, HELD);
        next.put(TOKEN, by.step());
        next.put(RUN, by.run());
        next.put(BUILD, by.build());
        next.put(URL, by.url());
        next.put(USER, by.user());
        next.put(SINCE, since.truncatedTo(ChronoUnit.SECONDS).toString());
        next.put(UNTIL, String.valueOf(until.toEpochMilli()));
        return new Generation(project, number + 1, next);
    }

    /** The next one, held by the same for longer. */
    Generation renewed(Instant until) {
        return with(UNTIL, String.valueOf(until.toEpochMilli()));
    }

    /** The next one, held by nobody; who did so last can still be read. */
    Generation freed() {
        return with(STATE, FREE);
    }

    private Generation with(String key, String value) {
        Map<String, String> next = new LinkedHashMap<>(labels);
        next.put(LABEL, project);
        next.put(key, value);
        return new Generation(project, number + 1, next);
    }

    boolean isFree() {
        return !HELD.equals(labels.get(STATE));
    }

    boolean isHeldBy(String token) {
        return !isFree() && token.equals(labels.get(TOKEN));
    }

    String token() {
        return labels.getOrDefault(TOKEN, "");
    }

    String run() {
        return labels.getOrDefault(RUN, "");
    }

    /** The end of its lease by the engine's clock; long ago where its label is none of ours. */
    Instant until() {
        String millis = labels.getOrDefault(UNTIL, "");
        return millis.matches("\\d{1,18}") ? Instant.ofEpochMilli(Long.parseLong(millis)) : Instant.EPOCH;
    }

    /** Who has held it since when, for a sentence. */
    String holder() {
        String url = labels.getOrDefault(URL, "");
        return labels.get(BUILD) + (url.isEmpty() ? "" : " (" + url + ")") + ", started by " + labels.get(USER) + ", since " + labels.get(SINCE);
    }
}
