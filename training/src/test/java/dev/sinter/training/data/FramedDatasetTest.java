package dev.sinter.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import dev.sinter.training.data.digits.DrawnDigits;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramedDatasetTest {
    /// One picture of two channels, 2 x 3.
    private static final Dataset SMALL = new Dataset() {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public Shape shape() {
            return Shape.of(2, 2, 3);
        }

        @Override
        public List<String> classes() {
            return List.of("a", "b");
        }

        @Override
        public float[] example(int index) {
            return new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        }

        @Override
        public int label(int index) {
            return 1;
        }
    };

    @Test
    void smaller_pictures_lie_in_the_middle() {
        Dataset framed = FramedDataset.of(SMALL, Shape.of(2, 4, 5));
        assertArrayEquals(
                new float[] {
                    0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0, //
                    0, 0, 0, 0, 0, 0, 7, 8, 9, 0, 0, 10, 11, 12, 0, 0, 0, 0, 0, 0
                },
                framed.example(0));
        assertEquals(Shape.of(2, 4, 5), framed.shape());
        assertEquals(1, framed.label(0));
    }

    @Test
    void pictures_that_fit_stay_as_they_are() {
        assertSame(SMALL, FramedDataset.of(SMALL, Shape.of(2, 2, 3)));
    }

    @Test
    void larger_pictures_and_other_channels_are_refused() {
        Dataset digits = new DrawnDigits(10, 1);
        for (Shape shape : List.of(Shape.of(1, 27, 28), Shape.of(3, 32, 32))) {
            CompileException fault = assertThrows(CompileException.class, () -> FramedDataset.of(digits, shape));
            assertEquals(Code.INPUT_SHAPE, fault.code());
        }
    }
}
