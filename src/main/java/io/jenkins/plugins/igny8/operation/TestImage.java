package io.jenkins.plugins.igny8.operation;

import io.jenkins.plugins.igny8.docker.CommandFailed;
import io.jenkins.plugins.igny8.docker.Container;
import io.jenkins.plugins.igny8.docker.Containers;
import io.jenkins.plugins.igny8.docker.Docker;
import io.jenkins.plugins.igny8.docker.ImageReference;
import io.jenkins.plugins.igny8.docker.Images;
import io.jenkins.plugins.igny8.docker.Networks;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Runs a command in a container of a built image and brings the JUnit files out whatever the exit code. The container is gone
 * afterwards, also after an abort.
 *
 * @param command a text for the {@code sh} inside the container, which replaces what the image would start
 * @param image name or reference of the image; null: the first one that this build made, else {@link #DEFAULT_IMAGE}
 * @param network network for the container; null: the engine's default one, or with {@code infra} that of the infra stack
 * @param infra look first whether the infra stack answers, and put the container on its network
 * @param environment {@code KEY=value} each
 * @param envFile file of {@code KEY=value} lines, relative to the workspace; null: none
 * @param results folder inside the container where the command leaves its files
 * @param into folder in the workspace where they go
 * @param code what is tested where the running service has a folder of the engine's machine over its image's code: with
 *     {@link CodeTruth#IMAGE} the image, and the service is not looked at
 * @param project Compose's project of the running service
 * @param service the service whose mounts are meant
 * @param returnStatus whether another exit code than 0 is a result and no failure
 */
public record TestImage(
        String command,
        String image,
        String network,
        boolean infra,
        List<String> environment,
        String envFile,
        String results,
        String into,
        CodeTruth code,
        String project,
        String service,
        boolean returnStatus)
        implements Operation<TestImage.Tested> {

    /** The backend's image in IGNY8's pipeline document. */
    public static final String DEFAULT_IMAGE = "igny8-backend:latest";

    public static final String DEFAULT_RESULTS = "/tmp/test-results";

    public static final String DEFAULT_INTO = "test-results";

    private static final String LABEL = "io.jenkins.plugins.igny8.test";

    /** Holds the container's name, so that a repetition after an interruption follows the same one. */
    private static final String NAME_FILE = "container";

    public TestImage {
        environment = List.copyOf(environment);
    }

    /**
     * How it went.
     *
     * @param image name of the image that was tested
     * @param files what came out, relative to the workspace
     * @param code folders of the engine's machine that cover the image's code
     */
    public record Tested(String image, String imageId, int exitCode, List<String> files, List<HeldCode> code, double seconds) {}

    @Override
    public Tested run(Host host) throws InterruptedException {
        long start = System.nanoTime();
        if (command == null || command.isBlank()) {
            throw new Failure("There is no command: say in 'command' what runs the tests inside the container.");
        }
        Docker docker = new Docker(host);
        String target = host.workspace().path(into);
        String onNetwork = network(docker, host);
        String title = title(host);
        ImageReference.parse(title);
        String imageId = imageId(docker, title, host);
        try (PrivateFolder folder = host.privateFolder()) {
            boolean again = folder.exists(NAME_FILE);
            if (!again) {
                folder.write(NAME_FILE, "igny8-test-" + UUID.randomUUID().toString().substring(0, 8));
            }
            String name = folder.read(NAME_FILE);
            Container running = code == CodeTruth.IMAGE ? null : running(docker);
            List<HeldCode> held = running == null ? List.of() : compared(running, imageId, docker, host);
            try {
                if (!again || docker.find(Containers.inspect(name)).isEmpty()) {
                    docker.change(
                            Containers.createShell(name, Map.of(LABEL, title), onNetwork, code == CodeTruth.HOST ? running.id() : null, envFiles(folder, host), imageId, command),
                            line -> {});
                }
                docker.attempt(Containers.startAttached(name), line -> host.tell(Event.line(title, line)));
                Container ended = docker.ask(Containers.inspect(name));
                refuseNotStarted(title, ended);
                List<String> files = bringOut(docker, name, folder, target, title, host);
                Tested tested = new Tested(title, imageId, ended.exitCode(), files, held, BuiltImage.secondsSince(start));
                return judged(tested, host);
            } finally {
                Leftovers.remove(name, docker, host);
            }
        }
    }

    /** Its mounts are told by the engine: no compose file says them better. */
    private Container running(Docker docker) throws InterruptedException {
        return Deployed.containersOf(ComposeProject.checkedName(project), docker).stream()
                .filter(container -> container.service().equals(service) && container.running())
                .findFirst()
                .orElseThrow(() -> new Failure("No container of the service " + service + " of the project " + project + " runs, whose mounts code: '"
                        + code.word() + "' needs: check 'project' and 'service', deploy first, or test what is in the image (code: 'image')."));
    }

    private List<HeldCode> compared(Container running, String imageId, Docker docker, Host host) throws InterruptedException {
        MountedCode mounted = MountedCode.of(code, running, imageId, docker, host);
        mounted.compare();
        return mounted.result();
    }

    private String network(Docker docker, Host host) throws InterruptedException {
        if (infra) {
            String infraNetwork = network == null ? CheckInfra.DEFAULT_NETWORK : network;
            DeclaredInfra.documented(infraNetwork).require(docker, host);
            return infraNetwork;
        }
        if (network != null && docker.find(Networks.inspect(network)).isEmpty()) {
            throw new Failure("There is no network " + network + " on this engine: check 'network', or start the stack that makes it.");
        }
        return network;
    }

    private String title(Host host) {
        if (image != null) {
            return image;
        }
        return ImagesOfBuild.of(host).stream().findFirst().map(BuiltImage::name).orElse(DEFAULT_IMAGE);
    }

    /** Exactly what this build made under that name, whatever the tag points to by now. */
    private static String imageId(Docker docker, String title, Host host) throws InterruptedException {
        for (BuiltImage built : ImagesOfBuild.of(host)) {
            if (built.imageId() != null && built.isNamed(title) && docker.find(Images.inspect(built.imageId())).isPresent()) {
                return built.imageId();
            }
        }
        // Asked first, since Docker would look for a missing one in a public registry.
        return docker.find(Images.inspect(title))
                .map(Images.Image::id)
                .orElseThrow(() -> new Failure("There is no image " + title
                        + " on this engine: build it (igny8Build) or pull it (igny8Pull) first, or name another one in 'image'."));
    }

    private List<String> envFiles(PrivateFolder folder, Host host) {
        List<String> files = new ArrayList<>();
        if (envFile != null) {
            Folder workspace = host.workspace();
            if (!workspace.exists(envFile)) {
                throw new Failure("There is no env file " + envFile + " in " + workspace.path() + ": check 'envFile', which is relative to"
                        + " the workspace.");
            }
            files.add(workspace.path(envFile));
        }
        if (!environment.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            ComposeProject.variables(environment, "environment").forEach((key, value) -> {
                if (value.contains("\n")) {
                    throw new Failure("The value of " + key + " in 'environment' has more than one line, which Docker cannot hand over: put it"
                            + " into a file of the image or the command.");
                }
                lines.append(key).append('=').append(value).append('\n');
            });
            folder.write("environment", lines.toString());
            files.add(folder.path("environment"));
        }
        return files;
    }

    private void refuseNotStarted(String title, Container container) {
        if (container.startedAt() == null || !container.error().isEmpty()) {
            throw new Failure("The command did not start in the image " + title + ": "
                    + (container.error().contains("\"sh\"") ? "it has no shell (sh), which 'command' needs." : container.whyNotStarted() + "."));
        }
    }

    /** By way of a private folder, so that what is told came from this run and was not there before. */
    private List<String> bringOut(Docker docker, String name, PrivateFolder folder, String target, String title, Host host)
            throws InterruptedException {
        String content = results.replaceFirst("/+$", "") + "/.";
        makeFolder(host.workspace());
        try {
            docker.change(Containers.copyOut(name, content, folder.path("results")), line -> {});
            docker.change(Containers.copyOut(name, content, target), line -> {});
        } catch (CommandFailed failed) {
            host.tell(Event.warning(title, "no files came out of " + results + ": "
                    + (failed.noSuchPath() ? "the container has no such folder." : failed.getMessage()) + " Let the command write its JUnit files there, or name their folder in 'results'."));
            return List.of();
        }
        return folder.files("results").stream().map(file -> into + file.substring("results".length())).toList();
    }

    /** Docker makes the last folder of a path, but none above it. */
    private void makeFolder(Folder workspace) {
        String probe = into + "/.igny8";
        workspace.write(probe, "");
        workspace.delete(probe);
    }

    private Tested judged(Tested tested, Host host) {
        String files = tested.files().isEmpty() ? "no JUnit files came out" : "JUnit files in " + into + " (" + tested.files().size() + ")";
        if (tested.exitCode() != 0 && !returnStatus) {
            throw new Failure("The test command in the image " + tested.image() + " ended with exit code " + tested.exitCode() + "; " + files
                    + ". See its lines above: " + command);
        }
        host.tell(Event.note(tested.image(), "the test command ended with exit code " + tested.exitCode() + "; " + files));
        return tested;
    }
}
