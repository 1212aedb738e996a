package io.jenkins.plugins.igny8.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.Volumes;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The releases of a project, kept on its engine as labels of empty volumes: they outlive the controller and {@code docker system prune},
 * and anybody reads them with {@code docker volume inspect}. To be changed only by who holds the {@link Lock}.
 */
public final class Releases {

    private static final String LABEL = "io.jenkins.plugins.igny8.release";
    private static final String NUMBER = LABEL + ".number";
    private static final String OUTCOME = LABEL + ".outcome";
    private static final String RECORD = LABEL + ".record";

    /** In bytes: the kernel takes no word of a command that is longer than 128 KiB. */
    private static final int LONGEST_RECORD = 120_000;

    private static final Pattern NUMBERED = Pattern.compile(".*\\.\\d{1,18}");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Docker docker;
    private final Host host;
    private final String project;

    public Releases(Docker docker, Host host, String project) {
        this.docker = docker;
        this.host = host;
        this.project = project;
    }

    /** All that are kept, the newest last. */
    public List<Release> all() throws InterruptedException {
        return read(docker.ask(Volumes.labelled(LABEL, project, List.of(RECORD))), host);
    }

    /** Those of all projects of an engine. */
    public static List<Release> ofEngine(Docker docker, Host host) throws InterruptedException {
        return read(docker.ask(Volumes.labelled(LABEL, List.of(RECORD))), host);
    }

    /** The number of the next one: above all that the engine has, those that cannot be read too. */
    public long next() throws InterruptedException {
        return docker.ask(Volumes.labelled(LABEL, project, List.of())).stream()
                        .map(Volumes.Labelled::name)
                        .filter(name -> NUMBERED.matcher(name).matches())
                        .mapToLong(Generation::number)
                        .max()
                        .orElse(-1)
                + 1;
    }

    private static List<Release> read(List<Volumes.Labelled> volumes, Host host) {
        List<Release> releases = new ArrayList<>();
        for (Volumes.Labelled volume : volumes) {
            Release release = release(volume.labels().get(RECORD));
            if (release == null) {
                host.tell(Event.warning("", "the volume " + volume.name() + " holds no release that this version can read, and is left alone"));
            } else {
                releases.add(release);
            }
        }
        releases.sort(Comparator.comparingLong(Release::number));
        return releases;
    }

    /** Null where it is none. */
    private static Release release(String record) {
        try {
            return MAPPER.readValue(record, Release.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /**
     * Keeps one.
     *
     * @throws Failure where the engine has another one of this number
     */
    public void keep(Release release) throws InterruptedException {
        Release kept = release;
        String record = write(kept);
        if (record.getBytes(StandardCharsets.UTF_8).length > LONGEST_RECORD) {
            host.tell(Event.warning("", "the compose files are too long to be kept with release " + release.number() + ": to go back to it, check out its commit"));
            kept = release.withoutFiles();
            record = write(kept);
        }
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(LABEL, project);
        labels.put(NUMBER, String.valueOf(kept.number()));
        labels.put(OUTCOME, kept.outcome());
        labels.put(RECORD, record);
        docker.change(Volumes.create(volume(kept.number()), labels), line -> {});
        if (!all().contains(kept)) {
            throw new Failure("The engine has another release " + kept.number() + " of " + project + " already, in the volume " + volume(kept.number())
                    + ": somebody else deploys without the lock.");
        }
    }

    private static String write(Release release) {
        try {
            return MAPPER.writeValueAsString(release);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Forgets a release. */
    public void forget(Release release) throws InterruptedException {
        docker.attempt(Volumes.remove(List.of(volume(release.number()))), line -> {});
    }

    /** The volume that holds a release. */
    public String volume(long number) {
        return Generation.volume("igny8-release", project, number);
    }
}
