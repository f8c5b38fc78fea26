package dev.sinter.ir.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFileTest {
    @TempDir
    Path folder;

    private static Code codeOf(Path path) {
        return assertThrows(CompileException.class, () -> OutputFile.at(path)).code();
    }

    @Test
    void a_file_is_replaced_as_a_whole() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "old and much longer");
        OutputFile.at(file).write("new");
        assertEquals("new", Files.readString(file));
    }

    @Test
    void where_writing_fails_the_old_file_stays_and_nothing_else() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        CompileException fault = assertThrows(
                CompileException.class,
                () -> OutputFile.at(file).write(out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("disk full");
                }));
        assertEquals("cannot be written: disk full", fault.fact());
        assertEquals("old", Files.readString(file));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList());
        }
    }

    @Test
    void what_cannot_be_written_is_told_beforehand() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "");
        assertEquals(Code.FILE_WRITE, codeOf(folder));
        assertEquals(Code.FILE_WRITE, codeOf(folder.resolve("none").resolve("b.txt")));
        assertEquals(Code.FILE_WRITE, codeOf(file.resolve("b.txt")));
    }

    @Test
    void devices_are_written_to_and_not_replaced() throws Exception {
        Path nowhere = Path.of("/dev/null");
        assumeTrue(Files.exists(nowhere), "there is no /dev/null");
        OutputFile.at(nowhere).write("text");
        assertFalse(Files.isRegularFile(nowhere));
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-rw-rw-", "rwxr-x---"})
    void a_file_keeps_the_permissions_of_the_one_it_replaces(String kept) throws Exception {
        assumeTrue(hasPermissions(folder), "files have no permissions here");
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(kept));
        OutputFile.at(file).write(out -> {
            out.write('n');
            // Nor does anybody else read it while it is written.
            String meanwhile = permissions(only(".*.part"));
            assertTrue(kept.charAt(6) == 'r' || meanwhile.charAt(6) == '-', meanwhile);
        });
        assertEquals("n", Files.readString(file));
        assertEquals(kept, permissions(file));
    }

    private Path only(String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            return files.iterator().next();
        }
    }

    @Test
    void a_link_stays_and_what_it_leads_to_is_replaced() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path file = Files.writeString(other.resolve("a.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
        OutputFile.at(link).write("new");
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void a_link_to_nothing_is_refused() throws Exception {
        Path none = folder.resolve("none");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), none);
        CompileException fault = assertThrows(CompileException.class, () -> OutputFile.at(link));
        assertEquals("cannot be written: it is a link to " + none + ", which is not there", fault.fact());
    }

    @Test
    void what_a_killed_process_left_is_removed_by_the_next_one_that_writes_there() throws Exception {
        Process ended =
                new ProcessBuilder(java(), "-version").redirectErrorStream(true).start();
        ended.getInputStream().readAllBytes();
        ended.waitFor();
        Path own = OutputFile.at(folder.resolve("a.txt")).aside();
        String pid = Long.toHexString(ProcessHandle.current().pid());
        String name = own.getFileName().toString();
        Path left = file(name.replace("-" + pid + "-", "-" + Long.toHexString(ended.pid()) + "-"));
        Path elsewhere = file(name.replaceFirst("\\.[0-9a-f]+-" + pid, ".1-" + Long.toHexString(ended.pid())));
        Path earlier = file(name.replace("-" + pid + "-", "-" + pid + "-f"));
        Path living = file(name.replace(
                "-" + pid + "-",
                "-"
                        + Long.toHexString(
                                ProcessHandle.current().parent().orElseThrow().pid()) + "-"));
        Path users = file(".a.txt.part");
        AsideFile.sweep(folder);
        assertFalse(Files.exists(left) || Files.exists(earlier));
        assertTrue(Files.exists(own) && Files.exists(elsewhere) && Files.exists(living) && Files.exists(users));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Path file(String name) throws IOException {
        return Files.createFile(folder.resolve(name));
    }
}
