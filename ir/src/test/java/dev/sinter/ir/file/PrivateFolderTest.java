package dev.sinter.ir.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void permissions() {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "files have no permissions here");
    }

    private Path made(String name, String permissions) throws IOException {
        Path made = Files.createDirectory(folder.resolve(name));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void a_fresh_folder_is_for_its_owner_alone() throws IOException {
        Path fresh = PrivateFolder.fresh(folder, "x-");
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)));
        assertEquals(Optional.empty(), PrivateFolder.objection(fresh));
    }

    @Test
    void folders_that_are_made_are_for_their_owner_alone() throws IOException {
        Path made = folder.resolve("a").resolve("b");
        PrivateFolder.make(made);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))));
        PrivateFolder.make(made);
    }

    @Test
    void a_folder_that_others_write_to_is_objected_to() throws IOException {
        assertEquals(Optional.empty(), PrivateFolder.objection(made("a", "rwxr-xr-x")));
        assertTrue(PrivateFolder.objection(made("b", "rwxrwxr-x")).orElseThrow().startsWith("others may write"));
        assertTrue(PrivateFolder.objection(made("c", "rwxr-xrwx")).orElseThrow().startsWith("others may write"));
    }

    @Test
    void a_link_is_judged_by_where_it_leads() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), made("open", "rwxrwxrwx"));
        assertTrue(PrivateFolder.objection(link).isPresent());
    }

    @Test
    void nothing_is_private_where_others_can_put_another_folder_in_its_place() throws IOException {
        Path open = made("open", "rwxrwxrwx");
        assertThrows(IOException.class, () -> PrivateFolder.fresh(open, "x-"));
        Path inner = Files.createDirectory(open.resolve("inner"));
        assertTrue(PrivateFolder.objection(inner).orElseThrow().startsWith("others may replace"));
        Files.setAttribute(open, "unix:mode", 01777);
        assertEquals(Optional.empty(), PrivateFolder.objection(inner));
        assertTrue(Files.isDirectory(PrivateFolder.fresh(open, "x-")));
    }

    @Test
    void another_users_folder_is_objected_to() throws IOException {
        Path roots = Path.of("/");
        Path mine = folder.resolve("mine");
        PrivateFolder.make(mine);
        assumeTrue(!Files.getOwner(roots).equals(Files.getOwner(mine)), "this is root");
        assertTrue(PrivateFolder.objection(roots).orElseThrow().contains("belongs to"));
    }
}
