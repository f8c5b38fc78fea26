package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.GraphProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.RoundTo;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Quantised numbers and narrow types, in forms that ONNX's own tests do not have.
@NullMarked
class QuantizationTest {
    private static final int FLOAT = DataType.FLOAT.number();
    private static final int FLOAT16 = DataType.FLOAT16.number();

    private static TensorProto floats(String name, long[] dims, float... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT);
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return tensor.build();
    }

    private static TensorProto integers(String name, DataType type, long[] dims, int... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.number());
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        for (int value : values) {
            tensor.addInt32Data(value);
        }
        return tensor.build();
    }

    private static long[] dims(long... dims) {
        return dims;
    }

    private static Tensor run(Graph graph, Shape shape, float... x) {
        Tensor input = Tensor.ofFloats(shape, x);
        Tensor fed = input.converted(graph.inputs().getFirst().type().element());
        return Interpreter.run(graph, Map.of("x", fed)).get("y");
    }

    @Test
    void the_last_block_of_a_scale_may_be_shorter() {
        Graph graph = OnnxBuilder.opset(21)
                .input("x", 5)
                .initialiser(floats("s", dims(3), 1, 2, 4))
                .initialiser(integers("z", DataType.INT8, dims(3), 0, 1, 2))
                .node("QuantizeLinear", "x s z", "y", integer("axis", 0), integer("block_size", 2))
                .output("y", DataType.INT8.number())
                .graph();
        assertArrayEquals(
                new long[] {8, 8, 5, 5, 4},
                run(graph, Shape.of(5), 8, 8, 8, 8, 8).toLongs());
    }

    @Test
    void a_scale_may_be_computed_also_in_blocks() {
        Graph graph = OnnxBuilder.opset(21)
                .input("x", 1, 5)
                .initialiser(floats("q", dims(1, 5), 10, 20, 30, 40, 50))
                .node("Slice", "x start end axis", "part")
                .initialiser(starts("start", 0))
                .initialiser(starts("end", 3))
                .initialiser(starts("axis", 1))
                .node("QuantizeLinear", "q part -", "y", integer("axis", -1), integer("block_size", 2))
                .output("y", DataType.UINT8.number())
                .graph();
        assertArrayEquals(
                new long[] {10, 20, 15, 20, 12},
                run(graph, Shape.of(1, 5), 1, 2, 4, 0, 0).toLongs());
    }

    private static TensorProto starts(String name, long value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64.number())
                .addDims(1)
                .addInt64Data(value)
                .build();
    }

    @Test
    void the_type_of_the_result_is_said_by_the_zero_point_or_by_an_attribute() {
        OnnxBuilder attribute = OnnxBuilder.opset(23)
                .input("x", 4)
                .initialiser(floats("s", dims(), 0.5f))
                .node("QuantizeLinear", "x s", "y", integer("output_dtype", DataType.INT4.number()))
                .output("y", DataType.INT4.number());
        assertArrayEquals(
                new long[] {7, -8, 2, -2},
                run(attribute.graph(), Shape.of(4), 100, -100, 0.75f, -1.25f).toLongs());
        OnnxBuilder zero = OnnxBuilder.opset(21)
                .input("x", 3)
                .initialiser(floats("s", dims(), 1))
                .initialiser(integers("z", DataType.UINT4, dims(), 8))
                .node("QuantizeLinear", "x s z", "y")
                .output("y", DataType.UINT4.number());
        assertArrayEquals(
                new long[] {15, 0, 10},
                run(zero.graph(), Shape.of(3), 100, -100, 2.5f).toLongs());
        OnnxBuilder both = OnnxBuilder.opset(21)
                .input("x", 3)
                .initialiser(floats("s", dims(), 1))
                .initialiser(integers("z", DataType.UINT4, dims(), 8))
                .node("QuantizeLinear", "x s z", "y", integer("output_dtype", DataType.INT8.number()))
                .output("y", DataType.INT8.number());
        CompileException fault = assertThrows(CompileException.class, both::graph);
        assertEquals(Code.ONNX_ATTRIBUTE, fault.code());
        assertTrue(fault.fact().contains("int8") && fault.fact().contains("uint4"), fault.fact());
    }

    @Test
    void a_scale_that_fits_neither_the_tensor_nor_the_axis_is_refused() {
        OnnxBuilder model = OnnxBuilder.opset(13)
                .input("x", 2, 3)
                .initialiser(floats("s", dims(2), 1, 2))
                .node("QuantizeLinear", "x s", "y")
                .output("y", DataType.UINT8.number());
        CompileException fault = assertThrows(CompileException.class, model::graph);
        assertEquals(Code.SHAPE_MISMATCH, fault.code());
    }

    @Test
    void what_is_quantised_finely_is_exact_before_it_is_scaled() {
        Graph graph = OnnxBuilder.opset(10)
                .input(DataType.INT32.number(), "x", 2)
                .initialiser(floats("s", dims(), 0.5f))
                .node("DequantizeLinear", "x s", "y")
                .output("y")
                .graph();
        Tensor x = Tensor.ofLongs(Shape.of(2), 16_777_217, -3)
                .converted(graph.inputs().getFirst().type().element());
        assertEquals(
                8_388_608.0, Interpreter.run(graph, Map.of("x", x)).get("y").get(0), 1);
    }

    @Test
    void numbers_are_rounded_to_half_precision_where_the_model_says_so() {
        Graph graph = OnnxBuilder.opset(13)
                .input("x", 3)
                .node("Cast", "x", "half", integer("to", FLOAT16))
                .node("Relu", "half", "relu")
                .node("Cast", "relu", "again", integer("to", FLOAT16))
                .node("Cast", "again", "y", integer("to", FLOAT))
                .output("y")
                .graph();
        assertArrayEquals(
                new float[] {1.0009766f, 0, Float.POSITIVE_INFINITY},
                run(graph, Shape.of(3), 1.0007f, -1, 65520).toFloats());
        assertEquals(
                1,
                graph.nodes().stream()
                        .filter(node -> node.op() instanceof RoundTo)
                        .count());
    }

    @Test
    void what_is_held_as_f32_and_said_to_be_half_needs_no_rounding() {
        Graph graph = OnnxBuilder.opset(13)
                .input(FLOAT16, "x", 3)
                .node("Relu", "x", "relu")
                .node("Cast", "relu", "y", integer("to", FLOAT16))
                .output("y", FLOAT16)
                .graph();
        assertTrue(graph.nodes().stream().noneMatch(node -> node.op() instanceof RoundTo));
    }

    @Test
    void a_cast_to_four_bits_drops_the_others() {
        Graph graph = OnnxBuilder.opset(21)
                .input("x", 4)
                .node("Cast", "x", "four", integer("to", DataType.INT4.number()))
                .node("Cast", "four", "y", integer("to", DataType.INT64.number()))
                .output("y", DataType.INT64.number())
                .graph();
        assertArrayEquals(
                new long[] {7, -8, -1, 0},
                run(graph, Shape.of(4), -9, 8, 15, 16).toLongs());
    }

    @Test
    void the_type_to_be_like_is_that_of_the_model() {
        Graph graph = OnnxBuilder.opset(19)
                .input("x", 2)
                .initialiser(integers("like", DataType.FLOAT8E5M2, dims(1), 0))
                .node("CastLike", "x like", "y")
                .output("y", DataType.FLOAT8E5M2.number())
                .graph();
        assertArrayEquals(
                new float[] {1.25f, 57344}, run(graph, Shape.of(2), 1.3f, 1e9f).toFloats());
    }

    @Test
    void each_row_and_each_column_may_have_a_zero_point() {
        Graph graph = OnnxBuilder.opset(10)
                .input(DataType.UINT8.number(), "x", 2, 2)
                .initialiser(integers("b", DataType.INT8, dims(2, 3), 1, 2, 3, 4, 5, 6))
                .initialiser(integers("az", DataType.UINT8, dims(2), 1, 2))
                .initialiser(integers("bz", DataType.INT8, dims(3), 1, 0, -1))
                .node("MatMulInteger", "x b az bz", "y")
                .output("y", DataType.INT32.number())
                .graph();
        // [[0, 1], [1, 2]] times [[0, 2, 4], [3, 5, 7]].
        assertArrayEquals(
                new long[] {3, 5, 7, 6, 12, 18},
                run(graph, Shape.of(2, 2), 1, 2, 3, 4).toLongs());
    }

    /// The same names in both branches stand for numbers of other widths.
    private static AttributeProto branch(String name, DataType type) {
        GraphProto graph = OnnxBuilder.opset(21)
                .initialiser(floats("step", dims(), 1))
                .initialiser(integers("zero", type, dims(), 0))
                .node("QuantizeLinear", "x step zero", "q")
                .node("DequantizeLinear", "q step zero", "r")
                .output("r")
                .message()
                .getGraph();
        return AttributeProto.newBuilder().setName(name).setType(5).setG(graph).build();
    }

    @Test
    void a_branch_has_types_of_its_own() {
        OnnxBuilder model = OnnxBuilder.opset(21)
                .input("x", 2)
                .initialiser(integers("yes", DataType.BOOL, dims(), 1))
                .initialiser(integers("no", DataType.BOOL, dims(), 0))
                .node("If", "yes", "a", branch("then_branch", DataType.UINT4), branch("else_branch", DataType.UINT8))
                .node("If", "no", "b", branch("then_branch", DataType.UINT4), branch("else_branch", DataType.UINT8))
                .node("Concat", "a b", "y", integer("axis", 0))
                .output("y");
        assertArrayEquals(
                new float[] {15, 3, 200, 3},
                run(model.graph(), Shape.of(2), 200, 3).toFloats());
    }
}
