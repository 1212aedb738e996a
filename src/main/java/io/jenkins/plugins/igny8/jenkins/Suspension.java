package io.jenkins.plugins.igny8.jenkins;

import hudson.Extension;
import hudson.model.listeners.ItemListener;
import java.util.concurrent.CountDownLatch;
import jenkins.model.Jenkins;

/**
 * What a pipeline's step does while Jenkins is stopped in order: nothing more. Its commands go on, and the next Jenkins follows them
 * from the last line that is on record; what is written to the log after the records are closed would come twice.
 */
final class Suspension {

    private static volatile Jenkins stopping;

    private final Jenkins jenkins = Jenkins.get();

    /** Asked before pipelines are stored for the last time. */
    @Extension
    public static final class Begin extends ItemListener {
        @Override
        public void onBeforeShutdown() {
            begin(Jenkins.get());
        }
    }

    private static void begin(Jenkins jenkins) {
        stopping = jenkins;
    }

    /** Does not return once this Jenkins is being stopped: the thread ends with the process. */
    void await() {
        while (jenkins.equals(stopping)) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                // An abort that comes now is for the next Jenkins to carry out.
            }
        }
    }
}
