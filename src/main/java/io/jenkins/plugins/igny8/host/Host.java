package io.jenkins.plugins.igny8.host;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The place where commands run and files lie, and all that an operation may ask of its surroundings. The plugin answers
 * from Jenkins, the runner from its options; an operation cannot tell which.
 *
 * <p>There are three kinds of command, since each survives an interruption in its own way: a <em>question</em> may be
 * repeated at will, a <em>change</em> must be carried through or ended for certain, a <em>stream</em> may be cut at any
 * time and only ever wakes somebody up.
 *
 * <p>All methods that wait end with {@link InterruptedException} when the build is aborted; the command is then ended
 * with everything it started.
 */
public interface Host {

    /** Runs a command that changes nothing, with a time limit; a {@link Failure} when the limit has passed. */
    Answer question(Command command) throws InterruptedException;

    /**
     * Runs a command that changes something and hands over its lines (standard output and error together) while it runs.
     * Two changes of one build on one target never run beside each other.
     *
     * @param target what is changed, such as {@code image igny8-backend} or {@code project igny8-app}
     * @return the exit code, or {@link #OVERDUE} when the command's limit had passed and it was ended
     */
    int change(String target, Command command, Consumer<String> lines) throws InterruptedException;

    /** The exit code of a change that was ended because its time was up: no program's own code is negative. */
    int OVERDUE = -9;

    /** Starts a command and hands over its lines (standard output and error together) until it ends or is closed. */
    Stream stream(Command command, Consumer<String> lines);

    /**
     * Gets a page over HTTP or HTTPS, as seen from where the commands run. Redirects are not followed.
     *
     * @param limit how long connecting and answering may take, each
     */
    Page get(URI url, Duration limit) throws InterruptedException;

    /** The folder of the step: the workspace, or a folder in it inside {@code dir(...)}. Commands start here. */
    Folder workspace();

    /** A new folder for files that must not outlive their use. */
    PrivateFolder privateFolder();

    /** The environment that commands of this step see: what a Jenkinsfile reads as {@code env}. */
    Map<String, String> environment();

    /**
     * Variables that lead docker's commands to the engine that this step names. Empty, if it names none: then whatever engine
     * the docker command here talks to. A {@link Failure} where there is no engine of that name.
     */
    default Map<String, String> engine() {
        return Map.of();
    }

    /** A user name and password by their credentials ID; a {@link Failure} that names the ID where there is none. */
    Login login(String credentialsId);

    /** The text of a secret file by its credentials ID; a {@link Failure} that names the ID where there is none. */
    String secretFile(String credentialsId);

    /** What earlier steps of this build kept under a key, as plain maps, lists and strings; null where nothing was kept. */
    Object recall(String key);

    /** Keeps a plain value for later steps of this build. */
    void keep(String key, Object value);

    /** Who runs this step. */
    Caller caller();

    /**
     * Whether a build has ended for certain. Of those that this host cannot look up, such as another controller's, it says false.
     *
     * @param run the {@link Caller#run} of the build
     */
    boolean isOver(String run);

    /**
     * A mark by which somebody who has this host's key can tell later whether a text is the same, and nobody else can guess it. Empty where
     * there is no key.
     */
    default String fingerprint(String text) {
        return "";
    }

    /** Tells whoever listens what happened. */
    void tell(Event event);
}
