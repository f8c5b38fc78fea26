package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.ModelFaults.fails;
import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.frontend.onnx.proto.TensorProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.rewrite.StandardPasses;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Expected numbers are those of the reference's formula: x / scale + zero point, limited, rounded, and back.
@NullMarked
class QonnxOperatorsTest {
    private static final String QUANT = "qonnx.custom_op.general.Quant";

    private static TensorProto number(String name, float value) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(OnnxBuilder.FLOAT)
                .addFloatData(value)
                .build();
    }

    private static OnnxBuilder quant(float scale, float zero, float bits, int signed, int narrow, String rounding) {
        return opset(13)
                .input("x", 6)
                .initialiser(number("scale", scale))
                .initialiser(number("zero", zero))
                .initialiser(number("bits", bits))
                .node(
                        QUANT,
                        "x scale zero bits",
                        "y",
                        integer("signed", signed),
                        integer("narrow", narrow),
                        text("rounding_mode", rounding))
                .output("y");
    }

    private static float[] run(OnnxBuilder model, float... x) {
        Tensor input = Tensor.ofFloats(Shape.of(x.length), x);
        return Objects.requireNonNull(
                        Interpreter.run(model.graph(), Map.of("x", input)).get("y"))
                .toFloats();
    }

    @Test
    void numbers_become_multiples_of_the_scale_within_the_limits() {
        float[] x = {-100, -3.9f, -0.75f, 0.25f, 0.75f, 100};
        assertArrayEquals(new float[] {-4, -4, -1, 0, 1, 3.5f}, run(quant(0.5f, 0, 4, 1, 0, "ROUND"), x));
        assertArrayEquals(new float[] {-3.5f, -3.5f, -1, 0, 1, 3.5f}, run(quant(0.5f, 0, 4, 1, 1, "ROUND"), x));
        assertArrayEquals(new float[] {0, 0, 0, 0, 1, 7.5f}, run(quant(0.5f, 0, 4, 0, 0, "ROUND"), x));
        assertArrayEquals(new float[] {0, 0, 0, 0, 1, 7}, run(quant(0.5f, 0, 4, 0, 1, "ROUND"), x));
    }

    @Test
    void there_are_three_ways_to_round() {
        float[] x = {-1.5f, -0.6f, -0.4f, 0.4f, 0.5f, 1.5f};
        assertArrayEquals(new float[] {-2, -1, -0f, 0, 0, 2}, run(quant(1, 0, 8, 1, 0, "ROUND"), x), 0);
        assertArrayEquals(new float[] {-2, -1, -1, 0, 0, 1}, run(quant(1, 0, 8, 1, 0, "FLOOR"), x), 0);
        assertArrayEquals(new float[] {-1, -0f, -0f, 1, 1, 2}, run(quant(1, 0, 8, 1, 0, "CEIL"), x), 0);
        fails(
                Code.ONNX_ATTRIBUTE,
                "HALF_UP",
                () -> quant(1, 0, 8, 1, 0, "HALF_UP").graph());
    }

    @Test
    void a_zero_point_is_added_before_numbers_are_rounded() {
        // 0.5 + 1 is rounded to 2, which is even; 0.5 would be to 0.
        float[] x = {-200, -1, 0, 0.5f, 1.5f, 400};
        assertArrayEquals(new float[] {-1, -1, 0, 1, 1, 254}, run(quant(1, 1, 8, 0, 0, "ROUND"), x));
    }

    @Test
    void one_bit_is_a_sign() {
        float[] x = {-2, -0.1f, 0, 0.1f, 2, Float.NaN};
        assertArrayEquals(
                new float[] {-0.5f, -0.5f, 0.5f, 0.5f, 0.5f, -0.5f}, run(quant(0.5f, 0, 1, 1, 0, "ROUND"), x));
        OnnxBuilder bipolar = opset(13)
                .input("x", 6)
                .initialiser(number("scale", 3))
                .node("qonnx.custom_op.general.BipolarQuant", "x scale", "y")
                .output("y");
        assertArrayEquals(new float[] {-3, -3, 3, 3, 3, -3}, run(bipolar, x));
    }

    @Test
    void a_count_of_bits_is_whole_and_known() {
        fails(
                Code.ONNX_TENSOR,
                "bitwidth is 2.5",
                () -> quant(1, 0, 2.5f, 1, 0, "ROUND").graph());
        fails(
                Code.ONNX_TENSOR,
                "bitwidth is 0.0",
                () -> quant(1, 0, 0, 1, 0, "ROUND").graph());
        fails(
                Code.ONNX_TENSOR,
                "bitwidth is 99.0",
                () -> quant(1, 0, 99, 1, 0, "ROUND").graph());
    }

    @Test
    void products_are_computed_on_integers() {
        AttributeProto[] attributes = {integer("signed", 1), integer("narrow", 1)};
        Graph graph = opset(13)
                .input("x", 1, 2, 5, 5)
                .floats("w", 4, 2, 3, 3)
                .initialiser(number("scale", 0.25f))
                .initialiser(number("zero", 0))
                .initialiser(number("bits", 3))
                .node(QUANT, "x scale zero bits", "xq", attributes)
                .node(QUANT, "w scale zero bits", "wq", attributes)
                .node("Conv", "xq wq", "y")
                .output("y")
                .graph();
        Graph compiled = StandardPasses.pipeline().run(graph, Trace.silent());
        assertTrue(compiled.nodes().stream()
                .anyMatch(node -> node.op().role() == Role.CONTRACTION
                        && node.output().type().element() == ElementType.INT32));
    }

    private static OnnxBuilder trunc(float scale, float zero, float inBits, float outBits, AttributeProto... with) {
        return opset(13)
                .input("x", 6)
                .initialiser(number("scale", scale))
                .initialiser(number("zero", zero))
                .initialiser(number("in", inBits))
                .initialiser(number("out", outBits))
                .node("qonnx.custom_op.general.Trunc", "x scale zero in out", "y", with)
                .output("y");
    }

    /// As version 2 of the domain has it.
    private static OnnxBuilder trunc(
            float scale, float zero, float outScale, float outBits, int signed, int narrow, String rounding) {
        return opset(13)
                .input("x", 6)
                .initialiser(number("scale", scale))
                .initialiser(number("zero", zero))
                .initialiser(number("in", 8))
                .initialiser(number("out_scale", outScale))
                .initialiser(number("out", outBits))
                .node(
                        "qonnx.custom_op.general.Trunc",
                        "x scale zero in out_scale out",
                        "y",
                        integer("signed", signed),
                        integer("narrow", narrow),
                        text("rounding_mode", rounding))
                .output("y");
    }

    @Test
    void truncation_drops_the_last_bits() {
        float[] x = {-5, -4, 3, 4, 7.5f, 100};
        assertArrayEquals(new float[] {-1.5f, -1, 0.5f, 1, 1.5f, 25}, run(trunc(0.5f, 0, 6, 4), x));
        assertArrayEquals(
                new float[] {-1, -1, 1, 1, 2, 25}, run(trunc(0.5f, 0, 6, 4, text("rounding_mode", "ceil")), x));
        // x / 0.5 + 2 is -8, -6, 8, 10, 17, 202; of a quarter of that, rounded down, 2 is taken off, times 0.5.
        assertArrayEquals(new float[] {-2, -2, 0, 0, 1, 24}, run(trunc(0.5f, 2, 6, 4), x));
        assertArrayEquals(x, run(trunc(0.5f, 0, 8, 8), x));
    }

    @Test
    void truncation_to_another_scale_stays_within_its_limits() {
        float[] x = {-100, -5, -4, 3, 7.5f, 100};
        // x / 0.5 / 4 is -50, -2.5, -2, 1.5, 3.75, 50.
        assertArrayEquals(new float[] {-16, -6, -4, 2, 6, 14}, run(trunc(0.5f, 0, 2, 4, 1, 0, "FLOOR"), x));
        assertArrayEquals(new float[] {-14, -4, -4, 4, 8, 14}, run(trunc(0.5f, 0, 2, 4, 1, 1, "ROUND"), x));
        assertArrayEquals(new float[] {0, 0, 0, 4, 8, 30}, run(trunc(0.5f, 0, 2, 4, 0, 0, "CEIL"), x), 0);
        // With a zero point of 4, 1 is added to each and taken off again.
        assertArrayEquals(new float[] {-18, -6, -4, 2, 6, 12}, run(trunc(0.5f, 4, 2, 4, 1, 0, "FLOOR"), x));
    }

    @Test
    void scales_of_truncations_are_powers_of_two_apart() {
        fails(
                Code.ONNX_TENSOR,
                "out_scale is -4.0 times the scale",
                () -> trunc(0.5f, 0, -2, 4, 1, 0, "FLOOR").graph());
        fails(
                Code.ONNX_TENSOR,
                "out_bitwidth is 0.0",
                () -> trunc(0.5f, 0, 8, 0).graph());
    }
}
