package io.jenkins.plugins.igny8.jenkins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Secrets that Jenkins keeps are seen by nobody while a whole pipeline runs, and in no file afterwards: looked for in every
 * process of this machine, containers included, every 10 ms.
 */
@NeedsDocker
@WithJenkins
class CanaryIT {

    @RegisterExtension
    static final Registry registry = new Registry("ci");

    private static final String APP_PASSWORD = random();

    /** Greater files are images and archives. */
    private static final long GREATEST_FILE = 20_000_000;

    private static JenkinsRule jenkins;

    @RegisterExtension
    final DockerEngine engine = new DockerEngine();

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry.addLogin("registry");
        SecretFile.add("env", "APP_PASSWORD=" + APP_PASSWORD + "\n");
    }

    private static String random() {
        return "canary" + Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    }

    /** As tools repeat it. */
    private static Set<String> forms(String secret) {
        return new TreeSet<>(List.of(secret, base64(secret), URLEncoder.encode(secret, StandardCharsets.UTF_8)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Set<String> registrySecrets() {
        Set<String> secrets = new TreeSet<>(forms(registry.password()));
        secrets.add(base64("ci:" + registry.password()));
        return secrets;
    }

    private static int run(String... words) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start().waitFor();
    }

    @Test
    void theScannerCatchesWhatIsToBeCaught() throws Exception {
        String canary = random();
        String kept = random();
        try (Processes watch = new Processes(Set.of(canary), Set.of(kept))) {
            // Refused, since the registry knows no such user; what matters is that it was said.
            assertTrue(run("docker", "login", "-u", "x", "-p", canary, registry.address()) != 0);
            assertTrue(watch.showing().stream().anyMatch(seen -> seen.startsWith("argv of docker login -u x -p " + canary)), watch.showing().toString());
            int before = watch.showing().size();
            DockerEngine.docker("run", "--rm", "-e", "SECRET=" + kept, DockerEngine.BASE, "sh", "-c", "SECRET2=" + canary + " exec sleep 0.5");
            assertTrue(watch.showing().contains("environment of sleep 0.5"), "in a container: " + watch.showing());
            assertTrue(watch.showing().stream().anyMatch(seen -> seen.startsWith("argv of docker run --rm -e SECRET=" + kept)), watch.showing().toString());
            assertTrue(watch.showing().size() > before);
        }
    }

    private Trial pipeline() throws Exception {
        return new Trial(jenkins, Trial.declarative("""
                 stages {
                  stage('Build') { steps { igny8Build images: [igny8Image(name: '%1$s-backend', context: 'app')] } }
                  stage('Push') { steps { igny8Push registry: '%2$s', namespace: 'team', credentialsId: 'registry', tags: ['1'] } }
                  stage('Migrate') { steps {
                   igny8Migrate project: '%1$s', files: ['compose.yml'], envFileCredentialsId: 'env', pendingCommand: 'sh /app/plan', applyCommand: 'sh /app/migrate'
                  } }
                  stage('Deploy') { steps { igny8ComposeUp project: '%1$s', files: ['compose.yml'], envFileCredentialsId: 'env' } }
                  stage('Health') { steps { igny8WaitHealthy project: '%1$s' } }
                  stage('Logs') { steps { igny8Logs project: '%1$s' } }
                 }
                """.formatted(engine.name(), registry.address())))
                .file("app/Dockerfile", "FROM " + DockerEngine.BASE + "\nCOPY . /app\nCMD [\"sleep\", \"600\"]\n")
                .file("app/plan", "[ -e /data/applied ] && echo '[X]  app.0001' || echo '[ ]  app.0001'\n")
                .file("app/migrate", "[ -n \"$APP_PASSWORD\" ] && touch /data/applied\n")
                .file("app/page", engine.name())
                .file("compose.yml", """
                        services:
                          backend:
                            image: %s-backend
                            init: true
                            env_file: ${IGNY8_ENV_FILE:-.env}
                            environment: {PASSWORD: '${APP_PASSWORD}'}
                            volumes: ['data:/data']
                            healthcheck: {test: [CMD, test, -e, /data/applied], interval: 300ms}
                        volumes: {data: {}}
                        """.formatted(engine.name()));
    }

    @Test
    void aWholePipelineShowsAndLeavesNothing() throws Exception {
        Instant start = Instant.now();
        Trial trial = pipeline();
        try (Processes watch = new Processes(registrySecrets(), forms(APP_PASSWORD))) {
            trial.succeeds();
            assertEquals(Set.of(), watch.showing());
            assertTrue(watch.environmentOf("push", engine.name(), "DOCKER_CONFIG").stream().allMatch(folder -> folder.contains("@tmp/")), "it saw the push");
            List<String> own = watch.lines().stream().filter(line -> line.contains(engine.name())).toList();
            assertTrue(own.stream().anyMatch(line -> line.contains(" compose ") && line.endsWith(" up -d")), "it saw compose: " + own);
            long every = Duration.between(start, Instant.now()).toMillis() / watch.looks();
            assertTrue(every < 200, "all processes were looked at every " + every + " ms only");
        }
        assertTrue(DockerEngine.inspect(engine.name() + "-backend-1", "{{.Config.Env}}").contains(APP_PASSWORD), "the application has its own");
        // At each health check the engine itself writes the application's environment, for a moment.
        DockerEngine.docker("stop", engine.name() + "-backend-1");
        Set<String> secrets = registrySecrets();
        secrets.addAll(forms(APP_PASSWORD));
        assertTrue(secrets.stream().noneMatch(trial.log()::contains), trial.log());
        Set<Path> found = new TreeSet<>(containing(secrets, jenkins.jenkins.getRootDir().toPath(), Instant.EPOCH));
        for (Path place : List.of(Path.of(System.getProperty("user.home")), Path.of("/tmp"), Path.of(System.getProperty("java.io.tmpdir")))) {
            found.addAll(containing(secrets, place, start));
        }
        assertEquals(Set.of(), found);
    }

    @Test
    void theSearchFindsWhatIsToBeFound() throws Exception {
        String canary = random();
        Path file = Files.createTempFile("igny8-canary-", "");
        try {
            Files.writeString(file, "{\"auth\": \"" + canary + "\"}");
            assertEquals(Set.of(file), containing(Set.of(canary), file.getParent(), Instant.now().minusSeconds(60)));
        } finally {
            Files.delete(file);
        }
    }

    /** Files below a folder, changed since then, that have one of the secrets in them. */
    private static Set<Path> containing(Set<String> secrets, Path folder, Instant since) throws IOException {
        Set<Path> found = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean worthIt = attributes.isRegularFile() && attributes.size() < GREATEST_FILE
                        && !attributes.lastModifiedTime().toInstant().isBefore(since.minusSeconds(1));
                try {
                    // Bytes as they are, one character each.
                    String text = worthIt ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
                    if (secrets.stream().anyMatch(secret -> text.contains(new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))) {
                        found.add(file);
                    }
                } catch (IOException e) {
                    // Somebody else's, or gone meanwhile.
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
