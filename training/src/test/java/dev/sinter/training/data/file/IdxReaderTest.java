package dev.sinter.training.data.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.training.SampleFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
    @TempDir
    Path folder;

    @Test
    void gzipped_files_hold_the_same() throws Exception {
        Tensor plain = IdxReader.read(SampleFiles.idxImages(folder.resolve("a-idx3-ubyte"), 3, 4, 5));
        Tensor zipped = IdxReader.read(SampleFiles.idxImages(folder.resolve("a-idx3-ubyte.gz"), 3, 4, 5));
        assertEquals(TensorType.of(ElementType.UINT8, 3, 4, 5), plain.type());
        assertTrue(plain.sameBits(zipped));
    }

    @Test
    void wide_elements_are_big_endian() throws Exception {
        byte[] bytes = {0, 0, 0x0d, 1, 0, 0, 0, 2, 0x3f, (byte) 0x80, 0, 0, 0x40, 0x40, 0, 0};
        Tensor read = IdxReader.read(SampleFiles.write(folder.resolve("floats.idx"), bytes));
        assertEquals(TensorType.float32(2), read.type());
        assertEquals(1.0, read.get(0));
        assertEquals(3.0, read.get(1));
    }

    @Test
    void a_file_is_known_by_its_content_or_by_its_name() throws Exception {
        assertTrue(IdxReader.isIdx(SampleFiles.idxLabels(folder.resolve("labels"), 1, 2, 3)));
        assertTrue(IdxReader.isIdx(Files.writeString(folder.resolve("x-idx3-ubyte"), "damaged")));
        assertFalse(IdxReader.isIdx(Files.writeString(folder.resolve("names.txt"), "cat\ndog\n")));
        assertFalse(IdxReader.isIdx(Files.writeString(folder.resolve("empty.txt"), "")));
    }

    @Test
    void extents_beyond_any_memory_are_told() throws Exception {
        byte[] bytes = {0, 0, 0x08, 2, -1, -1, -1, -1, -1, -1, -1, -1, 0};
        Path file = SampleFiles.write(folder.resolve("huge.idx"), bytes);
        CompileException fault = assertThrows(CompileException.class, () -> IdxReader.read(file));
        assertTrue(fault.fact().contains("2 GiB"), fault.getMessage());
    }

    @Test
    void a_file_cut_off_anywhere_is_told() throws Exception {
        Path file = SampleFiles.idxImages(folder.resolve("a-idx3-ubyte"), 2, 2, 2);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(CompileException.class, () -> IdxReader.read(file), "of " + length + " bytes");
        }
    }

    @Test
    void bytes_too_many_are_told() throws Exception {
        Path file = SampleFiles.idxImages(folder.resolve("a-idx3-ubyte"), 2, 2, 2);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThrows(CompileException.class, () -> IdxReader.read(file));
    }
}
