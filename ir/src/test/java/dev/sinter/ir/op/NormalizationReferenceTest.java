package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import org.junit.jupiter.api.Test;

class NormalizationReferenceTest {
    private static Tensor vector(float... values) {
        return Tensor.ofFloats(Shape.of(values.length), values);
    }

    @Test
    void batch_normalisation_uses_the_statistics_of_each_channel() {
        Tensor x = Tensor.ofFloats(Shape.of(1, 2, 2), 1, 3, 10, 20);
        Tensor scale = vector(2, 1);
        Tensor bias = vector(0.5f, -1);
        Tensor mean = vector(1, 10);
        Tensor variance = vector(3.75f, 99.75f);
        // (x - mean) / sqrt(variance + 1/4) · scale + bias with sqrt(4) and sqrt(100)
        assertArrayEquals(
                new double[] {0.5, 2.5, -1, 0},
                Evaluation.values(new BatchNormalization(0.25), x, scale, bias, mean, variance));
    }

    @Test
    void lrn_sums_squares_of_neighbouring_channels() {
        // size 3, alpha 3, beta 1, bias 1: x / (1 + Σ x²)
        Tensor x = Tensor.ofFloats(Shape.of(1, 4, 1), 1, 2, 3, 4);
        assertArrayEquals(
                new double[] {1.0 / 6, 2.0 / 15, 3.0 / 30, 4.0 / 26}, Evaluation.values(new Lrn(3, 3, 1, 1), x), 1e-15);
    }

    @Test
    void lrn_of_even_size_looks_further_ahead_than_back() {
        // size 2: channels c to c + 1.
        Tensor x = Tensor.ofFloats(Shape.of(1, 3, 1), 1, 2, 3);
        assertArrayEquals(new double[] {1.0 / 6, 2.0 / 14, 3.0 / 10}, Evaluation.values(new Lrn(2, 2, 1, 1), x), 1e-15);
    }

    @Test
    void lrn_keeps_positions_and_images_apart() {
        Tensor x = Tensor.ofFloats(Shape.of(2, 1, 2), 1, 2, 3, 4);
        double[] y = Evaluation.values(new Lrn(5, 5, 0.5, 0), x);
        for (double sign : y) {
            assertEquals(1, sign, 1e-15);
        }
    }
}
