package dev.sinter.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.OnnxExport;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.ExternalData;
import dev.sinter.frontend.onnx.file.TensorDecoder;
import dev.sinter.frontend.onnx.proto.StringStringEntryProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A tensor's data in another file: that file lies below the model's folder, is reached through no link and is no link,
/// and nothing that the model says of it is taken for granted. Each test that names a CVE holds what that one broke in
/// ONNX's own library.
@NullMarked
class ExternalDataTest {
    private static final byte[] ONE_AND_TWO = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};

    @TempDir
    Path parent;

    private Path folder = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void a_model_beside_a_secret() throws IOException {
        folder = Files.createDirectory(parent.resolve("model"));
        secret = Files.write(parent.resolve("secret"), new byte[8]);
    }

    private static TensorProto.Builder external(String location, String... keysAndValues) {
        TensorProto.Builder proto = TensorProto.newBuilder()
                .setName("t")
                .setDataType(DataType.FLOAT.number())
                .addDims(2)
                .setDataLocation(1);
        entry(proto, "location", location);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entry(proto, keysAndValues[i], keysAndValues[i + 1]);
        }
        return proto;
    }

    private static void entry(TensorProto.Builder proto, String key, String value) {
        proto.addExternalData(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
    }

    private Tensor decode(TensorProto.Builder proto) {
        return TensorDecoder.decode(proto.build(), "t", new ExternalData(Optional.of(folder)));
    }

    private void fails(Code code, String says, TensorProto.Builder proto) {
        CompileException fault = assertThrows(CompileException.class, () -> decode(proto));
        assertEquals(code, fault.code(), fault.getMessage());
        assertTrue(String.valueOf(fault.getMessage()).contains(says), fault.getMessage());
    }

    private void isOutside(String location) {
        fails(Code.ONNX_TENSOR, "outside the model's folder", external(location));
    }

    @Test
    void it_lies_beside_the_model_or_further_down() throws IOException {
        Path weights = Files.createDirectories(folder.resolve("deep/weights"));
        Files.write(weights.resolve("w.bin"), new byte[4]);
        Files.write(weights.resolve("w.bin"), ONE_AND_TWO, java.nio.file.StandardOpenOption.APPEND);
        Tensor tensor = decode(external("deep/weights/w.bin", "offset", "4", "length", "8"));
        assertArrayEquals(new float[] {1, 2}, tensor.toFloats());
        Files.write(folder.resolve("own.bin"), ONE_AND_TWO);
        assertArrayEquals(
                new float[] {1, 2}, decode(external("./deep/../own.bin")).toFloats());
    }

    @Test
    void it_must_be_there_and_whole() throws IOException {
        Files.write(folder.resolve("w.bin"), new byte[12]);
        fails(Code.FILE_MISSING, "no such file", external("v.bin"));
        fails(Code.ONNX_TENSOR, "from byte 8 of w.bin, which has 12", external("w.bin", "offset", "8"));
        fails(Code.ONNX_TENSOR, "needs 8 bytes but its external data has 4", external("w.bin", "length", "4"));
    }

    @Test
    void a_model_that_is_no_file_has_none() {
        CompileException fault = assertThrows(
                CompileException.class,
                () -> TensorDecoder.decode(external("w.bin").build(), "t", new ExternalData(Optional.empty())));
        assertTrue(fault.fact().contains("was not read from a file"), fault.fact());
    }

    /// CVE-2022-25882.
    @Test
    void no_path_leads_up_and_out() {
        isOutside("../secret");
        isOutside("../../../../../../etc/passwd");
        isOutside("..");
    }

    /// CVE-2024-27318: what is not at the beginning leads up as well.
    @Test
    void no_path_leads_down_and_then_out() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        isOutside("sub/../../secret");
        isOutside("./../secret");
        isOutside("not-there/../../secret");
        Path sibling = Files.createDirectory(parent.resolve("model-of-another"));
        Files.write(sibling.resolve("w.bin"), new byte[8]);
        isOutside("../model-of-another/w.bin");
    }

    @Test
    void an_absolute_path_leads_out_even_if_it_leads_in() throws IOException {
        isOutside(secret.toString());
        isOutside("/etc/passwd");
        Files.write(folder.resolve("w.bin"), new byte[8]);
        isOutside(folder.resolve("w.bin").toAbsolutePath().toString());
    }

    /// CVE-2026-27489 and CVE-2026-34447: the link may be the file or a folder on the way.
    @Test
    void a_symbolic_link_leads_nowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("file"), secret);
        isOutside("file");
        Files.createSymbolicLink(folder.resolve("up"), parent);
        isOutside("up/secret");
        Path data = Files.write(folder.resolve("w.bin"), new byte[8]);
        Files.createSymbolicLink(folder.resolve("inside"), data);
        fails(Code.ONNX_TENSOR, "a symbolic link", external("inside"));
        Files.createSymbolicLink(folder.resolve("dangling"), parent.resolve("later"));
        fails(Code.FILE_MISSING, "no such file", external("dangling"));
    }

    @Test
    void a_folder_on_the_way_is_no_link_even_to_one_inside() throws IOException {
        Path weights = Files.createDirectory(folder.resolve("weights"));
        Files.write(weights.resolve("w.bin"), new byte[8]);
        Files.createSymbolicLink(folder.resolve("other"), weights);
        fails(Code.FILE_READ, "cannot be read", external("other/w.bin"));
    }

    /// CVE-2026-34446.
    @Test
    void a_hard_link_is_no_file_of_its_own() throws IOException {
        Files.createLink(folder.resolve("hard"), secret);
        fails(Code.ONNX_TENSOR, "a file with 2 names", external("hard"));
    }

    @Test
    void what_is_no_file_is_not_read() throws Exception {
        Files.createDirectory(folder.resolve("sub"));
        fails(Code.FILE_READ, "is a folder", external("sub"));
        fails(Code.FILE_READ, "is a folder", external("."));
        Path pipe = folder.resolve("pipe");
        Assumptions.assumeTrue(
                new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "there is no mkfifo");
        fails(Code.ONNX_TENSOR, "no regular file", external("pipe"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\0", "w\0.bin"})
    void a_location_is_a_path(String location) {
        assertThrows(CompileException.class, () -> decode(external(location)));
    }

    /// CVE-2026-34445: keys and numbers are the model's word and no more.
    @Test
    void entries_are_read_for_what_they_are() throws IOException {
        Files.write(folder.resolve("w.bin"), ONE_AND_TWO);
        assertArrayEquals(
                new float[] {1, 2},
                decode(external("w.bin", "basepath", "/", "__class__", "x", "checksum", "0"))
                        .toFloats());
        fails(Code.ONNX_TENSOR, "two entries 'location'", external("w.bin", "location", "../secret"));
        for (String number : List.of("-1", "", "0x8", "1e3", "9223372036854775808", "8 bytes", "\u0668")) {
            fails(Code.ONNX_TENSOR, "a number of bytes is expected", external("w.bin", "offset", number));
            fails(Code.ONNX_TENSOR, "a number of bytes is expected", external("w.bin", "length", number));
        }
        fails(Code.ONNX_TENSOR, "of w.bin, which has 8", external("w.bin", "offset", "9223372036854775807"));
        fails(Code.ONNX_TENSOR, "has 9223372036854775807", external("w.bin", "length", "9223372036854775807"));
    }

    @Test
    void a_shape_of_terabytes_is_compared_with_the_file_first() throws IOException {
        Files.write(folder.resolve("w.bin"), ONE_AND_TWO);
        fails(
                Code.ONNX_TENSOR,
                "needs 4398046511104 bytes",
                external("w.bin").clearDims().addDims(1L << 40));
    }

    @Test
    void one_file_for_a_thousand_tensors_does_not_take_a_thousand_times_the_memory() throws IOException {
        Files.write(folder.resolve("w.bin"), new byte[1 << 20]);
        OnnxBuilder model = OnnxBuilder.opset(18).input("x", 1).output("x");
        for (int i = 0; i < 1000; i++) {
            model.initialiser(external("w.bin")
                    .setName("w" + i)
                    .clearDims()
                    .addDims(1 << 18)
                    .build());
        }
        Path file = Files.write(
                folder.resolve("model.onnx"), model.message().build().toByteArray());
        CompileException fault = assertThrows(
                CompileException.class, () -> MemoryLimit.within(16 << 20, () -> OnnxModel.read(file, Trace.silent())));
        assertEquals(Code.MEMORY, fault.code());
        assertTrue(fault.fact().startsWith("the initialisers up to w16 would take 17825792"), fault.fact());
    }

    /// CVE-2025-51480, the way out: a model says nothing of where a file is written.
    @Test
    void an_export_writes_the_file_that_was_named_and_no_other() throws IOException {
        Files.write(folder.resolve("w.bin"), ONE_AND_TWO);
        OnnxBuilder model = OnnxBuilder.opset(18)
                .input("x", 2)
                .initialiser(external("w.bin").setName("../../w").build())
                .node("Add", "x ../../w", "../y")
                .output("../y");
        Path file = Files.write(
                folder.resolve("model.onnx"), model.message().build().toByteArray());
        Graph graph = OnnxModel.read(file, Trace.silent()).graph();
        Path written = Files.createDirectories(parent.resolve("out/deep")).resolve("copy.onnx");
        OnnxExport.write(graph, written);
        try (Stream<Path> all = Files.walk(parent)) {
            assertEquals(
                    List.of("copy.onnx", "model.onnx", "secret", "w.bin"),
                    all.filter(Files::isRegularFile)
                            .map(path -> String.valueOf(path.getFileName()))
                            .sorted()
                            .toList());
        }
        assertEquals(1, OnnxModel.read(written, Trace.silent()).graph().nodes().size());
    }
}
