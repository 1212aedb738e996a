package io.jenkins.plugins.igny8.compose.read;

/**
 * Something in a file that is not as it should be.
 *
 * @param rule ID of the rule that says so
 * @param sentence what is wrong
 * @param suggestion what to write instead
 */
public record Problem(String rule, Place place, String sentence, String suggestion) {

    /** Rule of what is no YAML, or more than is read. */
    public static final String YAML = "yaml";

    /** Rule of what Compose itself refuses and no other rule names. */
    public static final String COMPOSE = "compose";

    /** Rule of files that are named and not there, or must not be read. */
    public static final String FILE_MISSING = "file-missing";

    /** Rule of variables without a value where one is required. */
    public static final String VARIABLE = "variable";
}
