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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SoftmaxReferenceTest {
    @Test
    void is_the_share_of_each_exponential() {
        Tensor x = Tensor.ofFloats(Shape.of(1, 2, 2), 0, 5, (float) Math.log(3), 5);
        double[] y = Evaluation.values(new Softmax(1), x);
        assertArrayEquals(new double[] {0.25, 0.5, 0.75, 0.5}, y, 1e-7);
    }

    @Test
    void large_elements_do_not_overflow() {
        Tensor x = Tensor.ofFloats(Shape.of(2), 10000, 9000);
        TensorView y = Evaluation.of(new Softmax(0), x);
        assertArrayEquals(new double[] {1, 0}, Evaluation.values(y));
        assertTrue(y.bound(0) < 1e-5 && y.bound(1) < 1e-30);
    }

    @Test
    void minus_infinity_has_no_share_and_nan_spoils_its_row_only() {
        Tensor x = Tensor.ofFloats(Shape.of(2, 2), Float.NEGATIVE_INFINITY, 1, Float.NaN, 1);
        assertArrayEquals(new double[] {0, 1, Double.NaN, Double.NaN}, Evaluation.values(new Softmax(-1), x));
    }

    @Property(tries = 50)
    void sums_to_one_along_its_axis(@ForAll long seed, @ForAll @IntRange(min = 0, max = 2) int axis) {
        Tensor x = Evaluation.random(new SplittableRandom(seed), 3, 4, 5);
        TensorView y = Evaluation.of(new Softmax(axis), x);
        Reduce sum = new Reduce(Reduce.Kind.SUM, List.of((long) axis), false);
        double[] sums = Evaluation.values(Evaluation.of(sum, Rounding.serial(), y));
        for (double one : sums) {
            assertEquals(1, one, 1e-12);
        }
    }
}
