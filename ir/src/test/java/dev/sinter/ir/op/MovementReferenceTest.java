package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovementReferenceTest {
    @Test
    void reshape_flatten_identity_and_dropout_keep_the_order() {
        Tensor x = Evaluation.counting(2, 3);
        double[] same = {0, 1, 2, 3, 4, 5};
        assertArrayEquals(same, Evaluation.values(new Reshape(List.of(3L, 2L)), x));
        assertArrayEquals(same, Evaluation.values(new Flatten(0), x));
        assertArrayEquals(same, Evaluation.values(new Identity(), x));
        assertArrayEquals(same, Evaluation.values(new Dropout(0.5), x));
    }

    @Test
    void concat_joins_along_its_axis() {
        Tensor a = Evaluation.counting(2, 2);
        Tensor b = Tensor.ofFloats(Shape.of(2, 1), 10, 20);
        assertArrayEquals(new double[] {0, 1, 10, 2, 3, 20}, Evaluation.values(new Concat(1), a, b));
        assertArrayEquals(new double[] {0, 1, 2, 3, 0, 1, 2, 3}, Evaluation.values(new Concat(-2), a, a));
    }

    @Test
    void transpose_reorders_dimensions() {
        assertArrayEquals(
                new double[] {0, 4, 1, 5, 2, 6, 3, 7},
                Evaluation.values(new Transpose(List.of(2L, 0L, 1L)), Evaluation.counting(2, 1, 4)));
        // y[i,j,k] = x[j,k,i]
        assertArrayEquals(
                new double[] {0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11},
                Evaluation.values(new Transpose(List.of(2L, 0L, 1L)), Evaluation.counting(2, 3, 2)));
    }

    @Test
    void pad_grows_and_crops() {
        Tensor x = Evaluation.counting(2, 2);
        assertArrayEquals(
                new double[] {7, 7, 7, 7, 0, 1, 7, 2, 3},
                Evaluation.values(new Pad(List.of(1L, 1L, 0L, 0L), Pad.Mode.CONSTANT, 7), x));
        assertArrayEquals(
                new double[] {1, 9, 3, 9},
                Evaluation.values(new Pad(List.of(0L, -1L, 0L, 1L), Pad.Mode.CONSTANT, 9), x));
    }

    @Test
    void pad_repeats_the_edge_or_mirrors() {
        Tensor x = Evaluation.counting(3);
        assertArrayEquals(
                new double[] {0, 0, 0, 1, 2, 2}, Evaluation.values(new Pad(List.of(2L, 1L), Pad.Mode.EDGE, 0), x));
        assertArrayEquals(
                new double[] {2, 1, 0, 1, 2, 1}, Evaluation.values(new Pad(List.of(2L, 1L), Pad.Mode.REFLECT, 0), x));
    }

    @Test
    void pad_rounds_its_value_to_the_element_type() {
        Pad pad = new Pad(List.of(1L, 0L), Pad.Mode.CONSTANT, 0.1);
        assertEquals(0.1f, Evaluation.of(pad, Evaluation.counting(1)).value(0));
    }

    @Test
    void bounds_go_along_and_exact_elements_stay_exact() {
        assertTrue(Evaluation.of(new Transpose(List.of(1L, 0L)), Evaluation.counting(2, 2))
                .isExact());
        TensorView x = TensorView.allocate(Evaluation.counting(2, 2).type());
        x.set(1, 5, 0.5);
        TensorView y = Evaluation.of(new Transpose(List.of(1L, 0L)), Rounding.serial(), x);
        assertEquals(5, y.value(2));
        assertEquals(0.5, y.bound(2));
        assertEquals(0, y.bound(1));
    }

    @Test
    void integers_keep_their_bits() {
        long odd = (1L << 60) + 1;
        Tensor x = Tensor.ofLongs(Shape.of(2), odd, -odd);
        TensorView y = Evaluation.of(new Pad(List.of(0L, 1L), Pad.Mode.CONSTANT, 3), x);
        assertEquals(ElementType.INT64, y.type().element());
        assertEquals(List.of(odd, -odd, 3L), List.of(y.integer(0), y.integer(1), y.integer(2)));
    }
}
