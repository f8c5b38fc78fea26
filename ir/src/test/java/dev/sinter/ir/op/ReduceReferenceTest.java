package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReduceReferenceTest {
    private static Reduce reduce(Reduce.Kind kind, Long... axes) {
        return new Reduce(kind, List.of(axes), false);
    }

    @Test
    void sums_along_the_named_axes() {
        Tensor x = Evaluation.counting(2, 2, 3);
        assertArrayEquals(new double[] {3, 12, 21, 30}, Evaluation.values(reduce(Reduce.Kind.SUM, 2L), x));
        assertArrayEquals(new double[] {6, 8, 10, 12, 14, 16}, Evaluation.values(reduce(Reduce.Kind.SUM, 0L), x));
        assertArrayEquals(new double[] {24, 42}, Evaluation.values(reduce(Reduce.Kind.SUM, 0L, -1L), x));
        assertArrayEquals(new double[] {66}, Evaluation.values(reduce(Reduce.Kind.SUM, 0L, 1L, 2L), x));
    }

    @Test
    void mean_divides_by_the_number_of_elements() {
        assertArrayEquals(
                new double[] {1.5, 5.5},
                Evaluation.values(
                        new Reduce(Reduce.Kind.MEAN, List.of(2L, 3L), true), Evaluation.counting(1, 2, 2, 2)));
    }

    @Test
    void max_keeps_nan_and_is_exact() {
        Tensor x = Tensor.ofFloats(Shape.of(3, 2), -5, -7, 1, Float.NaN, Float.POSITIVE_INFINITY, 2);
        assertArrayEquals(
                new double[] {-5, Double.NaN, Double.POSITIVE_INFINITY},
                Evaluation.values(reduce(Reduce.Kind.MAX, 1L), x));
        assertTrue(Evaluation.of(reduce(Reduce.Kind.MAX, 1L), Evaluation.counting(3, 2))
                .isExact());
    }

    @Test
    void log_sum_exp_is_its_definition_at_infinities_too() {
        float inf = Float.POSITIVE_INFINITY;
        Tensor x = Tensor.ofFloats(Shape.of(6, 2), 0, 0, 1, inf, -inf, -inf, Float.NaN, inf, -inf, 3, 1000, 1000);
        assertArrayEquals(
                new double[] {Math.log(2), inf, -inf, Double.NaN, 3, 1000 + Math.log(2)},
                Evaluation.values(reduce(Reduce.Kind.LOG_SUM_EXP, 1L), x),
                1e-12);
    }

    @Test
    void log_sum_exp_of_nothing_is_minus_infinity() {
        assertArrayEquals(
                new double[] {Double.NEGATIVE_INFINITY},
                Evaluation.values(reduce(Reduce.Kind.LOG_SUM_EXP, 1L), Tensor.ofFloats(Shape.of(1, 0))));
    }
}
