package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PoolReferenceTest {
    private static final Tensor LINE = Tensor.ofFloats(Shape.of(1, 1, 5), 3, -1, 4, 1, 5);

    private static Window line(long kernel, long stride, long begin, long end, long dilation, boolean ceil) {
        return new Window(List.of(kernel), List.of(stride), List.of(begin, end), List.of(dilation), ceil);
    }

    @Test
    void max_pool_takes_the_largest_of_each_window() {
        assertArrayEquals(
                new double[] {5, 7, 13, 15},
                Evaluation.values(new MaxPool(Window.square(2, 2)), Evaluation.counting(1, 1, 4, 4)));
    }

    @Test
    void max_pool_with_ceil_mode_keeps_the_partial_window() {
        assertArrayEquals(new double[] {3, 4}, Evaluation.values(new MaxPool(line(2, 2, 0, 0, 1, false)), LINE));
        assertArrayEquals(new double[] {3, 4, 5}, Evaluation.values(new MaxPool(line(2, 2, 0, 0, 1, true)), LINE));
    }

    @Test
    void max_pool_ignores_padding_below_zero_elements() {
        Tensor negative = Tensor.ofFloats(Shape.of(1, 1, 2), -3, -2);
        assertArrayEquals(
                new double[] {-3, -2, -2}, Evaluation.values(new MaxPool(line(2, 1, 1, 1, 1, false)), negative));
    }

    @Test
    void max_pool_with_dilation_skips_elements() {
        assertArrayEquals(new double[] {4, 1, 5}, Evaluation.values(new MaxPool(line(2, 1, 0, 0, 2, false)), LINE));
    }

    @Test
    void max_pool_keeps_nan_and_minus_infinity() {
        Tensor x = Tensor.ofFloats(Shape.of(1, 1, 4), Float.NaN, 1, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);
        assertArrayEquals(
                new double[] {Double.NaN, Double.NEGATIVE_INFINITY},
                Evaluation.values(new MaxPool(line(2, 2, 0, 0, 1, false)), x));
    }

    @Test
    void max_pool_of_exact_elements_is_exact() {
        assertTrue(Evaluation.of(new MaxPool(line(2, 2, 0, 0, 1, false)), LINE).isExact());
    }

    @Test
    void average_pool_divides_by_the_elements_inside() {
        // Windows: pad 3, -1 4, 1 5.
        assertArrayEquals(
                new double[] {3, 1.5, 3}, Evaluation.values(new AveragePool(line(2, 2, 1, 0, 1, false), false), LINE));
    }

    @Test
    void average_pool_that_counts_padding_divides_by_the_window() {
        assertArrayEquals(
                new double[] {1.5, 1.5, 3}, Evaluation.values(new AveragePool(line(2, 2, 1, 0, 1, false), true), LINE));
    }

    @Test
    void average_pool_never_counts_what_ceil_mode_has_beyond_the_padding() {
        // Windows of three by three: pad 3 -1, 4 1 5, and one that would begin with the padding and is left out.
        assertArrayEquals(
                new double[] {2.0 / 3, 10.0 / 3},
                Evaluation.values(new AveragePool(line(3, 3, 1, 1, 1, true), true), LINE));
        // Windows: 3 -1 4, then 1 5 and one element of padding.
        Tensor shorter = Tensor.ofFloats(Shape.of(1, 1, 4), 3, -1, 4, 1);
        assertArrayEquals(
                new double[] {2, 0.5}, Evaluation.values(new AveragePool(line(3, 3, 0, 1, 1, true), true), shorter));
        assertArrayEquals(
                new double[] {2, 1}, Evaluation.values(new AveragePool(line(3, 3, 0, 1, 1, true), false), shorter));
    }

    @Test
    void average_pool_over_two_dimensions_counts_corners_as_products() {
        Tensor ones = Tensor.filled(Evaluation.counting(1, 1, 2, 2).type(), 1);
        assertArrayEquals(
                new double[] {4 / 9.0, 4 / 9.0, 4 / 9.0, 4 / 9.0},
                Evaluation.values(new AveragePool(Window.square(3, 1, 1), true), ones),
                1e-15);
        assertArrayEquals(
                new double[] {1, 1, 1, 1}, Evaluation.values(new AveragePool(Window.square(3, 1, 1), false), ones));
    }

    @Test
    void average_pool_over_three_dimensions() {
        Window cube = new Window(
                List.of(2L, 1L, 2L), List.of(1L, 1L, 1L), List.of(0L, 0L, 0L, 0L, 0L, 0L), List.of(1L, 1L, 1L), false);
        assertArrayEquals(
                new double[] {2.5, 4.5},
                Evaluation.values(new AveragePool(cube, false), Evaluation.counting(1, 1, 2, 2, 2)));
    }

    @Test
    void average_pool_bounds_the_sum_and_the_division() {
        TensorView y = Evaluation.of(new AveragePool(line(5, 1, 0, 0, 1, false), false), LINE);
        double unit = Math.scalb(1.0, -24);
        // Five roundings of Σ|t| = 14, divided by 5, and a division of 2.5 ulp.
        assertEquals(5 * unit * 14 / 5 + 5 * unit * 12 / 5, y.bound(0), 1e-5 * unit);
    }

    /// Both kinds of pooling by their definition: all points of the window, one after the other.
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void equal_the_definition(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int kernel,
            @ForAll @IntRange(min = 1, max = 4) int stride,
            @ForAll @IntRange(min = 1, max = 2) int dilation,
            @ForAll @IntRange(min = 0, max = 3) int begin,
            @ForAll @IntRange(min = 0, max = 3) int end,
            @ForAll boolean ceil,
            @ForAll boolean countIncludePad) {
        int extent = 9;
        Window window = line(kernel, stride, begin, end, dilation, ceil);
        Tensor x = Evaluation.random(new SplittableRandom(seed), 1, 1, extent);
        double[] max = Evaluation.values(new MaxPool(window), x);
        double[] average = Evaluation.values(new AveragePool(window, countIncludePad), x);
        for (int e = 0; e < max.length; e++) {
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            int count = 0;
            for (int k = 0; k < kernel; k++) {
                int at = e * stride + k * dilation - begin;
                boolean inside = at >= 0 && at < extent;
                largest = inside ? Math.max(largest, x.get(at)) : largest;
                sum += inside ? x.get(at) : 0;
                count += inside || countIncludePad && at < extent + end ? 1 : 0;
            }
            assertEquals(largest, max[e]);
            assertEquals(sum / count, average[e]);
        }
    }
}
