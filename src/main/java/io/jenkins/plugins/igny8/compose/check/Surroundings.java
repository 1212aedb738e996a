package io.jenkins.plugins.igny8.compose.check;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known besides the compose files. Rules that need what is not known say nothing.
 *
 * @param workspace absolute path of the folder that files are relative to
 * @param release whether the files are those of a release: nothing is to be built, no code to come from the machine that it runs on
 * @param builtImages names of images that this pipeline builds, pushes or pulls
 * @param dockerfiles image names with the Dockerfiles that make them, for services without {@code build:}
 * @param healthPaths services with the path that their health check must ask for
 * @param deadline seconds that a deployment waits for healthy containers
 * @param engine what was asked of the engine; null: nothing was
 */
public record Surroundings(
        String workspace,
        boolean release,
        List<String> builtImages,
        Map<String, String> dockerfiles,
        Map<String, String> healthPaths,
        int deadline,
        Engine engine) {

    /** Nothing but files. */
    public static Surroundings none(String workspace) {
        return new Surroundings(workspace, false, List.of(), Map.of(), Map.of(), 300, null);
    }

    /**
     * What the engine has.
     *
     * @param images of the services, by the reference that the files use
     * @param missing references of services' images that neither the engine has nor, where that was asked, a registry
     * @param networks names of all its networks
     * @param volumes names of all its volumes
     * @param taken ports that running containers publish, without those of this project
     * @param remote whether it runs on another machine
     */
    public record Engine(
            Map<String, Image> images, Set<String> missing, Set<String> networks, Set<String> volumes, List<Taken> taken, boolean remote) {}

    /** A port of the engine's machine and the container that has it. */
    public record Taken(String address, String port, String protocol, String container) {}

    /**
     * What an image says of itself.
     *
     * @param hasHealthCheck whether it brings a health check
     * @param exposed ports
     * @param lacking programs that were looked for and are not in it
     */
    public record Image(boolean hasHealthCheck, Set<Integer> exposed, Set<String> lacking) {}
}
