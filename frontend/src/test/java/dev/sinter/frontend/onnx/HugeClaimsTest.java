package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.ModelFaults.fails;
import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import dev.sinter.ir.graph.Graph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sizes beyond all sense, which are refused where they are claimed.
@NullMarked
class HugeClaimsTest {
    @Test
    void shapes_of_absurd_length_are_shown_in_part() {
        long[] shape = new long[20_000];
        Arrays.fill(shape, 1);
        CompileException fault = fails(
                Code.SHAPE_RANK,
                "… (20000 entries)",
                () -> opset(18)
                        .input("x", 1)
                        .integers("s", shape)
                        .node("Reshape", "x s", "y")
                        .output("y")
                        .graph());
        assertTrue(String.valueOf(fault.getMessage()).length() < 300, fault.getMessage());
        fails(
                Code.SHAPE_RANK,
                "has rank 1000 but at most 32",
                () -> opset(18)
                        .input("x", Collections.nCopies(1000, 1).toArray())
                        .node("Relu", "x", "y")
                        .output("y")
                        .graph());
    }

    @Test
    void windows_of_absurd_size_do_not_overflow() {
        fails(
                Code.ONNX_ATTRIBUTE,
                "kernel_shape",
                () -> opset(18)
                        .input("x", 1, 1, 4, 4)
                        .node("MaxPool", "x", "y", ints("kernel_shape", Long.MAX_VALUE, 2))
                        .output("y")
                        .graph());
        fails(
                Code.ATTRIBUTE,
                "more than 16777216 points",
                () -> opset(18)
                        .input("x", 1, 1, 4, 4)
                        .node("MaxPool", "x", "y", ints("kernel_shape", Integer.MAX_VALUE, 2))
                        .output("y")
                        .graph());
    }

    @Test
    void constants_beyond_memory_are_refused_before_they_are_made() {
        fails(
                Code.ONNX_TENSOR,
                "an import may make",
                () -> opset(18)
                        .integers("s", 1500, 1L << 20)
                        .node("ConstantOfShape", "s", "y")
                        .output("y")
                        .graph());
        fails(
                Code.SHAPE_ELEMENTS,
                "85070591730234615847396907784232501249 elements",
                () -> opset(18)
                        .integers("s", Long.MAX_VALUE, Long.MAX_VALUE)
                        .node("ConstantOfShape", "s", "y")
                        .output("y")
                        .graph());
    }

    @Test
    void inputs_beyond_memory_are_refused() {
        fails(
                Code.SHAPE_ELEMENTS,
                "1152921504606846976 elements but at most",
                () -> opset(18).input("x", 1L << 40, 1L << 20).output("x").graph());
    }

    /// Each answers at once: the model is imported, or refused with a code.
    private static void answers(OnnxBuilder model) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            try {
                model.graph();
            } catch (CompileException expected) {
                assertTrue(String.valueOf(expected.getMessage()).length() < 5000, expected.getMessage());
            }
        });
    }

    private static OnnxBuilder pixels() {
        return opset(21).input("x", 1, 1, 8, 8).floats("w", 1, 1, 2, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 62, -(1L << 62), Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, (1L << 31) - 1, -1, 0})
    void attributes_near_the_ends_of_what_a_long_holds_are_taken_or_refused(long huge) {
        for (String operator : List.of("Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool")) {
            boolean contraction = operator.startsWith("Conv");
            for (String attribute : List.of("strides", "dilations", "pads", "kernel_shape", "output_padding")) {
                List<AttributeProto> attributes = new ArrayList<>();
                if (!contraction && !attribute.equals("kernel_shape")) {
                    attributes.add(ints("kernel_shape", 2, 2));
                }
                attributes.add(
                        attribute.equals("pads")
                                ? ints(attribute, huge, huge, huge, huge)
                                : ints(attribute, huge, huge));
                answers(pixels().node(
                                operator, contraction ? "x w" : "x", "y", attributes.toArray(AttributeProto[]::new))
                        .output("y"));
            }
        }
        answers(pixels().node("ConvTranspose", "x w", "y", ints("output_shape", huge, huge))
                .output("y"));
        answers(pixels().node("Conv", "x w", "y", integer("group", huge)).output("y"));
        answers(pixels().node("Concat", "x x", "y", integer("axis", huge)).output("y"));
        answers(pixels().node("Split", "x", "y", integer("num_outputs", huge)).output("y"));
        answers(pixels().node("DepthToSpace", "x", "y", integer("blocksize", huge))
                .output("y"));
        answers(pixels().node("SpaceToDepth", "x", "y", integer("blocksize", huge))
                .output("y"));
        answers(pixels().node("LRN", "x", "y", integer("size", huge)).output("y"));
        answers(pixels().node("Flatten", "x", "y", integer("axis", huge)).output("y"));
        answers(pixels().node("Softmax", "x", "y", integer("axis", huge)).output("y"));
        answers(pixels().node("Transpose", "x", "y", ints("perm", huge, 0, 1, 2))
                .output("y"));
        answers(pixels().node("Shape", "x", "y", integer("start", huge), integer("end", huge))
                .output("y", OnnxBuilder.INT64));
        answers(pixels().node("Cast", "x", "y", integer("to", huge)).output("y"));
        answers(pixels().node("EyeLike", "x", "y", integer("k", huge)).output("y"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 62, -(1L << 62), Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 1L << 31, 1L << 28, -1, 0})
    void operands_near_the_ends_of_what_a_long_holds_are_taken_or_refused(long huge) {
        OnnxBuilder row =
                opset(21).input("x", 8).floats("f", 8).integers("n", huge).integers("two", huge, huge);
        for (String x : List.of("x", "f")) {
            answers(copy(row).node("Expand", x + " n", "y").output("y"));
            answers(copy(row).node("Tile", x + " n", "y").output("y"));
            answers(copy(row).node("Reshape", x + " two", "y").output("y"));
            answers(copy(row).node("Unsqueeze", x + " n", "y").output("y"));
            answers(copy(row).node("Gather", x + " two", "y").output("y"));
            answers(copy(row).node("TopK", x + " n", "y i").output("y"));
            answers(copy(row).node("CenterCropPad", x + " n", "y").output("y"));
            answers(copy(row).node("Trilu", x + " n", "y").output("y"));
            answers(copy(row).node("CumSum", x + " n", "y").output("y"));
            for (String mode : List.of("constant", "edge", "reflect", "wrap")) {
                answers(copy(row)
                        .node("Pad", x + " two", "y", text("mode", mode))
                        .output("y"));
            }
            answers(copy(row)
                    .integers("zero", 0)
                    .integers("one", 1)
                    .node("Slice", x + " zero n zero n", "y")
                    .output("y"));
            answers(copy(row)
                    .integers("zero", 0)
                    .integers("back", -1)
                    .node("Slice", x + " n n zero back", "y")
                    .output("y"));
            answers(copy(row)
                    .integers("rest", 8 - huge)
                    .node("Concat", "n rest", "s", integer("axis", 0))
                    .node("Split", x + " s", "y z")
                    .output("y"));
            answers(copy(row)
                    .node("Resize", x + " - - n", "y", text("mode", "nearest"))
                    .output("y"));
            answers(copy(row)
                    .node("Resize", x + " - - n", "y", text("mode", "linear"))
                    .output("y"));
        }
        answers(copy(row).node("ConstantOfShape", "two", "y").output("y"));
        answers(copy(row)
                .initialiser(OnnxBuilder.tensor("values", OnnxBuilder.FLOAT, 0, 1))
                .input(OnnxBuilder.INT64, "i", 4)
                .node("OneHot", "i n values", "y")
                .output("y"));
        answers(copy(row)
                .node("Squeeze", "n", "limit")
                .integers("zeros", 0)
                .node("Squeeze", "zeros", "start")
                .integers("ones", 1)
                .node("Squeeze", "ones", "delta")
                .node("Range", "start limit delta", "y")
                .output("y", OnnxBuilder.INT64));
    }

    @ParameterizedTest
    @ValueSource(floats = {1e9f, 1e30f, Float.POSITIVE_INFINITY, Float.NaN, -1, 0, Float.MIN_VALUE})
    void scales_beyond_all_sense_are_refused(float scale) {
        for (String mode : List.of("nearest", "linear", "cubic")) {
            answers(opset(18)
                    .input("x", 1, 1, 2, 2)
                    .initialiser(OnnxBuilder.tensor("s", OnnxBuilder.FLOAT, 1, 1, scale, scale))
                    .node("Resize", "x - s", "y", text("mode", mode))
                    .output("y"));
        }
    }

    @Test
    void an_import_does_no_more_work_than_a_file_of_its_size_may_ask_for() {
        OnnxBuilder chain = opset(18).integers("s", 1 << 22).node("ConstantOfShape", "s", "m0");
        for (int i = 0; i < 240; i++) {
            chain.node("Exp", "m" + i, "m" + (i + 1));
        }
        Graph graph = chain.output("m240").graph();
        assertTrue(graph.nodes().size() > 200, () -> graph.nodes().size() + " were left to run");
        OnnxBuilder range = opset(18);
        for (String name : List.of("start", "limit", "delta")) {
            range.integers(name + "s", name.equals("start") ? 0 : name.equals("limit") ? 1 << 27 : 1)
                    .node("Squeeze", name + "s", name);
        }
        fails(
                Code.ONNX_TENSOR,
                "an import of such a file may make",
                () -> range.node("Range", "start limit delta", "y")
                        .output("y", OnnxBuilder.INT64)
                        .graph());
    }

    @Test
    void products_of_known_matrices_are_left_to_run_after_a_while() {
        OnnxBuilder chain = opset(18).integers("s", 64, 64).node("ConstantOfShape", "s", "m0");
        for (int i = 0; i < 5000; i++) {
            chain.node("MatMul", "m" + i + " m" + i, "m" + (i + 1));
        }
        assertTrue(chain.output("m5000").graph().nodes().size() > 4000);
    }

    @Test
    void suggestions_for_names_of_absurd_length_take_no_time() {
        OnnxBuilder model = opset(18);
        for (int i = 0; i < 400; i++) {
            model.input("x".repeat(2000) + i, 1);
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> fails(
                        Code.GRAPH_UNKNOWN_VALUE,
                        "reads 'yyy",
                        () -> model.node("Relu", "y".repeat(2000), "z")
                                .output("z")
                                .graph()));
    }

    @Test
    void a_network_is_not_differentiated_a_thousand_times() {
        OnnxBuilder model = opset(18).input("x", 1).node("Relu", "x", "y").output("y");
        for (int i = 0; i < 1000; i++) {
            model.message()
                    .getGraphBuilder()
                    .addNodeBuilder()
                    .setDomain("ai.onnx.preview.training")
                    .setOpType("Gradient")
                    .addInput("x")
                    .addOutput("g" + i)
                    .addAttribute(AttributeProto.newBuilder()
                            .setName("xs")
                            .setType(8)
                            .addStrings(ByteString.copyFromUtf8("x")))
                    .addAttribute(text("y", "y"));
        }
        fails(Code.ONNX_OPERATOR, "nodes are differentiated", model::graph);
    }

    @Test
    void what_takes_more_than_the_limit_says_how_much_and_for_what() {
        CompileException fault = fails(
                Code.MEMORY,
                "would take 4000000 bytes of memory but at most 1048576 may be taken",
                () -> MemoryLimit.within(
                        1 << 20,
                        () -> opset(18)
                                .integers("s", 1000, 1000)
                                .node("ConstantOfShape", "s", "y")
                                .output("y")
                                .graph()));
        assertTrue(String.valueOf(fault.hint()).contains("--max-memory"), fault.hint());
    }

    /// Builders change what they are given.
    private static OnnxBuilder copy(OnnxBuilder model) {
        OnnxBuilder copy = opset(21);
        copy.message().clear().mergeFrom(model.message().build());
        return copy;
    }
}
