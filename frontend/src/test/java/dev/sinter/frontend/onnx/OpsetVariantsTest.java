package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.ints;
import static dev.sinter.frontend.onnx.OnnxBuilder.number;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// One meaning, written as different opsets write it.
@NullMarked
class OpsetVariantsTest {
    private static void becomes(String nodes, OnnxBuilder model) {
        String printed =
                model.graph().nodes().stream().map(GraphPrinter::print).collect(Collectors.joining("\n", "", "\n"));
        assertEquals(nodes, printed);
    }

    @Test
    void clip_has_attributes_and_later_operands() {
        String expected = "%y: f32[2] = clip(%x) min=0 max=6\n";
        becomes(
                expected,
                opset(6).input("x", 2)
                        .node("Clip", "x", "y", number("min", 0), number("max", 6))
                        .output("y"));
        becomes(
                expected,
                opset(11)
                        .input("x", 2)
                        .node("Constant", "", "lo", number("value_float", 0))
                        .node("Constant", "", "hi", number("value_float", 6))
                        .node("Clip", "x lo hi", "y")
                        .output("y"));
    }

    @Test
    void a_bound_that_is_left_out_is_infinite() {
        becomes(
                "%y: f32[2] = clip(%x) min=0 max=inf\n",
                opset(6).input("x", 2).node("Clip", "x", "y", number("min", 0)).output("y"));
    }

    @Test
    void addition_stretches_on_demand_and_later_always() {
        String expected = """
            %y/reshape: f32[3,1,1] = reshape(%b) shape=[3,1,1]
            %y: f32[1,3,4,4] = add(%x, %y/reshape)
            """;
        becomes(
                expected,
                opset(6).input("x", 1, 3, 4, 4)
                        .input("b", 3)
                        .node("Add", "x b", "y", integer("broadcast", 1), integer("axis", 1))
                        .output("y"));
        becomes(
                "%y: f32[1,3,4,4] = add(%x, %b)\n",
                opset(7).input("x", 1, 3, 4, 4)
                        .input("b", 3, 1, 1)
                        .node("Add", "x b", "y")
                        .output("y"));
        CompileException fault = assertThrows(
                CompileException.class,
                () -> opset(6).input("x", 2, 3)
                        .input("b", 3)
                        .node("Add", "x b", "y")
                        .output("y")
                        .graph());
        assertEquals(Code.SHAPE_BROADCAST, fault.code());
    }

    @Test
    void softmax_runs_over_all_later_dimensions_and_later_over_one() {
        becomes("""
            %y/flatten: f32[2,12] = flatten(%x) axis=1
            %y/softmax: f32[2,12] = softmax(%y/flatten) axis=1
            %y: f32[2,3,4] = reshape(%y/softmax) shape=[2,3,4]
            """, opset(12).input("x", 2, 3, 4).node("Softmax", "x", "y").output("y"));
        becomes(
                "%y: f32[2,3,4] = softmax(%x) axis=2\n",
                opset(13).input("x", 2, 3, 4).node("Softmax", "x", "y").output("y"));
        becomes(
                "%y: f32[2,3,1] = softmax(%x) axis=1\n",
                opset(12).input("x", 2, 3, 1).node("Softmax", "x", "y").output("y"));
    }

    @Test
    void axes_of_a_reduction_are_an_attribute_and_later_an_operand() {
        String expected = "%y: f32[2,1] = reduce_sum(%x) axes=[1] keep_dims=true\n";
        becomes(
                expected,
                opset(12)
                        .input("x", 2, 3)
                        .node("ReduceSum", "x", "y", ints("axes", -1))
                        .output("y"));
        becomes(
                expected,
                opset(13)
                        .input("x", 2, 3)
                        .integers("axes", -1)
                        .node("ReduceSum", "x axes", "y")
                        .output("y"));
    }

    @Test
    void a_reduction_without_axes_takes_all_unless_it_says_none() {
        becomes(
                "%y: f32[1,1] = reduce_sum(%x) axes=[0,1] keep_dims=true\n",
                opset(13).input("x", 2, 3).node("ReduceSum", "x", "y").output("y"));
        becomes(
                "%y: f32[2,3] = identity(%x)\n",
                opset(13)
                        .input("x", 2, 3)
                        .node("ReduceSum", "x", "y", integer("noop_with_empty_axes", 1))
                        .output("y"));
    }

    @Test
    void pads_are_an_attribute_and_later_an_operand_with_axes() {
        String expected = "%y: f32[2,6] = pad(%x) pads=[0,1,0,2] mode=constant value=0\n";
        becomes(
                expected,
                opset(1).input("x", 2, 3)
                        .node("Pad", "x", "y", ints("paddings", 0, 1, 0, 2))
                        .output("y"));
        becomes(
                expected,
                opset(2).input("x", 2, 3)
                        .node("Pad", "x", "y", ints("pads", 0, 1, 0, 2))
                        .output("y"));
        becomes(
                expected,
                opset(18)
                        .input("x", 2, 3)
                        .integers("pads", 1, 2)
                        .integers("axes", -1)
                        .node("Pad", "x pads - axes", "y")
                        .output("y"));
    }

    @Test
    void shapes_of_reshape_and_axes_of_squeeze_move_likewise() {
        String reshape = "%y: f32[3,2] = reshape(%x) shape=[3,2]\n";
        becomes(
                reshape,
                opset(4).input("x", 2, 3)
                        .node("Reshape", "x", "y", ints("shape", 3, -1))
                        .output("y"));
        becomes(
                reshape,
                opset(5).input("x", 2, 3)
                        .integers("s", -1, 2)
                        .node("Reshape", "x s", "y")
                        .output("y"));
        String squeeze = "%y: f32[2] = reshape(%x) shape=[2]\n";
        becomes(
                squeeze,
                opset(12)
                        .input("x", 1, 2)
                        .node("Squeeze", "x", "y", ints("axes", 0))
                        .output("y"));
        becomes(
                squeeze,
                opset(13)
                        .input("x", 1, 2)
                        .integers("a", 0)
                        .node("Squeeze", "x a", "y")
                        .output("y"));
        becomes(squeeze, opset(13).input("x", 1, 2).node("Squeeze", "x", "y").output("y"));
    }

    @Test
    void zero_in_a_shape_copies_unless_it_is_meant() {
        becomes(
                "%y: f32[2,3] = reshape(%x) shape=[2,3]\n",
                opset(14)
                        .input("x", 2, 1, 3)
                        .integers("s", 0, 3)
                        .node("Reshape", "x s", "y")
                        .output("y"));
        becomes(
                "%y: f32[0,7] = reshape(%x) shape=[0,7]\n",
                opset(14)
                        .input("x", 2, 0, 3)
                        .integers("s", 0, 7)
                        .node("Reshape", "x s", "y", integer("allowzero", 1))
                        .output("y"));
    }

    @Test
    void a_slope_belongs_to_channels_and_later_broadcasts() {
        becomes(
                """
                %y/reshape: f32[3,1,1] = reshape(%a) shape=[3,1,1]
                %y: f32[1,3,4,4] = prelu(%x, %y/reshape)
                """,
                opset(6).input("x", 1, 3, 4, 4)
                        .input("a", 3)
                        .node("PRelu", "x a", "y")
                        .output("y"));
        becomes(
                "%y: f32[1,3,4,4] = prelu(%x, %a)\n",
                opset(7).input("x", 1, 3, 4, 4)
                        .input("a", 3, 1, 1)
                        .node("PRelu", "x a", "y")
                        .output("y"));
    }

    @Test
    void batch_normalisation_once_had_a_mean_per_element() {
        Graph graph = perElement(2, 4).graph();
        assertEquals("[%y: f32[1,2,4]]", graph.outputs().toString());
        CompileException fault =
                assertThrows(CompileException.class, () -> perElement(2).graph());
        assertEquals(Code.SHAPE_BROADCAST, fault.code());
    }

    private static OnnxBuilder perElement(Object... statistics) {
        return opset(7).input("x", 1, 2, 4)
                .input("c", statistics)
                .node("BatchNormalization", "x c c c c", "y", integer("spatial", 0))
                .output("y");
    }

    @Test
    void whole_upsampling_repeats_elements_however_it_is_asked_for() {
        String expected = """
            %y/reshape: f32[1,2,3,1] = reshape(%x) shape=[1,2,3,1]
            %y/concat: f32[1,2,3,2] = concat(%y/reshape, %y/reshape) axis=3
            %y: f32[1,2,6] = reshape(%y/concat) shape=[1,2,6]
            """;
        TensorProto scales = TensorProto.newBuilder()
                .setName("scales")
                .setDataType(OnnxBuilder.FLOAT)
                .addDims(3)
                .addAllFloatData(List.of(1f, 1f, 2f))
                .build();
        becomes(
                expected,
                opset(9).input("x", 1, 2, 3)
                        .initialiser(scales)
                        .node("Upsample", "x scales", "y", text("mode", "nearest"))
                        .output("y"));
        becomes(
                expected,
                opset(13)
                        .input("x", 1, 2, 3)
                        .initialiser(scales)
                        .node("Resize", "x - scales", "y")
                        .output("y"));
        becomes(
                expected,
                opset(13)
                        .input("x", 1, 2, 3)
                        .integers("sizes", 1, 2, 6)
                        .node("Resize", "x - - sizes", "y", text("coordinate_transformation_mode", "asymmetric"))
                        .output("y"));
    }

    @Test
    void concat_once_had_a_default_axis() {
        becomes(
                "%y: f32[1,4] = concat(%x, %x) axis=1\n",
                opset(3).input("x", 1, 2).node("Concat", "x x", "y").output("y"));
    }

    @Test
    void the_type_of_a_cast_was_once_a_word() {
        becomes(
                "%y: f32[2] = identity(%x)\n",
                opset(5).input("x", 2)
                        .node("Cast", "x", "y", text("to", "FLOAT"))
                        .output("y"));
    }

    @Test
    void a_hint_of_the_first_opsets_about_memory_is_ignored() {
        becomes(
                "%y: f32[2] = relu(%x)\n",
                opset(5).input("x", 2)
                        .node("Relu", "x", "y", ints("consumed_inputs", 0))
                        .output("y"));
    }

    @Test
    void a_model_without_attribute_types_is_read() {
        OnnxBuilder model = opset(6);
        model.input("x", 2, 3)
                .node(
                        "Flatten",
                        "x",
                        "y",
                        integer("axis", 1).toBuilder().clearType().build())
                .output("y");
        becomes("%y: f32[2,3] = flatten(%x) axis=1\n", model);
    }
}
