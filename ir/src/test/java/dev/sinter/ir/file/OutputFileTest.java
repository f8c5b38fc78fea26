package dev.sinter.ir.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
