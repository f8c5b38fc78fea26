package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.ModelFaults.fails;
import static dev.sinter.frontend.onnx.ModelFaults.parse;
import static dev.sinter.frontend.onnx.ModelFaults.relu;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.graph.Graph;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What is no ONNX file, or none that can be read, and what the message says.
@NullMarked
class MalformedFilesTest {
    @Test
    void a_valid_model_is_imported() {
        Graph graph = relu().graph();
        assertEquals("[%y: f32[1,3]]", graph.outputs().toString());
    }

    @Test
    void an_empty_file_is_said_to_be_empty() {
        fails(Code.ONNX_FORMAT, "is empty", () -> OnnxModel.parse(new byte[0], "test"));
    }

    @Test
    void other_kinds_of_files_are_recognised() {
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0};
        fails(Code.ONNX_FORMAT, "a JPEG picture", () -> OnnxModel.parse(jpeg, "test"));
        byte[] letter = "Dear model,\nplease classify this.\n".getBytes(StandardCharsets.UTF_8);
        fails(Code.ONNX_FORMAT, "plain text", () -> OnnxModel.parse(letter, "test"));
        byte[] pointer = "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8);
        fails(Code.ONNX_FORMAT, "Git LFS", () -> OnnxModel.parse(pointer, "test"));
    }

    @Test
    void a_truncated_file_names_its_length() {
        byte[] whole = relu().floats("w", 100).message().build().toByteArray();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        fails(Code.ONNX_FORMAT, "after " + half.length + " bytes", () -> OnnxModel.parse(half, "test"));
    }

    @Test
    void a_message_without_a_graph_is_no_model() {
        fails(
                Code.ONNX_FORMAT,
                "holds no graph",
                () -> parse(ModelProto.newBuilder().setIrVersion(8)));
    }

    @Test
    void nesting_beyond_all_sense_is_refused() {
        GraphProto.Builder graph = GraphProto.newBuilder();
        for (int depth = 0; depth < 60; depth++) {
            AttributeProto attribute = AttributeProto.newBuilder()
                    .setName("body")
                    .setType(5)
                    .setG(graph)
                    .build();
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder().setOpType("Loop").addAttribute(attribute));
        }
        ModelProto.Builder model = relu().message().setGraph(graph);
        fails(Code.ONNX_FORMAT, "nest", () -> parse(model));
    }

    /// A graph in an attribute of a node of a graph, and so on: each message is one field of the one around it.
    @Test
    void nesting_ten_thousand_deep_ends_neither_the_stack_nor_the_patience() {
        int[] fields = {1, 6, 5};
        byte[] message = {};
        for (int depth = 0; depth < 10_000; depth++) {
            message = field(fields[depth % 3], message);
        }
        byte[] model = field(7, message);
        fails(Code.ONNX_FORMAT, "nest", () -> OnnxModel.parse(model, "test"));
        byte[] groups = new byte[20_000];
        Arrays.fill(groups, 0, 10_000, (byte) (15 << 3 | 3));
        fails(Code.ONNX_FORMAT, "", () -> OnnxModel.parse(groups, "test"));
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write(number << 3 | 2);
        int rest = content.length;
        while (rest > 0x7f) {
            field.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        field.write(rest);
        field.writeBytes(content);
        return field.toByteArray();
    }

    @Test
    void opsets_beyond_the_known_are_refused() {
        fails(
                Code.ONNX_OPSET,
                "opset 99",
                () -> opset(99).input("x", 1).output("x").graph());
        fails(
                Code.ONNX_OPSET,
                "opset 0",
                () -> opset(0).input("x", 1).output("x").graph());
        fails(Code.ONNX_OPSET, "no opset", () -> parse(relu().message().clearOpsetImport()));
    }
}
