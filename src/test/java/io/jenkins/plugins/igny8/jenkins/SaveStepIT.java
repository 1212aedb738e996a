package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.FilePath;
import hudson.model.Result;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code igny8Save} and {@code igny8Load}, which belong together. */
@NeedsDocker
@WithJenkins
class SaveStepIT {

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    private String image() {
        return engine.name() + "-app:latest";
    }

    private static List<String> files(FilePath folder) throws Exception {
        return folder.exists() ? folder.list().stream().map(FilePath::getName).sorted().toList() : List.of();
    }

    /** The engine forgets it in between, so that only the file can have it. */
    @Test
    void whatWasSavedComesBackAndIsTheInputOfTheNextStep() throws Exception {
        Trial trial = new Trial(jenkins, """
                node {
                  igny8Build images: [igny8Image(name: '%1$s', context: 'app')]
                  def saved = igny8Save()
                  echo "saved ${saved.files[0].file} ${saved.files[0].imageId} ${saved.files[0].bytes > 1000} ${saved.files[0].unchanged}"
                  sh 'docker rmi %1$s'
                  def loaded = igny8Load()
                  echo "loaded ${loaded.images[0].imageId} ${loaded.skipped} ${loaded.seconds >= 0}"
                  echo "again ${igny8Load().skipped} ${igny8Save(images: loaded.images).files[0].unchanged}"
                }
                """.formatted(image()));
        String log = trial.image("app", engine.name()).succeeds();
        String id = DockerEngine.imageId(image());
        String file = engine.name() + "-app-" + id.substring(7, 19) + ".tar";
        assertEquals("igny8-images/" + file + " " + id + " true false", trial.said("saved "));
        assertEquals(id + " [] true", trial.said("loaded "));
        assertEquals("[" + image() + "] true", trial.said("again "));
        assertEquals(Set.of(file, "igny8-images.json"), Set.copyOf(files(trial.workspace().child("igny8-images"))));
        assertTrue(log.contains("[" + engine.name() + "-app] unchanged: not written again (igny8-images/" + file + ")"), log);
    }

    @Test
    void anotherJobKnowsNamesAndIdsFromTheFolderAlone() throws Exception {
        Trial build = new Trial(jenkins, Trial.declarative("""
                 stages { stage('Save') { steps {
                  igny8Build images: [igny8Image(name: '%s', context: 'app')]
                  dir('out') { igny8Save directory: 'files' }
                 } } }
                """.formatted(image())));
        build.image("app", engine.name()).succeeds();
        String id = DockerEngine.imageId(image());
        DockerEngine.docker("rmi", image());
        Trial deploy = new Trial(jenkins, Trial.declarative("""
                 stages { stage('Load') { steps {
                  igny8Load directory: 'in'
                  sh 'echo "variable $IGNY8_IMAGE_%s"'
                 } } }
                """.formatted((engine.name() + "-app").toUpperCase(Locale.ROOT).replace('-', '_'))));
        build.workspace().child("out/files").copyRecursiveTo(deploy.workspace().child("in"));
        deploy.succeeds();
        assertEquals(id, DockerEngine.imageId(image()));
        assertEquals(image(), deploy.said("variable "));
    }

    @Test
    void anAbortLeavesNoFile() throws Exception {
        Trial trial = new Trial(jenkins, "node { igny8Save images: [igny8BuiltImage(name: '" + DockerEngine.BASE + "')], directory: '" + engine.name() + "' }");
        trial.start();
        Processes.hold("save", engine.name());
        trial.build().doStop();
        String log = trial.over(Result.ABORTED);
        assertEquals(Set.of(), Processes.running("save --output " + trial.workspace().getRemote()), log);
        assertEquals(List.of(), files(trial.workspace().child(engine.name())));
    }

    @Test
    void aMistakeIsOneSentence() throws Exception {
        Trial trial = new Trial(jenkins, "node { igny8Load() }");
        String log = trial.fails();
        assertTrue(log.contains("ERROR: There is no folder igny8-images in " + trial.workspace().getRemote() + ": run igny8Save first, or bring here all"
                + " that it wrote, or give its folder in 'directory'."), log);
        assertFalse(log.contains("\tat "), log);
        log = trial.script("node { igny8Save() }").fails();
        assertTrue(log.contains("ERROR: There is no image to save: run igny8Build or igny8Pull first in this build, or give 'images'."), log);
        log = trial.script("node { igny8Save directory: '../x' }").fails();
        assertTrue(log.contains("ERROR: The path '../x' leaves the workspace"), log);
    }
}
