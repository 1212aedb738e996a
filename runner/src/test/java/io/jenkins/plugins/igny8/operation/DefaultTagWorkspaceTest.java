package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.host.Credentials;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default tag in workspaces made by the git command itself. */
class DefaultTagWorkspaceTest {

    @TempDir
    Path workspace;

    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void commit() throws Exception {
        git("init", "-q");
        Files.writeString(workspace.resolve("page"), "committed");
        git("add", "page");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one");
    }

    private String git(String... words) throws Exception {
        List<String> argv = new ArrayList<>(List.of("git"));
        argv.addAll(List.of(words));
        Process process = new ProcessBuilder(argv).directory(workspace.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes()).trim();
        assertEquals(0, process.waitFor());
        return out;
    }

    private String tag(Map<String, String> environment) throws InterruptedException {
        return tag(workspace, environment);
    }

    private String tag(Path folder, Map<String, String> environment) throws InterruptedException {
        return DefaultTag.of(new LocalHost(folder, environment, Credentials.none(), new HashMap<>(), events::add));
    }

    private static Map<String, String> build(String number) {
        return Map.of("BRANCH_NAME", "main", "BUILD_NUMBER", number);
    }

    @Test
    void theCommitThatIsCheckedOut() throws Exception {
        assertEquals(git("log", "-1", "--format=%H"), tag(build("7")));
        assertEquals(List.of(), events);
    }

    @Test
    void filesThatGitDoesNotKnowDoNotMatter() throws Exception {
        Files.writeString(workspace.resolve(".env"), "A=1");
        assertEquals(git("log", "-1", "--format=%H"), tag(build("7")));
    }

    @Test
    void aChangedFileIsInNoCommit() throws Exception {
        Files.writeString(workspace.resolve("page"), "changed");
        assertEquals("main-7", tag(build("7")));
        String told = events.get(0).asLine();
        assertTrue(told.startsWith("warning: the workspace is changed since its commit"), told);
        assertTrue(told.contains("page"), told);
    }

    @Test
    void aStagedFileIsInNoCommitEither() throws Exception {
        Files.writeString(workspace.resolve("new"), "x");
        git("add", "new");
        assertEquals("main-7", tag(build("7")));
    }

    @Test
    void lookingChangesNothing() throws Exception {
        Path index = workspace.resolve(".git/index");
        Files.setLastModifiedTime(workspace.resolve("page"), FileTime.fromMillis(0));
        byte[] before = Files.readAllBytes(index);
        tag(build("7"));
        assertArrayEquals(before, Files.readAllBytes(index));
    }

    @Test
    void aRepositoryAroundTheWorkspaceDoesNotMatter() throws Exception {
        Path inside = Files.createDirectories(workspace.resolve("agent/job"));
        Path deeper = Files.createDirectories(inside.resolve("dir"));
        var environment = Map.of("BUILD_NUMBER", "7", "WORKSPACE", inside.toString());
        assertEquals("build-7", tag(inside, environment));
        assertEquals("build-7", tag(deeper, environment));
        assertEquals(git("log", "-1", "--format=%H"), tag(inside, Map.of("WORKSPACE", workspace.toString() + "/")));
    }

    @Test
    void noCommitNorBuildNumber() throws Exception {
        Files.writeString(workspace.resolve("page"), "changed");
        String failure = assertThrows(Failure.class, () -> tag(Map.of("BUILD_NUMBER", ""))).getMessage();
        assertTrue(failure.contains("give 'tags'"), failure);
    }
}
