package io.jenkins.plugins.igny8.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesOfFolderTest {

    @TempDir
    Path folder;

    private static String rights(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aClosedFolderIsForItsOwnerOnly() throws Exception {
        FilesOfFolder files = FilesOfFolder.ownedBy(new File(folder.toFile(), "igny8-1/private-1"));
        files.write("a/config.json", "{}");
        files.write("a/config.json", "{1}");
        assertEquals("{1}", files.read("a/config.json"));
        for (String each : List.of("igny8-1", "igny8-1/private-1", "igny8-1/private-1/a")) {
            assertEquals("rwx------", rights(folder.resolve(each)), each);
        }
        assertEquals("rw-------", rights(folder.resolve("igny8-1/private-1/a/config.json")));
        assertEquals(List.of("a/config.json"), files.files(""));
    }

    @Test
    void pathsStayInside() throws Exception {
        Files.createSymbolicLink(folder.resolve("etc"), Path.of("/etc"));
        Files.createDirectories(folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("within"), folder.resolve("real"));
        FilesOfFolder files = FilesOfFolder.of(folder.toFile());
        for (String outside : List.of("../x", "/etc/passwd", "a/../../x", "etc/passwd", "etc/new", "etc")) {
            Failure failure = assertThrows(Failure.class, () -> files.inside(outside), outside);
            assertTrue(failure.getMessage().contains("leaves the workspace"), failure.getMessage());
        }
        files.write("within/a/../b", "text");
        assertEquals("text", Files.readString(folder.resolve("real/b")));
    }

    @Test
    void aMovedFileTakesThePlaceOfAnother() throws Exception {
        FilesOfFolder files = FilesOfFolder.of(folder.toFile());
        files.write("new/file", "12345");
        files.write("file", "old");
        assertEquals(5, files.size("new/file"));
        assertEquals(-1, files.size("new"));
        assertEquals(-1, files.size("none"));
        files.move("new/file", "file");
        assertEquals("12345", files.read("file"));
        assertEquals(-1, files.size("new/file"));
        files.move("new/file", "file");
        assertEquals("12345", files.read("file"), "done already");
        assertTrue(assertThrows(Failure.class, () -> files.move("none", "other")).getMessage().startsWith("Cannot move the file 'none' to 'other'"));
        assertTrue(assertThrows(Failure.class, () -> files.move("file", "../file")).getMessage().contains("leaves the workspace"));
    }

    @Test
    void removingALinkLeavesWhatItLeadsTo() throws Exception {
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.writeString(target.resolve("kept"), "");
        FilesOfFolder files = FilesOfFolder.ownedBy(new File(folder.toFile(), "igny8-1/private-1"));
        String link = files.link("context", target.toString());
        assertEquals(link, files.link("context", target.toString()));
        FilesOfFolder.deleteAll(folder.resolve("igny8-1"));
        assertTrue(Files.exists(target.resolve("kept")));
        assertFalse(Files.exists(folder.resolve("igny8-1")));
    }

    @Test
    void aFileInTheWayIsSaidSo() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        Failure failure = assertThrows(Failure.class, () -> FilesOfFolder.of(folder.toFile()).write("file/x", ""));
        assertTrue(failure.getMessage().contains("file is no folder"), failure.getMessage());
    }
}
