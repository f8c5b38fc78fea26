package dev.sinter.tests.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.type.Shape;
import dev.sinter.tests.support.Requirements;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.IdxDataset;
import dev.sinter.training.data.Subset;
import dev.sinter.training.data.digits.DrawnDigits;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Real MNIST pictures: that they are read, and that drawn digits resemble them. Only the first 2,000 of its test
/// images were looked at when the drawing was made, so only these are compared with; the others tell how good a network
/// is that was trained on drawn digits.
class MnistTest {
    private static final int LOOKED_AT = 2000;

    private static Dataset testImages() {
        Path folder = Requirements.sharedData().resolve("datasets/mnist");
        return IdxDataset.read(
                folder.resolve("t10k-images-idx3-ubyte.gz"),
                folder.resolve("t10k-labels-idx1-ubyte.gz"),
                new DrawnDigits(1, 1).classes());
    }

    @Test
    void the_test_images_are_read() {
        Dataset mnist = testImages();
        assertEquals(10_000, mnist.size());
        assertEquals(Shape.of(1, 28, 28), mnist.shape());
        assertArrayEquals(
                new int[] {7, 2, 1, 0, 4, 1, 4, 9, 5, 9},
                IntStream.range(0, 10).map(mnist::label).toArray());
    }

    /// Ink tells the size of a digit and the width of its strokes at once.
    @Test
    void drawn_digits_have_about_as_much_ink() {
        double[] mnist = meanInk(Subset.range(testImages(), 0, LOOKED_AT));
        double[] drawn = meanInk(new DrawnDigits(LOOKED_AT, 1));
        for (int digit = 0; digit < 10; digit++) {
            assertEquals(1, drawn[digit] / mnist[digit], 0.2, "ink of drawn " + digit + " to MNIST's");
        }
    }

    private static double[] meanInk(Dataset data) {
        double[] ink = new double[10];
        int[] count = new int[10];
        for (int i = 0; i < data.size(); i++) {
            for (float pixel : data.example(i)) {
                ink[data.label(i)] += pixel;
            }
            count[data.label(i)]++;
        }
        for (int digit = 0; digit < 10; digit++) {
            ink[digit] /= count[digit];
        }
        return ink;
    }
}
