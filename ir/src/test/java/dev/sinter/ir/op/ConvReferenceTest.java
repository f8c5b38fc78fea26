package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConvReferenceTest {
    private static final Tensor ONES = Tensor.ofFloats(Shape.of(1, 1, 2, 2), 1, 1, 1, 1);

    private static Conv conv(long strideH, long strideW, List<Long> pads, long dilation, long groups) {
        return new Conv(List.of(strideH, strideW), pads, List.of(dilation, dilation), groups);
    }

    @Test
    void sums_the_window_without_flipping_the_kernel() {
        Tensor kernel = Tensor.ofFloats(Shape.of(1, 1, 2, 2), 1, 2, 3, 4);
        // 0 1 2 / 3 4 5 / 6 7 8
        assertArrayEquals(
                new double[] {0 + 2 + 9 + 16, 1 + 4 + 12 + 20, 3 + 8 + 18 + 28, 4 + 10 + 21 + 32},
                Evaluation.values(Conv.of(1, 0), Evaluation.counting(1, 1, 3, 3), kernel));
    }

    @Test
    void adds_the_bias_of_the_output_channel() {
        Tensor kernels = Tensor.ofFloats(Shape.of(2, 1, 1, 1), 1, 10);
        Tensor bias = Tensor.ofFloats(Shape.of(2), 100, 200);
        assertArrayEquals(
                new double[] {100, 101, 200, 210},
                Evaluation.values(Conv.of(1, 0), Evaluation.counting(1, 1, 1, 2), kernels, bias));
    }

    @Test
    void steps_by_each_dimensions_own_stride() {
        assertArrayEquals(
                new double[] {0 + 1 + 4 + 5, 1 + 2 + 5 + 6, 2 + 3 + 6 + 7},
                Evaluation.values(conv(2, 1, List.of(0L, 0L, 0L, 0L), 1, 1), Evaluation.counting(1, 1, 3, 4), ONES));
    }

    @Test
    void dilation_spreads_the_window() {
        assertArrayEquals(
                new double[] {0 + 2 + 6 + 8},
                Evaluation.values(conv(1, 1, List.of(0L, 0L, 0L, 0L), 2, 1), Evaluation.counting(1, 1, 3, 3), ONES));
    }

    @Test
    void pads_each_side_by_its_own_amount() {
        // One row above, two columns on the right.
        assertArrayEquals(
                new double[] {1, 1, 0, 4, 3, 0},
                Evaluation.values(
                        conv(1, 2, List.of(1L, 0L, 0L, 2L), 1, 1),
                        Tensor.ofFloats(Shape.of(1, 1, 2, 4), 0, 1, 1, 0, 3, 0, 2, 0),
                        ONES));
    }

    @Test
    void groups_keep_channels_apart() {
        Tensor kernels = Tensor.ofFloats(Shape.of(4, 1, 1, 1), 1, 2, 10, 20);
        assertArrayEquals(
                new double[] {0, 1, 0, 2, 20, 30, 40, 60},
                Evaluation.values(conv(1, 1, List.of(0L, 0L, 0L, 0L), 1, 2), Evaluation.counting(1, 2, 1, 2), kernels));
    }

    @Test
    void slides_over_one_and_three_dimensions() {
        Conv line = new Conv(List.of(2L), List.of(1L, 1L), List.of(1L), 1);
        assertArrayEquals(
                new double[] {0, 3},
                Evaluation.values(line, Evaluation.counting(1, 1, 3), Tensor.ofFloats(Shape.of(1, 1, 2), 1, 1)));
        Conv volume = new Conv(List.of(1L, 1L, 1L), List.of(0L, 0L, 0L, 0L, 0L, 0L), List.of(1L, 1L, 1L), 1);
        assertArrayEquals(
                new double[] {0 + 7, 4 + 11},
                Evaluation.values(
                        volume,
                        Evaluation.counting(1, 1, 3, 2, 2),
                        Tensor.ofFloats(Shape.of(1, 1, 2, 2, 2), 1, 0, 0, 0, 0, 0, 0, 1)));
    }

    @Test
    void an_infinite_input_makes_its_outputs_infinite_and_no_others() {
        Tensor x = Tensor.ofFloats(Shape.of(1, 1, 1, 3), Float.POSITIVE_INFINITY, 1, 2);
        TensorView y = Evaluation.of(Conv.of(1, 0), x, Tensor.ofFloats(Shape.of(1, 1, 1, 1), -2));
        assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY, -2, -4}, Evaluation.values(y));
        assertEquals(0, y.bound(0));
    }

    /// The definition, element by element; terms in the order that [ProductSums] promises.
    private static double[] defined(Conv conv, Tensor x, Tensor w) {
        Shape output = conv.infer(List.of(x.type(), w.type())).getFirst().shape();
        double[] y = new double[(int) output.elements()];
        int i = 0;
        long groupOutputs = w.shape().dim(0) / conv.groups();
        for (long n = 0; n < output.dim(0); n++) {
            for (long m = 0; m < output.dim(1); m++) {
                for (long eh = 0; eh < output.dim(2); eh++) {
                    for (long ew = 0; ew < output.dim(3); ew++) {
                        y[i++] = element(
                                conv, x, w, n, m, m / groupOutputs * w.shape().dim(1), eh, ew);
                    }
                }
            }
        }
        return y;
    }

    private static double element(Conv conv, Tensor x, Tensor w, long n, long m, long from, long eh, long ew) {
        Shape in = x.shape();
        Shape k = w.shape();
        double sum = 0;
        for (long c = 0; c < k.dim(1); c++) {
            for (long kh = 0; kh < k.dim(2); kh++) {
                for (long kw = 0; kw < k.dim(3); kw++) {
                    long h = eh * conv.strides().get(0)
                            + kh * conv.dilations().get(0)
                            - conv.pads().get(0);
                    long v = ew * conv.strides().get(1)
                            + kw * conv.dilations().get(1)
                            - conv.pads().get(1);
                    boolean inside = h >= 0 && h < in.dim(2) && v >= 0 && v < in.dim(3);
                    long at = ((n * in.dim(1) + from + c) * in.dim(2) + h) * in.dim(3) + v;
                    double read = inside ? x.get(at) : 0;
                    sum += w.get(((m * k.dim(1) + c) * k.dim(2) + kh) * k.dim(3) + kw) * read;
                }
            }
        }
        return sum;
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void equals_the_definition_bit_for_bit(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int groups,
            @ForAll @IntRange(min = 1, max = 30) int channels,
            @ForAll @IntRange(min = 1, max = 30) int outputs,
            @ForAll @IntRange(min = 1, max = 4) int kernel,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 1, max = 2) int dilation,
            @ForAll @IntRange(min = 0, max = 3) int pad) {
        SplittableRandom random = new SplittableRandom(seed);
        Conv conv = new Conv(
                List.of((long) stride, 1L),
                List.of((long) pad, 0L, 1L, (long) pad),
                List.of((long) dilation, 1L),
                groups);
        Tensor x = Evaluation.random(random, 2, (long) channels * groups, 9, 4 + random.nextLong(30));
        Tensor w = Evaluation.random(random, (long) outputs * groups, channels, kernel, kernel);
        assertArrayEquals(defined(conv, x, w), Evaluation.values(conv, x, w));
    }

    @Test
    void equals_the_definition_across_many_tiles() {
        SplittableRandom random = new SplittableRandom(1);
        Tensor x = Evaluation.random(random, 1, 70, 20, 33);
        Tensor w = Evaluation.random(random, 130, 70, 3, 3);
        assertArrayEquals(defined(Conv.of(1, 1), x, w), Evaluation.values(Conv.of(1, 1), x, w));
    }

    @Test
    void bounds_of_the_operands_change_no_value_and_widen_the_bound() {
        SplittableRandom random = new SplittableRandom(2);
        Tensor x = Evaluation.random(random, 1, 5, 6, 7);
        Tensor w = Evaluation.random(random, 3, 5, 3, 3);
        TensorView exact = Evaluation.of(Conv.of(1, 1), x, w);
        double relative = 1e-3;
        TensorView wide =
                Evaluation.of(Conv.of(1, 1), Rounding.serial(), Evaluation.withBounds(x, relative), TensorView.of(w));
        double unit = Math.scalb(1.0, -24);
        assertArrayEquals(Evaluation.values(exact), Evaluation.values(wide));
        for (long i = 0; i < exact.type().shape().elements(); i++) {
            // exact: d·u·Σ|t|; wide: Σ|a|·r_b + d·u·Σ(|t| + r)
            double magnitude = exact.bound(i) / (46 * unit);
            assertEquals(magnitude * relative + exact.bound(i) * (1 + relative), wide.bound(i), 1e-9 * wide.bound(i));
        }
        assertTrue(wide.bound(0) > exact.bound(0));
    }
}
