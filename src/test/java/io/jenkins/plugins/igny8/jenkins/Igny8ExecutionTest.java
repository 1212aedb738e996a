package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.graphanalysis.NodeStepTypePredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What is the same for every step, seen on a step of this test that runs any command: no engine is needed. */
@WithJenkins
class Igny8ExecutionTest {

    private static JenkinsRule jenkins;
    private static boolean strict;

    /** Jenkins' own tests refuse unknown parameters, which a real one only warns of: the guard must be ours. */
    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        strict = DescribableModel.STRICT_PARAMETER_CHECKING;
        DescribableModel.STRICT_PARAMETER_CHECKING = false;
    }

    @AfterAll
    static void strictAgain() {
        DescribableModel.STRICT_PARAMETER_CHECKING = strict;
    }

    /** {@code igny8Try}. */
    public static class TryStep extends Igny8Step {

        private final String command;
        private String word;
        private Integer number;
        private String credentialsId;

        @DataBoundConstructor
        public TryStep(String command) {
            this.command = command;
        }

        @Override
        public Operation<?> operation(Settings settings) {
            return new TryCommand(command, word == null ? "default" : word, number == null ? 7 : number, credentialsId);
        }

        public String getCommand() {
            return command;
        }

        public String getWord() {
            return word;
        }

        @DataBoundSetter
        public void setWord(String word) {
            this.word = word;
        }

        public Integer getNumber() {
            return number;
        }

        @DataBoundSetter
        public void setNumber(Integer number) {
            this.number = number;
        }

        public String getCredentialsId() {
            return credentialsId;
        }

        @DataBoundSetter
        public void setCredentialsId(String credentialsId) {
            this.credentialsId = credentialsId;
        }

        @TestExtension
        @Symbol("igny8Try")
        public static class DescriptorImpl extends Descriptor {}
    }

    private static Trial trial(String script) throws Exception {
        return new Trial(jenkins, script);
    }

    private static void assertOneLine(String sentence, Trial trial) throws Exception {
        String log = trial.fails();
        assertEquals(1, log.lines().filter(line -> line.startsWith("ERROR: ") && line.contains(sentence)).count(), log);
        assertFalse(log.contains("\tat ") || log.contains("Exception"), "no stack trace: " + log);
        assertFalse(log.contains("WARNING: Unknown parameter"), log);
    }

    @Test
    void anUnknownParameterIsRefusedWithTheNearestName() throws Exception {
        assertOneLine("igny8Try has no parameter 'nubmer': did you mean 'number'?", trial("node { igny8Try command: 'true', nubmer: 5 }"));
        assertOneLine("igny8Build has no parameter 'imagse': did you mean 'images'?", trial("node { igny8Build imagse: [] }"));
        assertOneLine("igny8WaitHealthy has no parameter 'wait': known here: deadline, ",
                trial("node { igny8WaitHealthy wait: true }"));
        assertOneLine("igny8Image has no parameter 'tag'", trial("node { igny8Build images: [igny8Image(name: 'x', tag: 'y')] }"));
        assertOneLine("igny8Image has no parameter 'dockerfil': did you mean 'dockerfile'?",
                trial("node { igny8Build images: [[name: 'x', dockerfil: 'y']] }"));
        assertOneLine("igny8BuiltImage has no parameter 'digset': did you mean 'digest'?",
                trial("node { igny8Push registry: 'x', images: [[name: 'x', digset: 'y']] }"));
    }

    @Test
    void declarativeRefusesItTooInScriptsAndNested() throws Exception {
        assertOneLine("igny8Image has no parameter 'dockerfil': did you mean 'dockerfile'?", trial(Trial.declarative(
                " stages { stage('Build') { steps { igny8Build images: [igny8Image(name: 'x', dockerfil: 'y')] } } }")));
        assertOneLine("igny8Try has no parameter 'nubmer': did you mean 'number'?", trial(Trial.declarative(
                " stages { stage('Try') { steps { script { igny8Try command: 'true', nubmer: 5 } } } }")));
        String before = trial(Trial.declarative(" stages { stage('Try') { steps { echo 'never'; igny8Try command: 'true', nubmer: 5 } } }")).fails();
        assertTrue(before.contains("Invalid parameter \"nubmer\"") && !before.contains("[Pipeline] echo"), before);
    }

    @Test
    void aWrongTypeIsOneLine() throws Exception {
        assertOneLine("igny8Try: 'number' wants a number, but was given the text 'five'.", trial("node { igny8Try command: 'true', number: 'five' }"));
        assertOneLine("igny8Try: 'number' wants a number, but was given [5].", trial("node { igny8Try command: 'true', number: [5] }"));
        assertOneLine("igny8Build: 'images' wants a list, but was given the text 'x'.", trial("node { igny8Build images: 'x' }"));
        assertOneLine("igny8Image: 'buildArgs' wants a text, but was given the number 5.",
                trial("node { igny8Build images: [igny8Image(name: 'x', buildArgs: ['A=1', 5])] }"));
        assertOneLine("igny8BuiltImage: 'seconds' wants a number, but was given the text 'x'.",
                trial("node { igny8Push images: [[name: 'x', seconds: 'x']] }"));
        assertOneLine("igny8ComposeUp: 'files' wants a list, but was given the number 5.", trial("node { igny8ComposeUp files: 5 }"));
    }

    @Test
    void nullMeansNotGiven() throws Exception {
        Trial trial = trial("node { def r = igny8Try(command: 'true', word: null, number: env.NOPE); echo \"r ${r.word} ${r.number}\" }");
        trial.succeeds();
        assertEquals("default 7", trial.said("r "));
    }

    @Test
    void outsideANodeOneSentenceSaysWhatIsMissing() throws Exception {
        for (String script : List.of("igny8Try 'true'", "igny8Build()")) {
            String name = script.replaceAll("\\W.*", "");
            assertOneLine(name + " needs a workspace: put it inside node { … }, or give the pipeline or its stage an agent.", trial(script));
        }
        assertOneLine("igny8Try needs a workspace: ", trial("pipeline { agent none; stages { stage('Try') { steps { igny8Try 'true' } } } }"));
    }

    @Test
    void aFailureCanBeReadAfterwards() throws Exception {
        Trial trial = trial(Trial.declarative("""
                 stages { stage('Fails') { steps { igny8Try command: 'exit 3' } } }
                 post { failure { echo "post ${env.IGNY8_FAILURE}"; sh 'echo "shell $IGNY8_FAILURE"' } }
                """));
        String log = trial.fails();
        assertEquals("igny8Try: The command ended with exit code 3.", trial.said("post "));
        assertEquals("igny8Try: The command ended with exit code 3.", trial.said("shell "));
        assertTrue(log.contains("ERROR: The command ended with exit code 3.\nFinished: FAILURE"), log);
        String caught = trial("node { try { igny8Try 'exit 4' } catch (e) { echo \"caught ${e.class.simpleName} ${e.message} ${env.IGNY8_FAILURE}\" } }")
                .succeeds();
        assertTrue(caught.contains("caught AbortException The command ended with exit code 4. igny8Try: The command ended with exit code 4."), caught);
    }

    @Test
    void theLabelShowsWhatMatters() throws Exception {
        Trial trial = trial("node { igny8Try command: 'echo hello', word: 'w'; igny8Try 'true'; catchError { igny8Build images: [igny8Image(name: 'a/b:1'), igny8Image(name: 'c')] } }");
        trial.ends(Result.FAILURE);
        List<String> labels = new DepthFirstScanner().allNodes(trial.build().getExecution()).stream()
                .filter(new NodeStepTypePredicate("igny8Try").or(new NodeStepTypePredicate("igny8Build")))
                .map(ArgumentsAction::getStepArgumentsAsString)
                .toList();
        assertEquals(List.of("images: a/b:1 c", "command: true", "command: echo hello, word: w"), labels);
    }

    @Test
    void runsInTheFolderOfTheStepWithItsEnvironment() throws Exception {
        Trial trial = trial("""
                node { dir('app') { withEnv(['A=it is $A "b"', 'B=é']) {
                  def r = igny8Try(command: 'pwd; echo "A is $A"; echo "B is $B"; echo "no" >&2')
                  echo "lines ${r.lines}"
                } } }
                """);
        trial.succeeds();
        assertEquals("[" + trial.workspace().child("app").getRemote() + ", A is it is $A \"b\", B is é, no]", trial.said("lines "));
    }

    @Test
    void whatTheStepResolvedItselfIsMasked() throws Exception {
        String password = "s3cret/ü word";
        SystemCredentialsProvider.getInstance().getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", "", "me", password));
        Trial trial = trial("""
                node {
                  try {
                    igny8Try command: 'echo "said $IGNY8_TRY_PASSWORD"; exit 3', credentialsId: 'login'
                  } finally {
                    sh 'echo "variable $IGNY8_FAILURE"'
                  }
                }
                """);
        String log = trial.fails();
        assertTrue(log.contains("[try] said ****"), log);
        assertTrue(log.contains("[try] base64 ****") && log.contains("[try] url ****"), log);
        assertTrue(log.contains("ERROR: The command ended with exit code 3 as ****."), log);
        assertTrue(log.contains("variable igny8Try: The command ended with exit code 3 as ****."), log);
        assertFalse(log.contains("s3cret"), log);
        assertTrue(trial("node { igny8Try command: 'true', credentialsId: 'gone' }").fails().contains("ERROR: "), "unknown credentials");
        assertTrue(trial.log().contains("[Pipeline] igny8Try"), "log was read");
    }

    @Test
    void aRunningStepDoesNotBlockTheBuildsThread() throws Exception {
        Trial trial = trial("node { parallel slow: { igny8Try 'touch begun; while [ ! -e go ]; do sleep 0.1; done' }, fast: { waitUntil(quiet: true) { fileExists 'begun' }; writeFile file: 'go', text: '' } }");
        trial.succeeds();
    }

    @Test
    void parallelBranchesKeepTheirResultsApart() throws Exception {
        Trial trial = trial("""
                node {
                  def results = [:]
                  def branches = [:]
                  for (n in ['1', '2', '3', '4']) {
                    def one = n
                    branches[one] = { dir("d${one}") { results[one] = igny8Try(command: "sleep 1; echo of ${one}") } }
                  }
                  parallel branches
                  echo "lines ${[results['1'].lines, results['2'].lines, results['3'].lines, results['4'].lines]}"
                }
                """);
        trial.succeeds();
        assertEquals("[[of 1], [of 2], [of 3], [of 4]]", trial.said("lines "));
    }

    private static final String GRANDCHILDREN = "sh -c '(sleep @ & sleep @; true) & sleep @; true' & sleep @; true";

    /** Sleeps so long that nobody else sleeps just as long. */
    private static String unique() {
        return "7" + System.nanoTime() % 1_000_000_000;
    }

    private static Trial sleeping(String script, String unique) throws Exception {
        Trial trial = trial(script.replace("TRY", "igny8Try command: \"\"\"echo begun; " + GRANDCHILDREN.replace("@", unique) + "\"\"\"")).start();
        trial.says("[try] begun");
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Processes.running("sleep " + unique + " ").size() < 4) {
            assertTrue(System.nanoTime() < giveUp, Processes.running(unique).toString());
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return trial;
    }

    private static void assertEnded(Trial trial, Result result, String unique, long since) throws Exception {
        String log = trial.over(result);
        assertTrue(System.nanoTime() - since < TimeUnit.SECONDS.toNanos(60), log);
        assertEquals(Set.of(), Processes.running(unique));
        assertTrue(log.contains("warning: interrupted; what is left: nothing"), log);
        assertFalse(log.contains("it is not certain"), log);
    }

    @Test
    void aUsersAbortEndsTheCommandWithItsGrandchildren() throws Exception {
        String unique = unique();
        Trial trial = sleeping("node { dir('app') { TRY } }", unique);
        long since = System.nanoTime();
        trial.build().getExecutor().interrupt();
        assertEnded(trial, Result.ABORTED, unique, since);
    }

    @Test
    void aTimeoutEndsItAndThePipelineGoesOn() throws Exception {
        String unique = unique();
        Trial trial = sleeping("node { try { timeout(time: 12, unit: 'SECONDS') { TRY } } catch (e) { echo \"after ${e.class.simpleName}\"; igny8Try 'echo next'; throw e } }", unique);
        assertEnded(trial, Result.ABORTED, unique, System.nanoTime());
        assertTrue(trial.log().contains("after FlowInterruptedException") && trial.log().contains("[try] next"), trial.log());
    }

    @Test
    void failFastEndsItAndANeighbourWithoutItLivesOn() throws Exception {
        String unique = unique();
        Trial trial = sleeping("node { parallel failFast: true, long: { TRY }, bad: { waitUntil(quiet: true) { fileExists 'go' }; error 'on purpose' } }", unique);
        long since = System.nanoTime();
        trial.file("go", "");
        assertEnded(trial, Result.FAILURE, unique, since);

        unique = unique();
        trial = sleeping("node { parallel timed: { catchError { timeout(time: 15, unit: 'SECONDS') { TRY } } }, neighbour: { igny8Try 'while [ ! -e go ]; do sleep 0.2; done; echo neighbour is done' } }", unique);
        while (!Processes.running(unique).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        trial.says("what is left: nothing").file("go", "");
        assertTrue(trial.over(Result.ABORTED).contains("[try] neighbour is done"), trial.log());
    }

    @Test
    void aCommandThatIgnoresTheEndIsKilled() throws Exception {
        String unique = unique();
        Trial trial = trial("node { igny8Try \"trap '' TERM; echo begun; sh -c 'sleep " + unique + "; true'; sleep " + unique + "\" }").start().says("[try] begun");
        long since = System.nanoTime();
        trial.build().getExecutor().interrupt();
        assertEnded(trial, Result.ABORTED, unique, since);
    }
}
