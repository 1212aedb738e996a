package io.jenkins.plugins.igny8.jenkins;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.FilePath;
import hudson.model.Result;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** One sandboxed pipeline job on a real Jenkins, with a workspace that a test fills beforehand. */
public final class Trial {

    private static final long WAIT_SECONDS = 120;

    private final JenkinsRule jenkins;
    private final WorkflowJob job;
    private final FilePath workspace;
    private WorkflowRun run;

    public Trial(JenkinsRule jenkins, String script) throws Exception {
        this(jenkins, jenkins.createProject(WorkflowJob.class), script);
    }

    public Trial(JenkinsRule jenkins, WorkflowJob job, String script) throws Exception {
        this.jenkins = jenkins;
        this.job = job;
        this.workspace = jenkins.jenkins.getWorkspaceFor(job);
        script(script);
    }

    /** In a folder, whose credentials count for it. */
    static Trial in(Folder folder, JenkinsRule jenkins, String script) throws Exception {
        return new Trial(jenkins, folder.createProject(WorkflowJob.class, "job"), script);
    }

    /** A Declarative pipeline on any node. */
    public static String declarative(String stages) {
        return "pipeline {\n agent any\n" + stages + "\n}\n";
    }

    public Trial script(String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        return this;
    }

    public Trial file(String name, String text) throws Exception {
        workspace.child(name).write(text, "UTF-8");
        return this;
    }

    /** A folder with a Dockerfile for a few bytes. Its page tells it apart from all others. */
    public Trial image(String folder, String page) throws Exception {
        return file(folder + "/Dockerfile", "FROM scratch\nCOPY page /\n").file(folder + "/page", page);
    }

    public FilePath workspace() {
        return workspace;
    }

    public WorkflowJob job() {
        return job;
    }

    /** The latest build. */
    public WorkflowRun build() {
        return run;
    }

    /** Begins a build, which need not be over. */
    public Trial start() throws Exception {
        run = job.scheduleBuild2(0).waitForStart();
        return this;
    }

    /** Builds to the end, or follows to it what was started. @return the log */
    public String ends(Result result) throws Exception {
        if (run == null || !run.isBuilding()) {
            start();
        }
        return over(result);
    }

    /** Waits for the end of what was started. */
    public String over(Result result) throws Exception {
        jenkins.waitForCompletion(run);
        jenkins.assertBuildStatus(result, run);
        return log();
    }

    public String succeeds() throws Exception {
        return ends(Result.SUCCESS);
    }

    public String fails() throws Exception {
        return ends(Result.FAILURE);
    }

    public String log() throws Exception {
        return JenkinsRule.getLog(run);
    }

    /** Waits until the log of the running build has it. */
    public Trial says(String text) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!log().contains(text)) {
            if (!run.isBuilding() || System.nanoTime() > giveUp) {
                throw new AssertionError("the log does not say '" + text + "':\n" + log());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return this;
    }

    /** What follows a mark that the pipeline echoed, to the end of that line. */
    public String said(String mark) throws Exception {
        String log = log();
        return log.lines()
                .filter(line -> line.startsWith(mark))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("no line begins with '" + mark + "':\n" + log))
                .substring(mark.length());
    }
}
