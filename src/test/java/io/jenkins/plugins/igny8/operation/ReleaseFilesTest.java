package io.jenkins.plugins.igny8.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.igny8.compose.KeptFile;
import io.jenkins.plugins.igny8.compose.read.MemoryFolder;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.release.Release;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseFilesTest {

    private final MemoryFolder workspace = new MemoryFolder();
    private final MemoryFolder notes = new MemoryFolder();
    private final PrivateFolder folder = (PrivateFolder) Proxy.newProxyInstance(
            PrivateFolder.class.getClassLoader(), new Class<?>[] {PrivateFolder.class}, (proxy, method, arguments) -> method.invoke(notes, arguments));

    /** Two files that are extended may each have a service "base", with passwords of their own. */
    @Test
    void secretsOfTwoFilesStayApart() {
        String base = "services: {base: {environment: {DB_PASSWORD: %s}}}\n";
        workspace.with("compose.yml", "services: {a: {extends: {file: a.yml, service: base}}, b: {extends: {file: b.yml, service: base}}}\n")
                .with("a.yml", base.formatted("of-a"))
                .with("b.yml", base.formatted("of-b"));
        KeptFile a = KeptFile.of(workspace.read("a.yml"), "a.yml");
        KeptFile b = KeptFile.of(workspace.read("b.yml"), "b.yml");
        ReleaseFiles files = new ReleaseFiles(
                List.of(new Release.File("compose.yml", workspace.read("compose.yml"))),
                List.of(new Release.File("a.yml", a.text()), new Release.File("b.yml", b.text())),
                List.of("IGNY8_LEFT_OUT_A_YML_BASE_DB_PASSWORD", "IGNY8_LEFT_OUT_B_YML_BASE_DB_PASSWORD"));
        assertEquals(
                Map.of("IGNY8_LEFT_OUT_A_YML_BASE_DB_PASSWORD", "of-a", "IGNY8_LEFT_OUT_B_YML_BASE_DB_PASSWORD", "of-b"),
                files.valuesOfToday(List.of("compose.yml"), workspace));
        // The same as then: nothing is laid.
        assertEquals(List.of(workspace.read("compose.yml")), files.laid("m", Map.of(), workspace, folder));
    }

    @Test
    void composeFilesThatExtendEachOther() {
        String over = "services: {v: {extends: {file: compose.yml, service: w}}}\n";
        workspace.with("compose.yml", "services: {w: {image: today}}\n").with("over.yml", over);
        ReleaseFiles files = new ReleaseFiles(
                List.of(new Release.File("compose.yml", "services: {w: {image: then}}\n"), new Release.File("over.yml", over)), List.of(), List.of());
        List<String> laid = files.laid("m", Map.of(), workspace, folder);
        assertTrue(laid.get(1).contains("/workspace/.m-compose.yml"), laid.toString());
        assertEquals("services: {w: {image: then}}\n", workspace.read(".m-compose.yml"));
        ReleaseFiles.takeAway(workspace, folder, event -> {});
        assertFalse(workspace.exists(".m-compose.yml"));
    }

    @Test
    void aFileThatCannotBeReadAnyMoreIsLaid() {
        ReleaseFiles files = new ReleaseFiles(
                List.of(new Release.File("compose.yml", "include: [a.yml]\n")), List.of(new Release.File("a.yml", "services: {w: {image: then}}\n")), List.of());
        MemoryFolder today = workspace.with("compose.yml", "include: [a.yml]\n");
        Folder linked = (Folder) Proxy.newProxyInstance(Folder.class.getClassLoader(), new Class<?>[] {Folder.class}, (proxy, method, arguments) -> {
            if (arguments != null && arguments[0].equals("a.yml")) {
                throw new Failure("The path 'a.yml' leaves the workspace.");
            }
            return method.invoke(today, arguments);
        });
        assertEquals(List.of("include: [\"/workspace/.m-a.yml\"]\n"), files.laid("m", Map.of(), linked, folder));
        assertEquals("services: {w: {image: then}}\n", workspace.read(".m-a.yml"));
    }
}
