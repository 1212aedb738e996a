package io.jenkins.plugins.igny8.operation;

import java.util.List;

/**
 * How a deployment or a rollback ended.
 *
 * @param outcome {@code deployed}: all is healthy on the very images asked for. {@code unchanged}: it was refused or failed before the switch,
 *     and what ran was not touched. {@code rolled back}: it failed after the switch, and the release before it was seen healthy on its own
 *     images. {@code broken}: none of these. Null where nothing was to be deployed
 * @param project Compose's project name
 * @param release number of the release that runs now; null where none is known
 * @param previous number of the release that ran before; null where none ran
 * @param problem what kept it from being deployed; null where nothing did
 * @param applied migrations that were applied and are not taken back
 * @param changed containers that were created, recreated or removed, or with a dry run would be
 * @param containers all of the project as they are now
 */
public record Outcome(
        String outcome,
        String project,
        Long release,
        Long previous,
        String problem,
        List<String> applied,
        List<String> changed,
        List<Deployed.One> containers,
        double seconds) {

    public static final String DEPLOYED = "deployed";
    public static final String UNCHANGED = "unchanged";
    public static final String ROLLED_BACK = "rolled back";
    public static final String BROKEN = "broken";
}
