package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoiAlignReferenceTest {
    private static final Tensor PICTURE =
            Tensor.ofFloats(Shape.of(1, 1, 4, 4), new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});

    @ParameterizedTest
    @CsvSource({"3, 3, 1, 1", "3, 0, 1, 2", "0, 3, 2, 1"})
    void regions_that_end_before_they_begin_are_zero(float left, float top, float right, float bottom) {
        Tensor regions = Tensor.ofFloats(Shape.of(1, 4), left, top, right, bottom);
        Tensor pictures = Tensor.ofLongs(Shape.of(1), 0);
        for (boolean maximum : new boolean[] {false, true}) {
            RoiAlign align = new RoiAlign(2, 1, 0, 1, true, maximum);
            assertArrayEquals(new double[] {0, 0}, Evaluation.values(align, PICTURE, regions, pictures));
        }
    }
}
