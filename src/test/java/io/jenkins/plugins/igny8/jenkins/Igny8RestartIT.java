package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Jenkins is killed, or stopped in order, in the middle of steps, and started again. */
@NeedsDocker
class Igny8RestartIT {

    /** So many lines are written, one each half second: each must come exactly once, whatever happens to Jenkins meanwhile. */
    private static final int LINES = 60;

    private static final String COUNT = "for i in $(seq " + LINES + "); do echo line $i of @; sleep 0.5; done";

    @RegisterExtension
    final RealJenkinsExtension real = LeanJenkins.real(9);

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @TempDir
    Path go;

    /** Compose waits for a health check that turns good only when a file appears in the folder. */
    private static String compose(Path go) throws Exception {
        Files.createDirectories(go);
        return """
                services:
                  web:
                    image: %1$s
                    init: true
                    command: [sleep, '600']
                    volumes: ['%2$s:/go']
                    healthcheck: {test: [CMD, test, -e, /go/now], interval: 300ms, retries: 100000}
                  front:
                    image: %1$s
                    init: true
                    command: [sleep, '600']
                    depends_on: {web: {condition: service_healthy}}
                """.formatted(DockerEngine.BASE, go);
    }

    private static void startEverything(JenkinsRule jenkins, String name, Path away, Path after) throws Exception {
        Trial trial = new Trial(jenkins, jenkins.createProject(WorkflowJob.class, "job"), """
                node { parallel build: { dir('app') {
                  def built = igny8Build(images: [igny8Image(name: '%1$s-app')])
                  echo "built ${built.images[0].imageId} cached ${built.images[0].cached}"
                } }, away: {
                  def deployed = igny8ComposeUp(project: '%1$s-away', files: ['away.yml'])
                  echo "deployed ${deployed.containers.collect { it.name + ' ' + it.state }}"
                }, after: {
                  def deployed = igny8ComposeUp(project: '%1$s-after', files: ['after.yml'])
                  echo "deployed ${deployed.containers.collect { it.name + ' ' + it.state }}"
                }, test: {
                  igny8Test command: '%2$s', image: '%1$s-base'
                } }
                """.formatted(name, COUNT.replace("@", "the test")));
        DockerEngine.docker("tag", DockerEngine.BASE, name + "-base");
        trial.file("app/Dockerfile", "FROM " + DockerEngine.BASE + "\nRUN " + COUNT.replace("@", name) + "\n");
        trial.file("away.yml", compose(away)).file("after.yml", compose(after));
        trial.start().says("line 3 of " + name).says("line 3 of the test").says(name + "-away-web-1  Started").says(name + "-after-web-1  Started");
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("job", WorkflowJob.class).getBuildByNumber(1);
    }

    private static String finish(JenkinsRule jenkins, Result result) throws Exception {
        WorkflowRun run = build(jenkins);
        jenkins.waitForCompletion(run);
        jenkins.assertBuildStatus(result, run);
        return JenkinsRule.getLog(run);
    }

    /** Every line is there; at most those of one look at the command's output, between log and record at the kill, come twice. */
    private static void assertCounted(String log, String end) {
        List<String> counted = log.lines().filter(line -> line.endsWith(end) && line.contains("line ") && !line.contains("RUN"))
                .map(line -> line.replaceAll(".*line ([0-9]+) of.*", "$1")).toList();
        for (int i = 1; i <= LINES; i++) {
            assertTrue(counted.contains(String.valueOf(i)), "line " + i + end + " is lost: " + log);
        }
        long doubled = counted.stream().filter(line -> Integer.parseInt(line) <= LINES).count() - LINES;
        assertTrue(doubled <= 2, doubled + " lines come twice: " + log);
    }

    private static void assertOnce(String log, String end) {
        assertEquals(1, log.lines().filter(line -> line.endsWith(end) && !line.contains("RUN")).count(), end + " comes once: " + log);
    }

    @Test
    void aKilledJenkinsFollowsEverythingToItsEnd() throws Throwable {
        String name = engine.name();
        Path away = go.resolve("away");
        Path after = go.resolve("after");
        // Files go to the other process by their names.
        String awayName = away.toString();
        String afterName = after.toString();
        real.startJenkins();
        real.run(jenkins -> startEverything(jenkins, name, Path.of(awayName), Path.of(afterName)));
        String web = DockerEngine.inspect(name + "-after-web-1", "{{.Id}}");
        real.stopJenkinsForcibly();
        Files.createFile(away.resolve("now"));
        while (!Processes.running("-p " + name + "-away").isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        real.startJenkins();
        real.run(jenkins -> jenkins.waitForMessage("-p " + name + "-after up -d' goes on since before the interruption: followed again", build(jenkins)));
        Files.createFile(after.resolve("now"));
        String log = real.call(jenkins -> finish(jenkins, Result.SUCCESS));
        assertCounted(log, " of " + name);
        assertCounted(log, " of the test");
        assertEquals("", DockerEngine.docker("ps -aq --filter label=io.jenkins.plugins.igny8.test=" + name + "-base"));
        assertTrue(log.contains("built " + DockerEngine.imageId(name + "-app") + " cached false"), log);
        for (String project : List.of(name + "-away", name + "-after")) {
            assertTrue(log.contains("deployed [" + project + "-front-1 running, " + project + "-web-1 running]"), log);
            for (String line : List.of("front-1  Created", "web-1  Created", "web-1  Started", "front-1  Started")) {
                assertOnce(log, project + "-" + line);
            }
            String said = project.equals(name + "-away") ? "ended during the interruption: this is how" : "goes on since before the interruption: followed again";
            assertTrue(log.lines().anyMatch(line -> line.contains("-p " + project + " up -d' " + said)), log);
        }
        assertEquals(web, DockerEngine.inspect(name + "-after-web-1", "{{.Id}}"), "not made anew");
        assertEquals(Set.of(), Processes.running(name));
    }

    @Test
    void anOrderlyRestartWaitsForNothingAndAnAbortAfterItEndsWhatWentOn() throws Throwable {
        String name = engine.name();
        String folder = go.toString();
        real.startJenkins();
        real.run(jenkins -> {
            Trial trial = new Trial(jenkins, jenkins.createProject(WorkflowJob.class, "job"), """
                    node { parallel up: { igny8ComposeUp project: '%1$s', files: ['compose.yml'] }, test: { igny8Test command: '%2$s', image: '%3$s' } }
                    """.formatted(name, COUNT.replace("@", "the test").replace(String.valueOf(LINES), "1000"), DockerEngine.BASE));
            trial.file("compose.yml", compose(Path.of(folder))).start().says(name + "-web-1  Started").says("line 3 of the test");
        });
        real.stopJenkins();
        assertFalse(Processes.running("-p " + name).isEmpty(), "compose lives on without Jenkins");
        real.startJenkins();
        String log = real.call(jenkins -> {
            jenkins.waitForMessage("-p " + name + " up -d' goes on since before the interruption: followed again", build(jenkins));
            jenkins.waitForMessage("line 60 of the test", build(jenkins));
            build(jenkins).getExecutor().interrupt();
            return finish(jenkins, Result.ABORTED);
        });
        assertCounted(log, " of the test");
        assertOnce(log, name + "-web-1  Started");
        assertEquals(Set.of(), Processes.running("-p " + name));
        assertTrue(log.contains("warning: interrupted while Compose changed " + name + "; what is left:"), log);
        assertEquals("created", DockerEngine.inspect(name + "-front-1", "{{.State.Status}}"));
    }

    @Test
    void aSaveGoesOnAndWhatWasWrittenIsNotWrittenAgain() throws Throwable {
        String name = engine.name();
        real.startJenkins();
        String folder = real.call(jenkins -> {
            Trial trial = new Trial(jenkins, jenkins.createProject(WorkflowJob.class, "job"), """
                    node {
                      igny8Build images: [igny8Image(name: '%1$s-app', context: 'app')]
                      def saved = igny8Save(images: [igny8BuiltImage(name: '%1$s-app'), igny8BuiltImage(name: '%2$s')], directory: '%1$s')
                      echo "saved ${saved.files.collect { it.name + ' ' + it.unchanged }}"
                    }
                    """.formatted(name, DockerEngine.BASE));
            trial.image("app", name).start();
            return trial.workspace().child(name).getRemote();
        });
        String process = Processes.hold("save", DockerEngine.imageId(DockerEngine.BASE).substring(7, 19) + ".tar");
        real.run(jenkins -> jenkins.waitForMessage("[" + name + "-app] saved: ", build(jenkins)));
        String app = name + "-app-" + DockerEngine.imageId(name + "-app").substring(7, 19) + ".tar";
        Object written = Files.getAttribute(Path.of(folder, ".igny8-unfinished", app), "unix:ino");
        real.stopJenkinsForcibly();
        real.startJenkins();
        real.run(jenkins -> jenkins.waitForMessage("goes on since before the interruption: followed again", build(jenkins)));
        Processes.letGo(process);
        String log = real.call(jenkins -> finish(jenkins, Result.SUCCESS));
        assertTrue(log.contains("saved [" + name + "-app false, " + DockerEngine.BASE + " false]"), log);
        assertEquals(written, Files.getAttribute(Path.of(folder, app), "unix:ino"));
        try (var files = Files.list(Path.of(folder))) {
            assertEquals(3, files.count(), log);
        }
    }
}
