package io.jenkins.plugins.igny8.host;

/**
 * What a question brought back.
 *
 * @param exitCode the command's exit code; {@link #NO_SUCH_PROGRAM} where the program does not exist
 * @param out standard output alone, so that JSON can be read from it
 * @param err standard error alone
 */
public record Answer(int exitCode, String out, String err) {

    /** A shell's code for a command that was not found; hosts without a shell answer with it too. */
    public static final int NO_SUCH_PROGRAM = 127;

    public boolean succeeded() {
        return exitCode == 0;
    }
}
