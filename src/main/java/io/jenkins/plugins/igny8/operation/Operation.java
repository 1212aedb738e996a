package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Host;

/**
 * An immutable statement of what is wanted. Running it again after an interruption ends in the same state and does not do
 * twice what must be done once.
 *
 * @param <R> what came out: a record made of strings, numbers, booleans, lists and further records, so that
 *     {@link Plain#of} can hand it to a Jenkinsfile
 */
public interface Operation<R> {

    /**
     * Makes it so.
     *
     * @throws Failure when it could not, with one sentence for the person who has to act
     * @throws InterruptedException when the build was aborted; what was started is ended, what is left is said
     */
    R run(Host host) throws InterruptedException;
}
