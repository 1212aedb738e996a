package io.jenkins.plugins.igny8.operation;

import java.util.List;

/**
 * What holds for parameters that a step was not given: in Jenkins what an administrator set, else IGNY8's pipeline document.
 *
 * @param project the compose project
 * @param files compose files relative to the workspace
 * @param upDeadline seconds that {@code igny8ComposeUp} has
 * @param healthyDeadline seconds that {@code igny8WaitHealthy} has
 * @param migrateDeadline seconds that {@code igny8Migrate} has
 * @param keepImages how many images of each repository {@code igny8Prune} keeps
 * @param registries the registries that are known; the first is meant where a step names none
 */
public record Settings(
        String project, List<String> files, int upDeadline, int healthyDeadline, int migrateDeadline, int keepImages, List<Registry> registries) {

    private static final Settings DOCUMENTED = new Settings(
            ComposeProject.DEFAULT_NAME,
            List.of(ComposeProject.DEFAULT_FILE),
            (int) ComposeUp.DEADLINE.toSeconds(),
            (int) WaitHealthy.DEADLINE.toSeconds(),
            (int) Migrate.DEADLINE.toSeconds(),
            PruneImages.KEEP,
            List.of());

    public Settings {
        files = List.copyOf(files);
        registries = List.copyOf(registries);
    }

    /** Nothing was set. */
    public static Settings documented() {
        return DOCUMENTED;
    }

    /**
     * A registry with what belongs to it.
     *
     * @param host {@code host[:port]}; empty: Docker Hub
     * @param namespace path between registry and name; null: none
     * @param credentialsId the login; null: whatever the user of the docker command is logged in to
     */
    public record Registry(String host, String namespace, String credentialsId) {}

    /**
     * Where a step's images lie: what the step was given, completed by what is known of that registry.
     *
     * @param host null: the first registry that is known, else Docker Hub
     */
    public Registry registry(String host, String namespace, String credentialsId) {
        Registry known = registries.stream()
                .filter(registry -> host == null || registry.host().equals(host))
                .findFirst()
                .orElse(new Registry(host, null, null));
        return new Registry(
                known.host(),
                namespace == null ? known.namespace() : namespace,
                credentialsId == null ? known.credentialsId() : credentialsId);
    }
}
