package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConvTransposeReferenceTest {
    private static ConvTranspose transposed(long stride, long outputPad) {
        return new ConvTranspose(List.of(stride), List.of(0L, 0L), List.of(outputPad), List.of(1L), 1);
    }

    @Test
    void each_input_element_adds_the_kernel_at_its_place() {
        Tensor x = Tensor.ofFloats(Shape.of(1, 1, 3), 1, 10, 100);
        Tensor w = Tensor.ofFloats(Shape.of(1, 1, 3), 1, 2, 3);
        assertArrayEquals(new double[] {1, 12, 123, 230, 300}, Evaluation.values(transposed(1, 0), x, w));
        assertArrayEquals(new double[] {1, 2, 13, 20, 130, 200, 300}, Evaluation.values(transposed(2, 0), x, w));
    }

    @Test
    void output_padding_adds_elements_at_the_end() {
        Tensor x = Tensor.ofFloats(Shape.of(1, 1, 2), 1, 10);
        Tensor w = Tensor.ofFloats(Shape.of(1, 1, 2), 1, 2);
        assertArrayEquals(new double[] {1, 2, 0, 10, 20, 0, 0}, Evaluation.values(transposed(3, 2), x, w));
    }

    @Test
    void padding_crops_the_output_and_bias_is_added() {
        ConvTranspose op = new ConvTranspose(List.of(1L), List.of(1L, 0L), List.of(0L), List.of(2L), 1);
        Tensor x = Tensor.ofFloats(Shape.of(1, 1, 2), 1, 10);
        Tensor w = Tensor.ofFloats(Shape.of(1, 2, 2), 1, 2, 3, 4);
        // Uncropped, without bias: 1 10 2 20 and 3 30 4 40.
        Tensor bias = Tensor.ofFloats(Shape.of(2), 0, 1000);
        assertArrayEquals(new double[] {10, 2, 20, 1030, 1004, 1040}, Evaluation.values(op, x, w, bias));
    }

    @Test
    void groups_keep_channels_apart() {
        ConvTranspose op = new ConvTranspose(List.of(1L), List.of(0L, 0L), List.of(0L), List.of(1L), 2);
        Tensor x = Tensor.ofFloats(Shape.of(1, 4, 1), 1, 2, 3, 4);
        // Input channels 0 and 1 make output channel 0, the others make output channel 1.
        Tensor w = Tensor.ofFloats(Shape.of(4, 1, 1), 1, 10, 100, 1000);
        assertArrayEquals(new double[] {21, 4300}, Evaluation.values(op, x, w));
    }

    @Test
    void the_bound_counts_only_terms_that_meet() {
        Tensor x = Evaluation.counting(1, 1, 4);
        Tensor w = Tensor.ofFloats(Shape.of(1, 1, 2), 1, 1);
        TensorView y = Evaluation.of(transposed(2, 0), x, w);
        double unit = Math.scalb(1.0, -24);
        assertEquals(2 * unit * 3, y.bound(6), 1e-6 * unit);
    }

    /// <conv(x), y> = <x, convTranspose(y)> for every x and y: what makes it the gradient of [Conv].
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void is_the_adjoint_of_convolution(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 2) int groups,
            @ForAll @IntRange(min = 1, max = 5) int kernel,
            @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 1, max = 2) int dilation,
            @ForAll @IntRange(min = 0, max = 2) int padBegin,
            @ForAll @IntRange(min = 0, max = 2) int padEnd,
            @ForAll @IntRange(min = 5, max = 12) int extent) {
        long span = (long) dilation * (kernel - 1) + 1;
        Assume.that(extent + padBegin + padEnd >= span);
        long rest = (extent + padBegin + padEnd - span) % stride;
        List<Long> strides = List.of((long) stride, 1L);
        List<Long> pads = List.of((long) padBegin, 0L, (long) padEnd, 0L);
        List<Long> dilations = List.of((long) dilation, 1L);
        SplittableRandom random = new SplittableRandom(seed);
        Tensor x = Evaluation.random(random, 2, 3L * groups, extent, 4);
        Tensor w = Evaluation.random(random, 2L * groups, 3, kernel, 2);
        TensorView forward = Evaluation.of(new Conv(strides, pads, dilations, groups), x, w);
        Tensor y = Evaluation.random(random, forward.type().shape());
        // Conv's weights [M, C/groups, K] are those of the transposed convolution, which goes from M to C channels.
        TensorView back = Evaluation.of(new ConvTranspose(strides, pads, List.of(rest, 0L), dilations, groups), y, w);
        assertEquals(x.shape(), back.type().shape());
        double expected = product(Evaluation.values(forward), Evaluation.values(TensorView.of(y)));
        double found = product(Evaluation.values(TensorView.of(x)), Evaluation.values(back));
        assertEquals(expected, found, 1e-9);
        assertTrue(Double.isFinite(found));
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
