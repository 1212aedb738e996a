package io.jenkins.plugins.igny8.jenkins;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import hudson.AbortException;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.igny8.agent.Journal;
import io.jenkins.plugins.igny8.host.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Carries out a step: on a thread of an own pool, never on the build's. After a restart of Jenkins the operation runs again
 * from its beginning with the same journal, in which it finds the commands that are still under way; operations are made so
 * that this ends in the same state.
 */
class Igny8Execution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(Igny8Execution.class.getName());

    /** Threads wait most of the time; how many there are is bounded by what the executors let run at once. */
    private static final ExecutorService POOL = Executors.newCachedThreadPool(
            new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "igny8 step"));

    /** The build's thread may be busy with other steps; longer than this it hangs. */
    private static final Duration SAVING = Duration.ofSeconds(30);

    /** The step's parameters: all that is needed to ask for the same again, in a form that outlives another version of its class. */
    private final UninstantiatedDescribable step;

    private final Journal journal = new Journal();

    /** Why the step was stopped; null: it was not. Kept, so that a restart does not forget an abort. */
    private volatile Throwable stopped;

    private transient volatile Thread worker;
    private transient volatile boolean over;

    Igny8Execution(StepContext context, Igny8Step step) {
        super(context);
        this.step = DescribableModel.uninstantiate2_(step);
    }

    @Override
    public boolean start() {
        beginOnRecord();
        return false;
    }

    /** Begins once it is on record that this step runs: a command that is started finds its journal stored. */
    final void beginOnRecord() {
        Futures.addCallback(
                getContext().saveState(),
                new FutureCallback<Void>() {
                    @Override
                    public void onSuccess(Void saved) {
                        begin();
                    }

                    @Override
                    public void onFailure(Throwable notSaved) {
                        // The build's own concern: without its record nothing is resumed, but all the same done.
                        LOGGER.log(Level.WARNING, "the state of a step could not be saved", notSaved);
                        begin();
                    }
                },
                MoreExecutors.directExecutor());
    }

    @Override
    public void onResume() {
        begin();
    }

    private void begin() {
        inPool(this::run);
    }

    static void inPool(Runnable work) {
        POOL.submit(work);
    }

    private void run() {
        Object result;
        synchronized (this) {
            worker = Thread.currentThread();
            if (stopped != null) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            result = onHost(this::perform);
        } catch (Throwable e) {
            failed(stopped != null ? stopped : e instanceof Failure ? asAbort(e) : e);
            return;
        }
        if (stopped != null) {
            // What was aborted has not succeeded, even if it was just done: a timeout would count as success.
            failed(stopped);
        } else {
            succeeded(result);
        }
    }

    /** Something that a step does where it runs. */
    interface Work {
        Object on(BuildHost host, Igny8Step step) throws InterruptedException;
    }

    final Object onHost(Work work) throws Exception {
        Suspension suspension = new Suspension();
        journal.setSaver(() -> save(suspension));
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2);
                BuildHost host = BuildHost.ofStep(getContext(), journal, suspension)) {
            return work.on(host, step.instantiate(Igny8Step.class));
        }
    }

    Object perform(BuildHost host, Igny8Step asked) throws InterruptedException {
        return host.perform(asked);
    }

    void succeeded(Object result) {
        over();
        getContext().onSuccess(result);
    }

    void failed(Throwable why) {
        over();
        getContext().onFailure(why);
    }

    /**
     * Waits until it is done: what is started next must be on record. The log is written first, which Jenkins else holds back for
     * seconds: after a kill between the two a few lines come twice, but none is lost.
     */
    private void save(Suspension suspension) {
        suspension.await();
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().flush();
            }
            getContext().saveState().get(SAVING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | IOException e) {
            LOGGER.log(Level.WARNING, "the state of a step could not be saved", e);
        }
    }

    /** Without its cause, which Jenkins would store with the build as an object of this plugin. */
    private static AbortException asAbort(Throwable failure) {
        LOGGER.log(Level.FINE, "a step failed", failure);
        return new AbortException(failure.getMessage());
    }

    private synchronized void over() {
        over = true;
        rest();
    }

    /** The thread goes back to the pool; a late abort must not meet the next step. */
    final synchronized void rest() {
        worker = null;
        Thread.interrupted();
    }

    /** Why it was stopped, which is forgotten; null: it was not. */
    final synchronized Throwable takeStop() {
        Throwable why = stopped;
        stopped = null;
        return why;
    }

    /** Returns at once, since it runs on the build's own thread; the worker ends what it has started and tells the build. */
    @Override
    public synchronized void stop(Throwable cause) {
        if (stopped == null && !over) {
            stopped = cause;
            getContext().saveState();
            if (worker != null) {
                worker.interrupt();
            }
        }
    }

    /** A restart need not wait: the commands live on without Jenkins and are found again. */
    @Override
    public boolean blocksRestart() {
        return false;
    }

    @Override
    public String getStatus() {
        return over ? "is over" : stopped != null ? "is being aborted" : "runs";
    }
}
