package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import org.junit.jupiter.api.Test;

/// Where a kernel may overflow on the way to a result that does not, or meet infinity and perhaps zero, anything is
/// right.
class OverflowTest {
    private static final double ANY = Double.POSITIVE_INFINITY;

    private static TensorView vector(float... values) {
        return TensorView.of(Tensor.ofFloats(Shape.of(values.length), values));
    }

    @Test
    void batch_normalization_that_divides_before_it_scales_down() {
        TensorView x = TensorView.of(Tensor.ofFloats(Shape.of(1, 1, 2), 3e38f, 1));
        TensorView y = Evaluation.of(
                new BatchNormalization(0), Rounding.serial(), x, vector(0.25f), vector(0), vector(0), vector(0.5f));
        assertEquals(ANY, y.bound(0));
        assertTrue(y.bound(1) < 1e-5);
    }

    @Test
    void a_product_of_infinity_and_what_may_be_zero() {
        TensorView row = TensorView.allocate(vector(0, 0).type());
        row.set(0, 1e-40, 1e-38);
        row.set(1, 1, 0);
        TensorView infinite = vector(Float.NEGATIVE_INFINITY, 1);
        assertEquals(
                ANY,
                Evaluation.of(new MatMul(), Rounding.serial(), row, infinite).bound(0));
    }

    @Test
    void a_product_of_infinity_and_what_is_not_zero_is_infinite() {
        TensorView y = Evaluation.of(new MatMul(), Rounding.serial(), vector(2, 1), vector(Float.NEGATIVE_INFINITY, 1));
        assertEquals(Double.NEGATIVE_INFINITY, y.value(0));
        assertEquals(0, y.bound(0));
    }
}
