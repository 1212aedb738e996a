package io.jenkins.plugins.igny8.compose.check;

import static io.jenkins.plugins.igny8.compose.check.Severity.ERROR;
import static io.jenkins.plugins.igny8.compose.check.Severity.OFF;
import static io.jenkins.plugins.igny8.compose.check.Severity.WARNING;

import io.jenkins.plugins.igny8.compose.check.rules.BeatTwice;
import io.jenkins.plugins.igny8.compose.check.rules.BuildSection;
import io.jenkins.plugins.igny8.compose.check.rules.CodeMount;
import io.jenkins.plugins.igny8.compose.check.rules.ContainerName;
import io.jenkins.plugins.igny8.compose.check.rules.ContainerTwice;
import io.jenkins.plugins.igny8.compose.check.rules.DatabasePublished;
import io.jenkins.plugins.igny8.compose.check.rules.DockerSocket;
import io.jenkins.plugins.igny8.compose.check.rules.EnvFileMissing;
import io.jenkins.plugins.igny8.compose.check.rules.ExposeDiffers;
import io.jenkins.plugins.igny8.compose.check.rules.ExternalMissing;
import io.jenkins.plugins.igny8.compose.check.rules.FrontendWaits;
import io.jenkins.plugins.igny8.compose.check.rules.HealthHost;
import io.jenkins.plugins.igny8.compose.check.rules.HealthMissing;
import io.jenkins.plugins.igny8.compose.check.rules.HealthPath;
import io.jenkins.plugins.igny8.compose.check.rules.HealthPort;
import io.jenkins.plugins.igny8.compose.check.rules.HealthSlow;
import io.jenkins.plugins.igny8.compose.check.rules.HealthTool;
import io.jenkins.plugins.igny8.compose.check.rules.HealthWait;
import io.jenkins.plugins.igny8.compose.check.rules.HostNetwork;
import io.jenkins.plugins.igny8.compose.check.rules.ImageMissing;
import io.jenkins.plugins.igny8.compose.check.rules.ImageNone;
import io.jenkins.plugins.igny8.compose.check.rules.KeyUnknown;
import io.jenkins.plugins.igny8.compose.check.rules.MountHides;
import io.jenkins.plugins.igny8.compose.check.rules.NameUndefined;
import io.jenkins.plugins.igny8.compose.check.rules.NotPinned;
import io.jenkins.plugins.igny8.compose.check.rules.PortSilent;
import io.jenkins.plugins.igny8.compose.check.rules.PortTaken;
import io.jenkins.plugins.igny8.compose.check.rules.PortTwice;
import io.jenkins.plugins.igny8.compose.check.rules.Privileged;
import io.jenkins.plugins.igny8.compose.check.rules.RestartMissing;
import io.jenkins.plugins.igny8.compose.check.rules.SecretPlain;
import io.jenkins.plugins.igny8.compose.check.rules.SourceMissing;
import io.jenkins.plugins.igny8.compose.check.rules.SourceRemote;
import io.jenkins.plugins.igny8.compose.check.rules.SystemPath;
import io.jenkins.plugins.igny8.compose.check.rules.UrlNetwork;
import io.jenkins.plugins.igny8.compose.check.rules.UrlPort;
import io.jenkins.plugins.igny8.compose.check.rules.UrlService;
import io.jenkins.plugins.igny8.compose.check.rules.WorkerImage;
import io.jenkins.plugins.igny8.compose.read.Problem;
import java.util.List;
import java.util.Optional;

/** All rules, in the order of their worth, with what each says in one line and what it weighs unless told otherwise. */
public final class Rules {

    /** When a rule is asked. */
    public enum When {
        /** Always. */
        ALWAYS,
        /** Only where Compose refuses the files, or cannot be asked: it says why and where. */
        REFUSED,
        /** Where the files are those of a release. */
        RELEASE,
        /** Where the engine was asked. */
        ENGINE
    }

    /**
     * A rule as people see it.
     *
     * @param id how a Jenkinsfile and a report name it
     * @param says what it looks for
     * @param rule null for what reading the files finds by itself
     */
    public record Entry(String id, Severity severity, When when, String says, Rule rule) {}

    private static final List<Entry> ALL = List.of(
            new Entry(Problem.YAML, ERROR, When.ALWAYS, "A file is no YAML, has a key twice, or is more than is read.", null),
            new Entry(Problem.FILE_MISSING, ERROR, When.ALWAYS,
                    "A file that is included or extended is missing, lies outside the workspace, or leads back to itself.", null),
            new Entry(Problem.VARIABLE, ERROR, When.REFUSED, "A variable is required and has no value, or is written wrong.", null),
            new Entry("port-invalid", ERROR, When.REFUSED, "A port is none, mostly because a variable in it is empty.", null),
            new Entry("mount-invalid", ERROR, When.REFUSED, "A mount is none, mostly because a variable in it is empty.", null),
            new Entry("env-file-missing", ERROR, When.ALWAYS, "A service's env file is not there.", new EnvFileMissing()),
            new Entry("image-none", ERROR, When.REFUSED, "A service has neither image nor build section.", new ImageNone()),
            new Entry("key-unknown", ERROR, When.REFUSED, "A key that Compose does not know.", new KeyUnknown()),
            new Entry("container-name", ERROR, When.REFUSED, "One container name for a service of several containers.", new ContainerName()),
            new Entry("name-undefined", ERROR, When.REFUSED, "A service, network, volume, secret or config is referred to and not defined.",
                    new NameUndefined()),
            new Entry(Problem.COMPOSE, ERROR, When.ALWAYS, "Compose refuses the files for another reason.", null),
            new Entry("worker-image", ERROR, When.ALWAYS, "A Celery worker or beat runs another image than the backend of the same application.",
                    new WorkerImage()),
            new Entry("container-twice", ERROR, When.ALWAYS, "Two services give their containers one name.", new ContainerTwice()),
            new Entry("image-missing", WARNING, When.ENGINE, "An image is neither made by this pipeline nor to be had.", new ImageMissing()),
            new Entry("build-section", ERROR, When.RELEASE, "A service of a release would be built where it is deployed.", new BuildSection()),
            new Entry("not-pinned", WARNING, When.RELEASE, "A service of a release runs latest.", new NotPinned()),
            new Entry("health-missing", ERROR, When.ALWAYS, "service_healthy on a service that certainly has no health check.",
                    HealthMissing.certain()),
            new Entry("health-unknown", OFF, When.ALWAYS, "service_healthy on a service that has no health check in any file read; its image might.",
                    HealthMissing.likely()),
            new Entry("health-port", WARNING, When.ALWAYS, "A health check asks a port on which the service does not listen.", new HealthPort()),
            new Entry("health-path", WARNING, When.ALWAYS, "A health check asks for another path than healthPaths says.", new HealthPath()),
            new Entry("health-host", WARNING, When.ALWAYS, "A health check asks another service, or none.", new HealthHost()),
            new Entry("health-tool", WARNING, When.ALWAYS, "A health check needs a program that the image does not have.", new HealthTool()),
            new Entry("health-slow", WARNING, When.ALWAYS, "A health check says unhealthy later than a deployment waits.", new HealthSlow()),
            new Entry("health-wait", WARNING, When.ALWAYS,
                    "A service waits for the start of a database, queue or backend, and not for its health check.", new HealthWait()),
            new Entry("frontend-waits", WARNING, When.ALWAYS, "A frontend does not wait for its backend.", new FrontendWaits()),
            new Entry("port-twice", ERROR, When.ALWAYS, "Two services publish one port of the machine.", new PortTwice()),
            new Entry("port-silent", WARNING, When.ALWAYS, "A published port behind which nothing listens.", new PortSilent()),
            new Entry("expose-differs", WARNING, When.ALWAYS, "EXPOSE or the command names a port that nothing else knows.", new ExposeDiffers()),
            new Entry("port-taken", WARNING, When.ENGINE, "A port is taken on the engine by another container.", new PortTaken()),
            new Entry("url-service", WARNING, When.ALWAYS, "A URL leads to a service that does not exist.", new UrlService()),
            new Entry("url-network", WARNING, When.ALWAYS, "A URL leads to a service with which no network is shared.", new UrlNetwork()),
            new Entry("url-port", WARNING, When.ALWAYS, "A URL leads to a port on which the service does not listen.", new UrlPort()),
            new Entry("external-missing", ERROR, When.ENGINE, "An external network or volume is not there.", new ExternalMissing()),
            new Entry("code-mount", ERROR, When.RELEASE, "A folder of the machine covers the code of a release's image.", new CodeMount()),
            new Entry("source-missing", WARNING, When.ALWAYS, "A file of the workspace is mounted and not there.", new SourceMissing()),
            new Entry("mount-hides", WARNING, When.ALWAYS, "A named volume covers what the image brings, and keeps its first files.",
                    new MountHides()),
            new Entry("source-remote", WARNING, When.ENGINE, "A relative path is mounted on an engine of another machine.", new SourceRemote()),
            new Entry("docker-socket", WARNING, When.ALWAYS, "A service gets Docker's socket.", new DockerSocket()),
            new Entry("system-path", WARNING, When.ALWAYS, "A service may write to a folder of the machine's system.", new SystemPath()),
            new Entry("secret-plain", WARNING, When.ALWAYS, "A secret stands in the compose file as plain text.", new SecretPlain()),
            new Entry("privileged", WARNING, When.ALWAYS, "A service is privileged.", new Privileged()),
            new Entry("host-network", WARNING, When.ALWAYS, "A service is on the machine's own network.", new HostNetwork()),
            new Entry("restart-missing", WARNING, When.RELEASE, "A service of a release that serves has no restart policy.", new RestartMissing()),
            new Entry("database-published", WARNING, When.ALWAYS, "A database is published on every address of the machine.",
                    new DatabasePublished()),
            new Entry("beat-twice", ERROR, When.ALWAYS, "Celery beat is scaled over one.", new BeatTwice()));

    private Rules() {}

    public static List<Entry> all() {
        return ALL;
    }

    public static Optional<Entry> named(String id) {
        return ALL.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }
}
