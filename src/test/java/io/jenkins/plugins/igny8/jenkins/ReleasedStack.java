package io.jenkins.plugins.igny8.jenkins;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small stack whose image says how a release behaves, and what the engine tells of it.
 *
 * <p>A release is {@code good}; {@code slow}: its backend, for which Compose waits, gets healthy when the folder {@code go} has a file
 * {@code now}; {@code late}: the same of its worker, for which Compose does not wait, and which ends when there is a file {@code die};
 * {@code lazy}: its worker ends at once. A number behind makes it another image.
 */
final class ReleasedStack {

    /** Compose's files with everything but images of its own. */
    static String compose(String name, String go) {
        return """
                services:
                  backend:
                    image: %1$s-backend
                    command: [sh, -c, 'grep -q slow /app/mode || touch /tmp/ok; exec sleep 600']
                    init: true
                    stop_grace_period: 1s
                    volumes: ['%3$s:/go']
                    healthcheck: {test: [CMD-SHELL, 'test -e /tmp/ok || test -e /go/now'], interval: 300ms, retries: 100000}
                  celery_worker:
                    image: %1$s-backend
                    command: [sh, -c, 'grep -q lazy /app/mode && exit 1; until grep -q late /app/mode && [ -e /go/die ]; do sleep 0.2; done; exit 1']
                    init: true
                    stop_grace_period: 1s
                    volumes: ['%3$s:/go']
                    healthcheck: {test: [CMD-SHELL, 'grep -qv late /app/mode || test -e /go/now'], interval: 300ms, retries: 100000}
                  front:
                    image: %2$s
                    command: [sleep, '600']
                    init: true
                    stop_grace_period: 1s
                    depends_on: {backend: {condition: service_healthy}}
                """.formatted(name, DockerEngine.BASE, go);
    }

    /** The files of a release in a job's workspace. */
    static Trial lay(Trial trial, String name, String mode) throws Exception {
        return trial.file("compose.yml", compose(name, trial.workspace().child("go").getRemote()))
                .file("app/Dockerfile", "FROM " + DockerEngine.BASE + "\nCOPY mode /app/\n")
                .file("app/mode", mode + "\n");
    }

    static String build(String name) {
        return "igny8Build(images: [igny8Image(name: '" + name + "-backend', context: 'app')])";
    }

    static String deploy(String name, String more) {
        return "igny8Deploy(project: '" + name + "', files: ['compose.yml'], noMigrate: true, settle: 1, deadline: 120, healthDeadline: 60" + more + ")";
    }

    static String rollback(String name, String more) {
        return "igny8Rollback(project: '" + name + "', files: ['compose.yml'], noMigrate: true, settle: 1" + more + ")";
    }

    /** Each running container's service with its ID and image. */
    static Map<String, String> running(String name) {
        Map<String, String> running = new TreeMap<>();
        DockerEngine.docker("ps", "--no-trunc", "--filter", "label=com.docker.compose.project=" + name, "--format", "{{.Label \"com.docker.compose.service\"}} {{.ID}}")
                .lines()
                .forEach(line -> running.put(line.split(" ")[0], line.split(" ")[1] + " " + DockerEngine.inspect(line.split(" ")[1], "{{.Image}}")));
        return running;
    }

    static String image(String name, String service) {
        String one = running(name).get(service);
        return one == null ? "none" : one.split(" ")[1];
    }

    /** IDs of the running backends of an image; one question, for a container may go between two. */
    static String runningOn(String name, String imageId) {
        return DockerEngine.docker("ps", "-q", "--filter", "label=com.docker.compose.project=" + name, "--filter",
                "label=com.docker.compose.service=backend", "--filter", "ancestor=" + imageId);
    }

    /** Numbers and outcomes of the releases that the engine keeps, with the build of each. */
    static List<String> releases(String name) {
        return DockerEngine.docker("volume ls -q --filter label=io.jenkins.plugins.igny8.release=" + name).lines()
                .sorted(Comparator.comparingInt(volume -> Integer.parseInt(volume.substring(volume.lastIndexOf('.') + 1))))
                .map(volume -> DockerEngine.docker("volume", "inspect", volume, "--format",
                        "{{index .Labels \"io.jenkins.plugins.igny8.release.number\"}} {{index .Labels \"io.jenkins.plugins.igny8.release.outcome\"}}"))
                .toList();
    }

    /** Containers that a cut change may leave: candidates, and those that have not yet their place. */
    static List<String> leftovers(String name) {
        return DockerEngine.docker("ps -a --format {{.Names}} --filter name=" + name).lines()
                .filter(one -> one.startsWith(name + "-candidate") || one.matches("[0-9a-f]{12}_.*"))
                .toList();
    }

    private ReleasedStack() {}
}
