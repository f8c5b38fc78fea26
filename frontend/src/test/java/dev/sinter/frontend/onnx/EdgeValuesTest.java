package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.number;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.frontend.onnx.proto.AttributeProto;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// What composed operators yield where their definition, taken literally in double, overflows or has no number.
@NullMarked
class EdgeValuesTest {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    private static float[] of(String operator, float[] x, AttributeProto... attributes) {
        Graph graph = opset(22)
                .input("x", 1, x.length)
                .node(operator, "x", "y", attributes)
                .output("y")
                .graph();
        return Interpreter.run(graph, Map.of("x", Tensor.ofFloats(Shape.of(1, x.length), x)))
                .get("y")
                .toFloats();
    }

    private static float[] row(float... x) {
        return x;
    }

    @Test
    void log_sum_exp_of_infinities_is_numpys() {
        assertArrayEquals(row(INF), of("ReduceLogSumExp", row(1, INF)));
        assertArrayEquals(row(-INF), of("ReduceLogSumExp", row(-INF, -INF)));
        assertArrayEquals(row(3), of("ReduceLogSumExp", row(-INF, 3)));
        assertArrayEquals(row(NAN), of("ReduceLogSumExp", row(INF, NAN)));
        assertArrayEquals(row(1e5f), of("ReduceLogSumExp", row(1e5f, 0)));
    }

    @Test
    void softmax_and_its_logarithm_have_no_value_at_infinity() {
        assertArrayEquals(row(NAN, NAN), of("Softmax", row(1, INF)));
        assertArrayEquals(row(NAN, NAN), of("LogSoftmax", row(1, INF)));
        assertArrayEquals(row(NAN, NAN), of("LogSoftmax", row(-INF, -INF)));
        assertArrayEquals(row(-INF, 0), of("LogSoftmax", row(-INF, 3)));
    }

    @Test
    void activations_at_infinity_are_their_limits_where_they_have_one() {
        assertArrayEquals(row(0, INF, NAN), of("Softplus", row(-INF, INF, NAN)));
        assertArrayEquals(row(-2, INF, NAN), of("Elu", row(-INF, INF, NAN), number("alpha", 2)));
        assertArrayEquals(row(-2, INF, NAN), of("Celu", row(-INF, INF, NAN), number("alpha", 2)));
        assertArrayEquals(row(NAN, NAN, NAN), of("Softsign", row(-INF, INF, NAN)));
        assertArrayEquals(row(0, 1, NAN), of("HardSigmoid", row(-INF, INF, NAN)));
    }

    @Test
    void celu_needs_a_positive_alpha() {
        assertThrows(CompileException.class, () -> of("Celu", row(1), number("alpha", -1)));
        assertThrows(CompileException.class, () -> of("Celu", row(1), number("alpha", NAN)));
    }

    @Test
    void a_row_without_length_stays_and_a_tiny_one_does_not_explode() {
        assertArrayEquals(row(0, 0), of("LpNormalization", row(0, 0), integer("axis", 1)));
        assertArrayEquals(row(0, 0), of("LpNormalization", row(0, 0), integer("axis", 1), integer("p", 1)));
        assertArrayEquals(row(0.6f, 0.8f), of("LpNormalization", row(3, 4), integer("axis", 1)));
        assertArrayEquals(row(0, 0), of("LpNormalization", row(1e-30f, 1e-30f), integer("axis", 1)), 1e-9f);
    }
}
