package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import org.junit.jupiter.api.Test;

class ElementwiseReferenceTest {
    private static final double UNIT = Math.scalb(1.0, -24);

    private static double[] unary(Unary.Kind kind, float... values) {
        return Evaluation.values(new Unary(kind), Tensor.ofFloats(Shape.of(values.length), values));
    }

    private static TensorView bounded(double value, double bound) {
        TensorView view = TensorView.allocate(TensorType.float32(1));
        view.set(0, value, bound);
        return view;
    }

    private static double bound(Op op, TensorView... inputs) {
        return Evaluation.of(op, Rounding.serial(), inputs).bound(0);
    }

    @Test
    void unary_functions_are_what_their_names_say() {
        assertArrayEquals(new double[] {0, 2, Double.NaN}, unary(Unary.Kind.RELU, -1, 2, Float.NaN));
        assertArrayEquals(new double[] {0.5, 1 / (1 + Math.exp(-2))}, unary(Unary.Kind.SIGMOID, 0, 2));
        assertArrayEquals(new double[] {Math.tanh(0.5)}, unary(Unary.Kind.TANH, 0.5f));
        assertArrayEquals(new double[] {1, Math.E}, unary(Unary.Kind.EXP, 0, 1), 1e-15);
        assertArrayEquals(new double[] {0, Double.NaN}, unary(Unary.Kind.LOG, 1, -1));
        assertArrayEquals(new double[] {3, Double.NaN}, unary(Unary.Kind.SQRT, 9, -1));
        assertArrayEquals(new double[] {3, 3}, unary(Unary.Kind.ABS, -3, 3));
        assertArrayEquals(new double[] {3, -3}, unary(Unary.Kind.NEGATE, -3, 3));
        assertArrayEquals(new double[] {0.25, Double.POSITIVE_INFINITY}, unary(Unary.Kind.RECIPROCAL, 4, 0));
        assertArrayEquals(new double[] {0.5204998778130465}, unary(Unary.Kind.ERF, 0.5f), 1e-15);
        assertArrayEquals(new double[] {-2, 1}, unary(Unary.Kind.FLOOR, -1.5f, 1.5f));
        assertArrayEquals(new double[] {-1, 2}, unary(Unary.Kind.CEIL, -1.5f, 1.5f));
        assertArrayEquals(new double[] {2, 2, -2}, unary(Unary.Kind.ROUND, 1.5f, 2.5f, -1.5f));
    }

    @Test
    void binary_functions_broadcast() {
        Tensor a = Tensor.ofFloats(Shape.of(2, 1), 6, 8);
        Tensor b = Tensor.ofFloats(Shape.of(3), 1, 2, 4);
        assertArrayEquals(new double[] {7, 8, 10, 9, 10, 12}, Evaluation.values(Binary.ADD, a, b));
        assertArrayEquals(new double[] {5, 4, 2, 7, 6, 4}, Evaluation.values(new Binary(Binary.Kind.SUB), a, b));
        assertArrayEquals(new double[] {6, 12, 24, 8, 16, 32}, Evaluation.values(new Binary(Binary.Kind.MUL), a, b));
        assertArrayEquals(new double[] {6, 3, 1.5, 8, 4, 2}, Evaluation.values(new Binary(Binary.Kind.DIV), a, b));
        assertArrayEquals(
                new double[] {6, 36, 1296, 8, 64, 4096}, Evaluation.values(new Binary(Binary.Kind.POW), a, b));
        Tensor row = Tensor.ofFloats(Shape.of(2), 7, Float.NaN);
        assertArrayEquals(
                new double[] {7, Double.NaN, 8, Double.NaN}, Evaluation.values(new Binary(Binary.Kind.MAX), a, row));
        assertArrayEquals(
                new double[] {6, Double.NaN, 7, Double.NaN}, Evaluation.values(new Binary(Binary.Kind.MIN), a, row));
    }

    @Test
    void clip_holds_between_its_limits_and_the_upper_one_wins() {
        Tensor x = Tensor.ofFloats(Shape.of(4), -1, 3, 8, Float.NaN);
        assertArrayEquals(new double[] {0, 3, 6, Double.NaN}, Evaluation.values(new Clip(0, 6), x));
        assertArrayEquals(new double[] {2, 2, 2, Double.NaN}, Evaluation.values(new Clip(5, 2), x));
        assertArrayEquals(
                new double[] {-1, 3, 8, Double.NaN},
                Evaluation.values(new Clip(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), x));
        assertTrue(Evaluation.of(new Clip(0.1, 0.7), Evaluation.counting(2)).isExact());
    }

    @Test
    void leaky_relus_scale_what_is_negative() {
        Tensor x = Tensor.ofFloats(Shape.of(2, 2), -4, 4, -8, 8);
        assertArrayEquals(new double[] {-1, 4, -2, 8}, Evaluation.values(new LeakyRelu(0.25), x));
        Tensor slopes = Tensor.ofFloats(Shape.of(2, 1), 0.5f, -2);
        assertArrayEquals(new double[] {-2, 4, 16, 8}, Evaluation.values(new PRelu(), x, slopes));
    }

    @Test
    void leaky_relu_of_an_open_sign_moves_along_either_branch() {
        assertEquals(0.5, bound(new LeakyRelu(0.25), bounded(2, 0.5)));
        assertEquals(0.125, bound(new LeakyRelu(0.25), bounded(-2, 0.5)), 1e-6);
        double open = bound(new LeakyRelu(3), bounded(0.1, 0.5));
        assertTrue(open >= 1.3 && open < 5, "bound " + open);
    }

    @Test
    void relu_passes_bounds_and_forgets_them_where_surely_negative() {
        assertEquals(0.5, bound(Unary.RELU, bounded(2, 0.5)));
        assertEquals(0.5, bound(Unary.RELU, bounded(-0.1, 0.5)));
        assertEquals(0, bound(Unary.RELU, bounded(-1, 0.5)));
    }

    @Test
    void steps_may_yield_any_value_between_the_operands_bounds() {
        assertEquals(0, bound(new Unary(Unary.Kind.FLOOR), bounded(2.5, 0.25)));
        assertEquals(1, bound(new Unary(Unary.Kind.FLOOR), bounded(2.1, 0.25)));
        assertEquals(2, bound(new Unary(Unary.Kind.ROUND), bounded(2, 1.75)));
    }

    @Test
    void functions_add_their_own_error_to_that_of_the_operand() {
        assertEquals(6 * UNIT * Math.E, bound(new Unary(Unary.Kind.EXP), bounded(1, 0)), 1e-12);
        double moved = Math.exp(1.25) - Math.E;
        assertEquals(moved + 6 * UNIT * (Math.E + moved), bound(new Unary(Unary.Kind.EXP), bounded(1, 0.25)), 1e-12);
        assertEquals(10 * UNIT * Math.tanh(1), bound(new Unary(Unary.Kind.TANH), bounded(1, 0)), 1e-12);
        assertEquals(5 * UNIT * 0.5, bound(new Binary(Binary.Kind.DIV), bounded(1, 0), bounded(2, 0)), 1e-12);
        assertEquals(32 * UNIT * 8, bound(new Binary(Binary.Kind.POW), bounded(2, 0), bounded(3, 0)), 1e-12);
    }

    @Test
    void what_may_be_undefined_is_unknown() {
        assertEquals(Double.POSITIVE_INFINITY, bound(new Unary(Unary.Kind.LOG), bounded(0.1, 0.2)));
        assertEquals(Double.POSITIVE_INFINITY, bound(new Unary(Unary.Kind.SQRT), bounded(-0.1, 0.2)));
        assertEquals(Double.POSITIVE_INFINITY, bound(new Unary(Unary.Kind.RECIPROCAL), bounded(0.1, 0.2)));
        assertEquals(Double.POSITIVE_INFINITY, bound(new Binary(Binary.Kind.POW), bounded(0.1, 0.2), bounded(0.5, 0)));
        assertEquals(Double.POSITIVE_INFINITY, bound(new Unary(Unary.Kind.TANH), bounded(1, Double.POSITIVE_INFINITY)));
        assertTrue(bound(new Binary(Binary.Kind.POW), bounded(0.1, 0.2), bounded(2, 0)) < 0.1);
    }

    @Test
    void a_result_that_must_overflow_is_infinite_and_one_that_may_is_unknown() {
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY}, unary(Unary.Kind.EXP, 100));
        Tensor edge = Tensor.ofFloats(Shape.of(1), (float) Math.log(Float.MAX_VALUE));
        assertEquals(
                Double.POSITIVE_INFINITY,
                Evaluation.of(new Unary(Unary.Kind.EXP), edge).bound(0));
    }
}
