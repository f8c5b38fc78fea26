package dev.sinter.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.SampleFiles;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("a.npy");
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void what_is_written_is_read_again(ElementType element) {
        Tensor tensor = RandomTensors.integers(TensorType.of(element, 2, 3, 5), 0, 1, 1);
        NpyWriter.write(OutputFile.at(file()), tensor);
        assertTrue(tensor.sameBits(NpyReader.read(file())));
    }

    @Test
    void scalars_and_vectors_have_the_shapes_that_numpy_gives_them() throws Exception {
        NpyWriter.write(OutputFile.at(file()), Tensor.ofFloats(Shape.of(), 7));
        assertTrue(Files.readString(file(), StandardCharsets.ISO_8859_1).contains("'shape': ()"));
        NpyWriter.write(OutputFile.at(file()), Tensor.ofFloats(Shape.of(1), 7));
        assertTrue(Files.readString(file(), StandardCharsets.ISO_8859_1).contains("'shape': (1,)"));
        assertEquals(Shape.of(1), NpyReader.read(file()).shape());
    }

    @Test
    void data_begin_where_numpy_aligns_them() throws Exception {
        NpyWriter.write(OutputFile.at(file()), Tensor.ofFloats(Shape.of(2), 1, 2));
        assertEquals(0, (Files.size(file()) - 8) % 64);
    }

    @Test
    void rows_may_come_one_after_the_other() throws Exception {
        try (NpyWriter writer = NpyWriter.open(OutputFile.at(file()), ElementType.FLOAT32, Shape.of(2))) {
            writer.append(Tensor.ofFloats(Shape.of(2, 2), 1, 2, 3, 4), 2);
            writer.append(Tensor.ofFloats(Shape.of(2, 2), 5, 6, 0, 0), 1);
            assertTrue(Files.notExists(file()), "nobody may find half of it");
            writer.finish();
        }
        assertTrue(Tensor.ofFloats(Shape.of(3, 2), 1, 2, 3, 4, 5, 6).sameBits(NpyReader.read(file())));
    }

    @Test
    void what_is_not_finished_leaves_nothing() throws Exception {
        try (NpyWriter writer = NpyWriter.open(OutputFile.at(file()), ElementType.FLOAT32, Shape.of(2))) {
            writer.append(Tensor.ofFloats(Shape.of(1, 2), 1, 2), 1);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void version_2_has_a_longer_header() throws Exception {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n";
        byte[] bytes = Stream.of(
                        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, (byte) header.length(), 0, 0, 0},
                        header.getBytes(StandardCharsets.US_ASCII),
                        new byte[] {0, 0, (byte) 0x80, 0x3f})
                .reduce(new byte[0], (a, b) -> {
                    byte[] both = Arrays.copyOf(a, a.length + b.length);
                    System.arraycopy(b, 0, both, a.length, b.length);
                    return both;
                });
        Files.write(file(), bytes);
        assertEquals(1.0, NpyReader.read(file()).get(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }",
                "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (2,)}   ",
                "{'shape': (2,), 'fortran_order': False, 'descr': '<f4'}",
            })
    void headers_may_be_written_in_several_ways(String header) throws Exception {
        assertEquals(
                TensorType.float32(2),
                NpyReader.read(SampleFiles.npy(file(), header, new byte[8])).type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "not a dictionary",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }",
                "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }",
                "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (2,), }",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': 2, }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2.5,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
            })
    void damaged_headers_are_told(String header) throws Exception {
        Path damaged = SampleFiles.npy(file(), header, new byte[8]);
        assertThrows(CompileException.class, () -> NpyReader.read(damaged));
    }

    @Test
    void a_file_cut_off_anywhere_is_told() throws Exception {
        byte[] whole = Files.readAllBytes(SampleFiles.npy(file(), "(2,)", 2));
        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThrows(CompileException.class, () -> NpyReader.read(file()), "of " + length + " bytes");
        }
    }
}
