package io.jenkins.plugins.igny8.jenkins;

import io.jenkins.plugins.igny8.config.Igny8Configuration;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Carries out a block step: enters, runs the steps inside, stays in between, and leaves however they ended. What it enters it leaves:
 * an abort before, while or after the steps inside run is no exception. A restart of Jenkins goes on where it was.
 */
final class Igny8BlockExecution extends Igny8Execution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(Igny8BlockExecution.class.getName());

    /** As long as ending a command takes at most; Jenkins gives an aborted step 60 s. */
    private static final Duration LEAVING_ABORTED = Duration.ofSeconds(25);

    private enum Phase {
        ENTERING,
        INSIDE,
        LEAVING
    }

    private volatile Phase phase = Phase.ENTERING;

    /** What the steps inside came to, as long as this step leaves. */
    private transient Object value;

    /** The same for after a restart; what cannot be stored would take the build's record with it, and is null. */
    private Serializable storedValue;

    private Throwable error;
    private BodyExecution body;
    private long pauseMillis;

    private transient boolean entered;
    private transient Thread staying;

    Igny8BlockExecution(StepContext context, Igny8BlockStep step) {
        super(context, step);
    }

    @Override
    Object perform(BuildHost host, Igny8Step asked) throws InterruptedException {
        Igny8BlockStep step = (Igny8BlockStep) asked;
        if (phase == Phase.LEAVING) {
            return leave(host, step);
        }
        Object inside = host.perform(step);
        pauseMillis = step.around(Igny8Configuration.get().settings()).pause().toMillis();
        entered = true;
        return inside;
    }

    private Object leave(BuildHost host, Igny8BlockStep step) throws InterruptedException {
        stayNoMore();
        try {
            return host.leave(step);
        } catch (Failure e) {
            if (error == null) {
                throw e;
            }
            // The build fails for what happened inside.
            host.tell(Event.warning("", e.getMessage()));
            return null;
        }
    }

    @Override
    void succeeded(Object result) {
        if (phase == Phase.LEAVING) {
            end(error);
        } else {
            goInside(result);
        }
    }

    @Override
    void failed(Throwable why) {
        if (phase == Phase.LEAVING) {
            end(error == null ? why : error);
        } else if (entered) {
            // Aborted when all was done.
            rest();
            leave(null, why);
        } else {
            super.failed(why);
        }
    }

    private void end(Throwable why) {
        if (why == null) {
            super.succeeded(value());
        } else {
            super.failed(why);
        }
    }

    private synchronized Object value() {
        return value == null ? storedValue : value;
    }

    /** @param inside an {@link io.jenkins.plugins.igny8.operation.Around.Inside} as plain maps */
    private void goInside(Object inside) {
        Map<String, String> variables = new LinkedHashMap<>();
        ((Map<?, ?>) ((Map<?, ?>) inside).get("variables")).forEach((name, each) -> variables.put(String.valueOf(name), String.valueOf(each)));
        Throwable why;
        try {
            EnvironmentExpander around = getContext().get(EnvironmentExpander.class);
            synchronized (this) {
                rest();
                why = takeStop();
                if (why == null) {
                    phase = Phase.INSIDE;
                    body = getContext().newBodyInvoker()
                            .withContext(EnvironmentExpander.merge(around, EnvironmentExpander.constant(variables)))
                            .withCallback(new Callback())
                            .start();
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            why = e;
        }
        if (why == null) {
            stayLater();
        } else {
            leave(null, why);
        }
    }

    private final class Callback extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        @Override
        public void onSuccess(StepContext context, Object result) {
            leave(result, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable why) {
            leave(null, why);
        }
    }

    private void leave(Object result, Throwable why) {
        synchronized (this) {
            takeStop();
            phase = Phase.LEAVING;
            body = null;
            value = result;
            storedValue = result instanceof Serializable storable ? storable : null;
            error = why;
        }
        if (why instanceof FlowInterruptedException) {
            // Whoever aborts does not wait for an agent that is away.
            Timer.get().schedule(() -> super.stop(why), LEAVING_ABORTED.toMillis(), TimeUnit.MILLISECONDS);
        }
        beginOnRecord();
    }

    private void stayLater() {
        Timer.get().schedule(() -> inPool(this::stay), pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void stay() {
        synchronized (this) {
            if (phase != Phase.INSIDE) {
                return;
            }
            staying = Thread.currentThread();
        }
        try {
            onHost((host, step) -> {
                host.stay((Igny8BlockStep) step);
                return null;
            });
        } catch (InterruptedException | IOException e) {
            // The steps inside are over, or the build is: then its steps have nothing to run on any more.
            LOGGER.log(Level.FINE, "a block step does not stay", e);
            return;
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "a block step could not stay", e);
        } finally {
            stayed();
        }
        stayLater();
    }

    private synchronized void stayed() {
        staying = null;
        Thread.interrupted();
        notifyAll();
    }

    private synchronized void stayNoMore() throws InterruptedException {
        if (staying != null) {
            staying.interrupt();
        }
        while (staying != null) {
            wait();
        }
    }

    @Override
    public void onResume() {
        if (phase == Phase.INSIDE) {
            // How long Jenkins was away is not known.
            inPool(this::stay);
        } else {
            super.onResume();
        }
    }

    @Override
    public void stop(Throwable cause) {
        BodyExecution inside;
        synchronized (this) {
            inside = phase == Phase.INSIDE ? body : null;
        }
        if (inside == null) {
            super.stop(cause);
        } else {
            inside.cancel(cause);
        }
    }
}
